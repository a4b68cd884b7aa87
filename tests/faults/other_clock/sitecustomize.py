"""Gives a Python program another time of day: the file ``CLOCK_FILE`` says by how many seconds.

Python imports this module before any other, wherever it lies on PYTHONPATH. What measures
durations goes on as it is. libfaketime was tried first: its ``poll`` fails now and then.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

_FILE = Path(os.environ["CLOCK_FILE"])
_time, _gmtime, _localtime = time.time, time.gmtime, time.localtime


def jumped() -> float:
    """Seconds since 1970 by the other clock."""
    return _time() + float(_FILE.read_text())


class Same(type):
    """What the standard library made before is of the new classes, too."""

    def __instancecheck__(cls, other: object) -> bool:
        return isinstance(other, cls.__base__)


class Datetime(dt.datetime, metaclass=Same):
    """The class of the standard library with the other clock."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return cls.fromtimestamp(jumped(), tz)

    @classmethod
    def today(cls) -> Any:
        return cls.now()


class Date(dt.date, metaclass=Same):
    """The same for days."""

    @classmethod
    def today(cls) -> Any:
        return cls.fromtimestamp(jumped())


time.time = jumped
time.time_ns = lambda: int(jumped() * 1_000_000_000)
time.gmtime = lambda seconds=None: _gmtime(jumped() if seconds is None else seconds)
time.localtime = lambda seconds=None: _localtime(jumped() if seconds is None else seconds)
dt.datetime, dt.date = Datetime, Date
