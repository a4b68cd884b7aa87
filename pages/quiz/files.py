"""Files of the quiz: its statistics and codebook for programs, and its picture for networks."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import simplejson
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
from quiz import codebook, exports
from quiz.bank import Bank
from quiz.faults import StoreFault
from quiz.snapshots import find_snapshot
from quiz.statistics import Statistics

STATISTICS = {"csv": "/quiz/statistics.csv", "json": "/quiz/statistics.json"}
CODEBOOK = {"csv": "/quiz/codebook.csv", "json": "/quiz/codebook.json"}
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_MONTH = re.compile(r"\d{4}-\d\d")
# The figures may be a minute old when they are written, so that a cache must ask each time.
_ASK_EACH_TIME, _AN_HOUR = "public, no-cache", "public, max-age=3600"
_FOR_GOOD = "public, max-age=31536000, immutable"


def add_quiz_files(server: Flask, site: Site) -> None:
    """Add statistics and codebook as files, and the picture in both languages."""
    writers: dict[str, Callable[[], str]] = {
        STATISTICS["csv"]: lambda: _csv(exports.COLUMNS, exports.rows(_statistics())),
        STATISTICS["json"]: lambda: _json(exports.document(_statistics())),
        CODEBOOK["csv"]: lambda: _csv(codebook.COLUMNS, codebook.rows(_bank())),
        CODEBOOK["json"]: lambda: _json(codebook.document(_bank())),
    }
    for address, write in writers.items():
        server.add_url_rule(address, f"file.{address}", _file(address, write))
    for form in STATISTICS:
        view = _snapshot_file(form)
        server.add_url_rule(snapshot_address("<month>", form), f"file.snapshot_{form}", view)
    server.add_url_rule(f"{page_named('quiz').rule}card.png", "file.quiz_card", _card(site))


def snapshot_address(month: str, form: str) -> str:
    """Return where the statistics stay as they stood at the end of a month such as 2026-11."""
    return f"/quiz/statistics/{month}.{form}"


def _statistics() -> Statistics:
    return current_quiz_service().statistics.read()


def _bank() -> Bank:
    return current_quiz_service().bank


def _file(address: str, write: Callable[[], str]) -> Callable[[], Response]:
    media_type = _MEDIA_TYPES[address.rsplit(".", 1)[1]]

    def view() -> Response:
        try:
            content = write()
        except StoreFault:
            return store_away()
        response = respond(Document.of(content, media_type), cache_control=_ASK_EACH_TIME)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if address in CODEBOOK.values():
            # Who looks for the words of a question is not to meet its answer.
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return view


def _snapshot_file(form: str) -> Callable[[str], Response]:
    def view(month: str) -> Response:
        try:
            is_month = _MONTH.fullmatch(month)
            snapshot = find_snapshot(current_quiz_service().store, month) if is_month else None
        except StoreFault:
            return store_away()
        if snapshot is None:
            abort(404)
        as_csv = form == "csv"
        content = _csv(exports.COLUMNS, snapshot.table) if as_csv else _json(snapshot.document)
        response = respond(Document.of(content, _MEDIA_TYPES[form]), cache_control=_FOR_GOOD)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return view


def _csv(columns: Sequence[str], records: Iterable[Mapping[str, str]]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return written.getvalue()


def _json(content: Mapping[str, Any]) -> str:
    return simplejson.dumps(content, ensure_ascii=False, indent=1, use_decimal=True) + "\n"


def _card(site: Site) -> Callable[[Language], Response]:
    host = urlsplit(site.around.base_url).netloc

    @lru_cache(maxsize=64)
    def drawn(language: Language, score: int | None) -> bytes:
        address = host + urls.page(language, "quiz")
        title = text("quiz_title", language, **site.city_words(language))
        return drawn_apart(card_svg(title, score, site.name(language), address, language))

    def view(language: Language) -> Response:
        try:
            parameters = read_parameters(request, page_named("quiz").parameters)
        except BadParameter:
            abort(400)
        content = drawn(language, parameters.get("score"))
        response = Response(content, content_type="image/png")
        response.headers["Cache-Control"] = _AN_HOUR
        response.set_etag(hashlib.sha256(content).hexdigest()[:20])
        return response.make_conditional(request)  # type: ignore[return-value]  # The same one.

    return view
