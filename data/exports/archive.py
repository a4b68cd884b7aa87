"""all.zip: every file of an edition in one archive, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

# The oldest date that the format knows; the edition's own stands in its files.
_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
# Compressed already; to do it again takes long and wins nothing.
_STORED = (".xlsx", ".parquet")


def zip_bytes(folder: str, names: Iterable[str], read: Callable[[str], bytes]) -> bytes:
    """An archive with all named files in one folder, in the order of their names.

    ``read`` gives the content of one; it is asked for them one by one.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _DATE)
            entry.external_attr = _READABLE
            entry.create_system = 3  # Unix, on every system, or the bytes would tell which.
            stored = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, read(name), compresslevel=9)
    return content.getvalue()
