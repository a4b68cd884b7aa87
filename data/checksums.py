"""SHA256SUMS: the checksums of the files of a folder, as ``sha256sum --check`` reads them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from data.faults import Fault, quoted

SUMS_FILE = "SHA256SUMS"
_RESTORE = "restore it as it was published (git checkout); publish a correction as a new edition"
_DRAFT = "if this is a draft, delete SHA256SUMS"


def sums_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder`` but its SHA256SUMS, by relative path."""
    return {
        path.relative_to(folder).as_posix(): _checksum(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / SUMS_FILE
    }


def sums_bytes(sums: Mapping[str, str]) -> bytes:
    """Return the content of SHA256SUMS, in the given order."""
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()


def read_sums(folder: Path) -> dict[str, str]:
    """Return what the SHA256SUMS of ``folder`` says.

    Raises ``OSError`` where it cannot be read, and ``ValueError`` where it is no such list.
    """
    pairs = (line.split("  ", 1) for line in (folder / SUMS_FILE).read_text("utf-8").splitlines())
    return {name: digest for digest, name in pairs}


def changed_files(folder: Path) -> list[Fault]:
    """Return a fault for each file of a published edition that is not as its SHA256SUMS says."""
    try:
        sums = read_sums(folder)
    except (OSError, ValueError) as error:
        problem = f"the file is not a list of checksums ({quoted(str(error))})"
        return [Fault(SUMS_FILE, None, "", problem, _RESTORE)]
    return [fault for name, digest in sums.items() if (fault := _fault(folder, name, digest))]


def _fault(folder: Path, name: str, digest: str) -> Fault | None:
    try:
        if _checksum(folder / name) == digest:
            return None
    except FileNotFoundError:
        problem = "the file is missing"
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
    else:
        problem = "the file is not as it was published: its SHA-256 is not that of SHA256SUMS"
    return Fault(name, None, "", problem, f"{_RESTORE}; {_DRAFT}")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
