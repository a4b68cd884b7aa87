"""Faults that end the start of the site: each one sentence with its place and what to do."""

import errno
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from components.texts import BrokenTexts
from data.editions import BrokenEdition, UnreadableEdition
from data.faults import file_fault
from data.profiles import BrokenProfile
from pages.files.published import NoFiles
from pages.settings import BadSettings, Settings
from quiz.faults import BrokenBank

_WORDED = (
    BadSettings,
    BrokenBank,
    BrokenEdition,
    BrokenProfile,
    BrokenTexts,
    NoFiles,
    UnreadableEdition,
)


@contextmanager
def exit_on_fault() -> Iterator[None]:
    """End the process with exit code 1 where something cannot be used, and say so on stderr."""
    try:
        yield
    except _WORDED as fault:
        sys.exit(f"The site did not start.\n{fault}")
    except OSError as fault:
        sys.exit(f"The site did not start.\n{file_fault(fault)}")


def refuse_taken_address(settings: Settings) -> None:
    """Raise ``BadSettings`` where HOST and PORT cannot be listened on.

    Sockets that come from systemd, or from a gunicorn that is being replaced, listen already.
    """
    if "LISTEN_FDS" in os.environ or "GUNICORN_FD" in os.environ:
        return
    try:
        family, *_, address = socket.getaddrinfo(settings.host, settings.port)[0]
        with socket.socket(family) as probe:
            # As gunicorn does: connections of a site that has just ended are in nobody's way.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        in_use = fault.errno == errno.EADDRINUSE
        remedy = "end what listens there, or set another PORT" if in_use else "set HOST and PORT"
        place = f"HOST={settings.host!r}, PORT={settings.port}"
        raise BadSettings(f"{place}: {fault.strerror}; {remedy}") from fault
