"""A page that arrives slowly, part by part, moves nothing that is already shown."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pytest
from dash import Dash
from werkzeug.test import run_wsgi_app

from tests.browser.conftest import Visiting
from tests.browser.shifts import moved, watch
from tests.conftest import serving

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGES = (
    "",
    "economy/",
    "kpi/",
    "kpi/ec-p-em-1c/",
    "kpi/en-en-aq-1c/",
    "compare/?kpi=sc-sh-si-3c",
    "quiz/",
    "data/",
    "data/gaps/",
    "embed/",
    "method/",
)
# Those that stand otherwise on a screen than on a phone.
WIDE = ("", "economy/", "kpi/ec-p-em-1c/", "quiz/")
# So many parts, with so many seconds between them that each is shown before the next. What begins
# first is sent piece by piece: browsers show a page first when they have read so much of it.
FIRST, PARTS, PAUSE = 16, 30, 0.04
# Until the first frame, which shows the header: its last link comes in two halves, so far apart.
LONG = 0.5
# A network cuts words in two, and half a word may end its line elsewhere; that is no fault of a
# page. So these parts end where an element begins.
BEGINNINGS = re.compile(
    rb"<(?=(?:p|div|section|table|thead|tr|ul|li|form|svg|h\d|dl|details|summary|label|footer)[ >])"
)


class Piecemeal:
    """The site behind a line so poor that documents come in parts."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        body, status, headers = run_wsgi_app(self._application, environ, buffered=True)
        start_response(status, [pair for pair in headers if pair[0] != "Content-Length"])
        whole = b"".join(body)
        return cut(whole) if whole.startswith(b"<!DOCTYPE html>") else [whole]


def cut(document: bytes) -> Iterator[bytes]:
    # At the end of a short page the footer stands on the window's edge and grows upwards.
    whole = document.index(b"<main"), document.index(b"<footer") + 1
    places = [match.start() for match in BEGINNINGS.finditer(document, *whole)]
    rest = places[FIRST :: max(1, len(places) // PARTS)]
    ends = [*places[:FIRST], *rest, len(document)]
    switch = document.find(b'id="language-switch"')
    start = document.index(b"<span", switch) if switch > 0 else 0
    yield document[:start]
    time.sleep(LONG if start else 0)
    for end in ends:
        yield document[start:end]
        start = end
        time.sleep(PAUSE)


@pytest.fixture(scope="module")
def poor_line(dash_app: Dash) -> Iterator[str]:
    """Where the site stands behind such a line."""
    with serving(Piecemeal(dash_app.server.wsgi_app)) as url:
        yield url


@pytest.mark.parametrize(
    ("path", "width"),
    [
        pytest.param(path, width, marks=[] if path in WIDE or width == 360 else [pytest.mark.long])
        for path in PAGES
        for width in (360, 1440)
    ],
)
def test_nothing_moves_while_a_page_arrives(
    visiting: Visiting, poor_line: str, path: str, width: int
) -> None:
    visit = visiting(viewport={"width": width, "height": 800})
    visit.host = poor_line
    watch(visit.page)
    assert moved(visit.go(f"/ru/{path}")) == []
