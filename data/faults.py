"""Faults of an edition: one record each, and the errors that carry them."""

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and what to do about it.

    ``row`` is the line number as an editor shows it (the header is line 1); None where the
    fault is the whole file's. ``column`` is empty where no single column is at fault.
    """

    file: str
    row: int | None
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {_shortened(self.column)}")
        return _printable(f"{', '.join(place)}: {self.problem}; {self.remedy}")


class BrokenEdition(Exception):
    """The tables do not hold together; the message lists every fault, one a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class UnreadableEdition(Exception):
    """There is no folder to read the tables from; the message says which and why."""


def quoted(cell: str) -> str:
    """The cell for a message: in quotation marks, on one line, cut where it is long."""
    return f"“{_printable(_shortened(cell))}”"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def file_fault(fault: OSError) -> str:
    """Return one sentence about a file that cannot be read or written: where, why, what to do."""
    where = f"{fault.filename}: " if fault.filename else ""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        remedy = "make room there, or choose a folder on another disk"
    elif fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        remedy = f"let the user with the id {os.geteuid()} read and write there"
    else:
        remedy = "see what lies there"
    return f"{where}{fault.strerror or fault}; {remedy}"
