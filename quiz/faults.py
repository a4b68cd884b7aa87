"""Exceptions of the quiz, one class per cause."""

from collections.abc import Iterable

from data.faults import Fault


class BrokenBank(Exception):
    """The question bank cannot be used; the message lists every fault, one a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class TooFewQuestions(Exception):
    """A city has fewer questions than a run is long."""


class NoRoom(Exception):
    """There is no such room, or it is over."""


class FullRoom(Exception):
    """A room has as many members as it may have."""


class TokenFault(Exception):
    """A signed value cannot be accepted."""


class BadToken(TokenFault):
    """It was not signed here, or not for this purpose, run and question."""


class ExpiredToken(TokenFault):
    """It was signed here, but too long ago."""


class StoreFault(Exception):
    """The answer store could not do what was asked, and has done nothing.

    The message gives the database's own reason. It is for the log, never for readers.
    """


class StoreUnavailable(StoreFault):
    """It cannot be reached, is busy for too long, is damaged, or was never migrated."""


class StoreReadOnly(StoreFault):
    """It can be read but not written."""


class StoreFull(StoreFault):
    """There is no room left on its disk."""
