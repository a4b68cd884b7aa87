"""The published files with all headers made ahead, the smaller ones in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.manifests import Manifest, PublishedFile
from data.models import Edition
from pages.files.headers import headers_of, modified_at

# Shared by all workers, which come from one process.
_LARGEST_IN_MEMORY = 4 * 1024 * 1024
_MOST_IN_MEMORY = 64 * 1024 * 1024
# A server waits for a slow reader block by block, so none may be too large for a slow line.
_BLOCK = 256 * 1024
_ENCODINGS = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True, slots=True)
class Form:
    """A file as it travels: plain or compressed, with a tag of its own and all its headers.

    ``content`` is None for what is too large for memory and is read from ``path``.
    """

    path: Path
    size: int
    tag: str
    headers: list[tuple[str, str]]
    content: bytes | None

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` to before ``stop``; an ``OSError`` comes at once, not later."""
        stop = self.size if stop is None else stop
        if self.content is None:
            return Blocks(self.path, start, stop)
        if stop - start == self.size <= _BLOCK:
            return iter((self.content,))
        whole = memoryview(self.content)
        return (bytes(whole[at : min(at + _BLOCK, stop)]) for at in range(start, stop, _BLOCK))


class Blocks:
    """A part of a file, block by block, so that a large one takes no memory."""

    def __init__(self, path: Path, start: int, stop: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._file.seek(start)
        self._left = stop - start

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = self._file.read(min(_BLOCK, self._left)) if self._left else b""
        self._left -= len(block)
        if not block:
            self._file.close()
            raise StopIteration
        return block

    def close(self) -> None:
        """Let the file go, read to its end or not."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A published file in all its forms; ``packed`` by the name of the encoding, best first."""

    file: PublishedFile
    modified: datetime
    plain: Form
    packed: Mapping[str, Form]


def served_files(
    manifest: Manifest, editions: Sequence[Edition], city: str
) -> dict[str, ServedFile]:
    """Every published file by its address; the newest edition's come into memory first."""
    memory = _Memory()
    return {
        f"/{file.path}": _served(file, edition, manifest, city, memory)
        for edition in reversed(editions)
        for file in manifest.files.values()
        if file.edition == edition.version
    }


class _Memory:
    """What is held in memory, each content once: files of both languages are the same."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self._size = 0

    def content(self, path: Path, checksum: str) -> bytes | None:
        """The content of a file, or None where there is no room for it."""
        if checksum not in self._known:
            size = path.stat().st_size
            if size > _LARGEST_IN_MEMORY or self._size + size > _MOST_IN_MEMORY:
                return None
            self._known[checksum] = path.read_bytes()
            self._size += size
        return self._known[checksum]


def _served(
    file: PublishedFile, edition: Edition, manifest: Manifest, city: str, memory: _Memory
) -> ServedFile:
    endings = {
        encoding: ending
        for encoding, ending in _ENCODINGS.items()
        if file.path + ending in manifest.packed
    }
    modified = modified_at(file, edition, manifest)
    common = list(headers_of(file, city, modified, bool(endings)))

    def form(ending: str, checksum: str, encoding: str) -> Form:
        path = manifest.public / (file.path + ending)
        size = path.stat().st_size
        # A form of its own needs a tag of its own, since a tag promises the same bytes.
        tag = file.sha256[:32] + (f"-{encoding}" if encoding else "")
        headers = [*common, ("ETag", f'"{tag}"'), ("Content-Length", str(size))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return Form(path, size, tag, headers, memory.content(path, checksum))

    packed = {
        encoding: form(ending, manifest.packed[file.path + ending], encoding)
        for encoding, ending in endings.items()
    }
    return ServedFile(file, modified, form("", file.sha256, ""), packed)
