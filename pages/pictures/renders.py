"""Pictures and sheets as files, drawn by a process of its own and kept by flask-caching."""

import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from flask import Flask, Response
from flask_caching import Cache

from pages.documents import Document, Documents, respond
from pages.operation.concurrency_limit import Busy, ConcurrencyLimit
from pages.operation.response_cache import cacheable
from pages.operation.single_flight import SingleFlight
from pages.settings import ROOT

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
_MAX_FILES = 500  # Of 50 to 200 KB; the widest have 800.
_KEPT_SECONDS = 30 * 24 * 3600
# The largest picture takes some 4 s on a slow machine.
_SECONDS = 20
_DRAWER = "components.pictures"
_LOG = logging.getLogger(__name__)


class Renders:
    """The files of all processes. A key must change with the content."""

    def __init__(
        self,
        server: Flask,
        folder: Path,
        fingerprint: str,
        limit: ConcurrencyLimit,
        admit: Callable[[], None],
    ) -> None:
        """Keep files in ``folder``; ``admit`` raises for who makes it draw too often.

        ``fingerprint`` is that of the code that draws.
        """
        configuration = {
            "CACHE_TYPE": "FileSystemCache",
            "CACHE_DIR": str(folder),
            "CACHE_THRESHOLD": _MAX_FILES,
            "CACHE_DEFAULT_TIMEOUT": _KEPT_SECONDS,
        }
        self._cache = Cache(server, config=configuration)
        self._fingerprint = fingerprint
        self._limit = limit
        self._admit = admit
        self._flight: SingleFlight[bytes] = SingleFlight()
        self._pen = Lock()

    def at(self, key: str, draw: Callable[[], str], module: str = _DRAWER) -> bytes:
        """Return the file of ``key``: what ``module`` makes of ``draw()``, a picture's SVG.

        Raises ``Busy`` where too much is being drawn already, and what ``admit`` raises.
        """
        key = f"{self._fingerprint} {key}"
        kept: bytes | None = self._cache.get(key)
        return kept or self._flight.do(key, lambda: self._drawn(key, draw, module))

    def _drawn(self, key: str, draw: Callable[[], str], module: str) -> bytes:
        self._admit()
        with self._limit.slot():
            drawing = draw()
            # Two drawings at once would only make both of them late.
            with self._pen:
                content = drawn_apart(drawing, module)
        self._cache.set(key, content)
        return content


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures as files for anybody's page."""

    documents: Documents
    renders: Renders

    def send(
        self,
        key: str,
        draw: Callable[[], str],
        form: str,
        named: tuple[str, str],
        *,
        variant: bool = True,
        state: Callable[[], str] | None = None,
    ) -> Response:
        """Send what ``draw`` gives as ``svg`` or ``png``, kept as ``Documents`` keep by ``key``.

        ``named`` is the name of the file, and the address of the picture with origin.
        """
        if form == "svg":
            document = self.documents.at(key, draw, SVG, variant=variant, state=state)
        else:
            document = Document(self.renders.at(f"{key}:{cacheable(state)}", draw), PNG)
        response = respond(document)
        response.headers["Content-Disposition"] = f'inline; filename="{named[0]}"'
        response.headers["Link"] = f'<{named[1]}>; rel="canonical"'
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def drawn_apart(drawing: str, module: str = _DRAWER) -> bytes:
    """Return what ``python -m module`` makes of ``drawing``, the PNG of an SVG.

    resvg holds Python's lock as long as it draws, which is seconds for a large picture: no
    thread of this process could answer anything meanwhile. Typst takes 60 MB of memory.

    Raises ``Busy`` where the machine cannot draw it now.
    """
    try:
        done = subprocess.run(  # noqa: S603  # Our own command.
            (sys.executable, "-m", module),
            input=drawing.encode(),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            check=True,
            timeout=_SECONDS,
        )
    except (subprocess.SubprocessError, OSError) as fault:
        _LOG.warning("a file could not be drawn by %s: %s", module, fault)
        raise Busy from fault
    return done.stdout
