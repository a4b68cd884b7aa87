"""Files of the quiz: its statistics for programs, and its picture for networks."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from components import urls
from components.quiz.card import card_svg
from components.texts import text
from data.models import Language
from pages.documents import Document, respond
from pages.pictures.renders import drawn_apart
from pages.quiz.service import current_quiz_service
from pages.registry import page_named
from pages.requests import BadParameter, read_parameters
from pages.serving import store_away
from pages.site import Site
from quiz.exports import COLUMNS, document, rows
from quiz.faults import StoreFault
from quiz.statistics import Statistics

STATISTICS = {"csv": "/quiz/statistics.csv", "json": "/quiz/statistics.json"}
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
# The figures may be a minute old when they are written, so that a cache must ask each time.
_ASK_EACH_TIME, _AN_HOUR = "public, no-cache", "public, max-age=3600"


def add_quiz_files(server: Flask, site: Site) -> None:
    """Add the statistics as files, and the picture in both languages."""
    writers: dict[str, Callable[[Statistics], str]] = {"csv": _csv, "json": _json}
    for kind, address in STATISTICS.items():
        server.add_url_rule(address, f"file.{address}", _file(kind, writers[kind]))
    server.add_url_rule(f"{page_named('quiz').rule}card.png", "file.quiz_card", _card(site))


def _file(kind: str, write: Callable[[Statistics], str]) -> Callable[[], Response]:
    def view() -> Response:
        try:
            statistics = current_quiz_service().statistics.read()
        except StoreFault:
            return store_away()
        response = respond(
            Document.of(write(statistics), _MEDIA_TYPES[kind]), cache_control=_ASK_EACH_TIME
        )
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return view


def _csv(statistics: Statistics) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows(statistics))
    return written.getvalue()


def _json(statistics: Statistics) -> str:
    content: dict[str, Any] = document(statistics)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _card(site: Site) -> Callable[[Language], Response]:
    host = urlsplit(site.around.base_url).netloc

    @lru_cache(maxsize=64)
    def drawn(language: Language, score: int | None) -> bytes:
        address = host + urls.page(language, "quiz")
        title = text("quiz_title", language, **site.city_words(language))
        return drawn_apart(card_svg(title, score, site.name(language), address, language))

    def view(language: Language) -> Response:
        try:
            asked = read_parameters(request, page_named("quiz").parameters)
        except BadParameter:
            abort(400)
        content = drawn(language, asked.get("score"))
        response = Response(content, content_type="image/png")
        response.headers["Cache-Control"] = _AN_HOUR
        response.set_etag(hashlib.sha256(content).hexdigest()[:20])
        return response.make_conditional(request)  # type: ignore[return-value]  # The same one.

    return view
