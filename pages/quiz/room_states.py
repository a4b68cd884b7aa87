"""Says to browsers at which step a room is: before Flask and from memory, as files are served."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pages.operation.access_log import ROUTE
from pages.quiz.service import QuizService
from pages.serving import STORE_AWAY, store_away_headers
from quiz.faults import BadToken
from quiz.rooms import OVER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ADDRESS = re.compile(r"/quiz/rooms/([^/]{1,200})\.json")
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class RoomStates:
    """WSGI middleware that answers ``/quiz/rooms/{token}.json`` and leaves the rest alone.

    A hall asks hundreds of times a second, and each answer is the same for a second. A token is
    signed, so that nobody asks for a room that the site did not show; no limit counts this, as
    none counts files.
    """

    def __init__(self, application: WSGIApplication, service: Callable[[], QuizService]) -> None:
        self._application = application
        self._service = service

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        match = _ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        if match is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        environ[ROUTE] = "/quiz/rooms/{token}.json"
        status, headers, body = self._state(match[1])
        headers = {**headers, **_HEADERS, "Content-Length": str(len(body))}
        start_response(status, list(headers.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _state(self, token: str) -> tuple[str, dict[str, str], bytes]:
        try:
            state = self._service().room_state(token)
        except BadToken:
            state = OVER.json()
        if state is None:
            return "503 Service Unavailable", store_away_headers(), STORE_AWAY
        return "200 OK", {"Content-Type": "application/json"}, state
