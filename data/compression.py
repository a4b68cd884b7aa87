"""Compressed forms beside a file, under the names that WhiteNoise looks for."""

import gzip
import hashlib
from pathlib import Path

import brotli

# What is compressed already, or served to be unpacked, gains nothing.
_COMPACT = (".xlsx", ".parquet", ".zip")
# At 10 the files of today's editions are an eighth smaller, and take 25 times as long.
_QUALITY = 7
# What is larger occurs once, and need not stay in memory.
_LARGE = 1024 * 1024


class Compressor:
    """Writes ``.br`` and ``.gz`` beside files; the same content is compressed only once."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[bytes, bytes]] = {}

    def write(self, path: Path, content: bytes) -> dict[str, str]:
        """Write the file and, where that makes it smaller, its compressed forms.

        Returns the checksums of the compressed forms by their endings.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.name.endswith(_COMPACT):
            return {}
        checksums = {}
        for ending, packed in zip((".br", ".gz"), self._packed(content), strict=True):
            if len(packed) < len(content):
                path.with_name(path.name + ending).write_bytes(packed)
                checksums[ending] = hashlib.sha256(packed).hexdigest()
        return checksums

    def _packed(self, content: bytes) -> tuple[bytes, bytes]:
        if content in self._known:
            return self._known[content]
        packed = brotli.compress(content, quality=_QUALITY), gzip.compress(content, 9, mtime=0)
        if len(content) <= _LARGE:
            self._known[content] = packed
        return packed
