"""Charts for other people's pages: small documents that any site may put into a frame."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import PathConverter

from components.embeds.page import FRAME_THEMES, Surface, embed_document
from components.texts import text
from data.models import LANGUAGES, Language
from data.yardsticks import COMMON
from pages.chart import Chart
from pages.documents import Document, Documents, respond
from pages.editions import Editions, NoSuchEdition
from pages.embeds.content import embed_of
from pages.embeds.explored import add_explored_frames
from pages.embeds.framing import Framing
from pages.embeds.questions import add_quiz_frames
from pages.inline_assets import without_comments
from pages.list_choice import LIST, ordered_name
from pages.operation.concurrency_limit import RETRY_SECONDS, Busy
from pages.requests import (
    IN_LANGUAGE,
    BadParameter,
    NoSuchThing,
    Parameter,
    one_of,
    preferred_language,
    read_parameters,
)
from pages.selection import PARAMETERS as SELECTION
from pages.selection import selection_in

ENDPOINT = "embed.chart"
# Never moves: it stands in pages that nobody will change. What would break them gets a new one.
SCRIPT = "/embed/upgrade.js"
_AN_HOUR = "public, max-age=3600"
_SWITCH = one_of(("0", "1"))
PARAMETERS = (
    *SELECTION,
    Parameter("theme", one_of(FRAME_THEMES)),
    Parameter("title", _SWITCH),
    Parameter("table", _SWITCH),
    Parameter("interactive", _SWITCH),
    Parameter("compact", _SWITCH),
)


class Frames:
    """The answers of embeds: what they show, and the headers that let them be framed."""

    def __init__(self, editions: Editions, documents: Documents) -> None:
        """Show ``editions``; finished documents are kept in ``documents``."""
        self._editions = editions
        self._documents = documents
        self.framing = Framing(editions.newest)

    def chart(self, language: Language, name: str, filters: str = "") -> Response:
        """One chart as the address asks for it, or the small page that says what is wrong."""
        try:
            if filters and (own := ordered_name(f"{name}/{filters}")) != f"{name}/{filters}":
                query = f"?{request.query_string.decode()}" if request.query_string else ""
                return cast("Response", redirect(f"/embed/{language}/{quote(own)}{query}", 301))
            name = f"{name}/{filters}".rstrip("/")
            asked = read_parameters(request, PARAMETERS)
            return self._chart(language, name, asked)
        except BadParameter as bad:
            return self.framing.bad(language, bad)
        except NoSuchEdition as missing:
            words = text(
                "embed_edition_words",
                language,
                asked=missing,
                version=self._editions.newest.edition.version,
            )
            return self.framing.fault(language, 404, "embed_edition_title", words)
        except NoSuchThing:
            return self.unknown()

    def _chart(self, language: Language, name: str, given: dict[str, Any]) -> Response:
        site, newest = self._editions.at(given.get("edition")), self._editions.newest
        asked = {key: value for key, value in given.items() if value not in _DEFAULTS.get(key, ())}
        surface = Surface(
            theme=asked.get("theme", "auto"),
            titled=asked.get("title") != "0",
            open_table=asked.get("table") == "1",
            script=self.framing.script,
        )

        def build() -> str:
            shown = embed_of(Chart(site, language, name, selection_in(asked)), newest, asked)
            return embed_document(shown, language, site.name(language), surface)

        chosen = "&".join(f"{key}={value}" for key, value in sorted(asked.items()))
        key = f"embed:{site.edition.digest[:16]}:{language}:{name}:{chosen}"
        kept = self._documents.at(key, build, variant=bool(asked))
        return self.framing.framed(respond(kept), interactive="interactive" in asked)

    def unknown(self, _rest: str = "") -> Response:
        """There is no such chart."""
        language = _asked_language()
        words = text("embed_unknown_words", language)
        return self.framing.fault(language, 404, "embed_unknown_title", words)


# What an address need not say; both ways of saying it are one document.
_DEFAULTS: dict[str, tuple[str, ...]] = {
    "edition": ("latest",),
    "yardstick": (COMMON,),
    "theme": ("auto",),
    "title": ("1",),
    "table": ("0",),
    "interactive": ("0",),
    "compact": ("0",),
}


class _Rest(PathConverter):
    """The rest of a path, line breaks included."""

    regex = "(?s:[^/].*?)"


def add_embeds(server: Flask, editions: Editions, documents: Documents) -> None:
    """Add the only addresses that other sites may frame."""
    frames = Frames(editions, documents)
    embeds = Blueprint("embed", __name__, url_prefix="/embed")
    for rule in ("<name>", f"<any({LIST}):name>/<path:filters>"):
        embeds.add_url_rule(f"{IN_LANGUAGE}/{rule}", "chart", frames.chart)
    add_explored_frames(embeds, editions.newest, frames.framing, documents)
    add_quiz_frames(embeds, frames.framing, documents)
    # A wrong address stands in somebody's frame too, so its answer must be allowed there.
    server.url_map.converters["rest"] = _Rest
    for rule in ("/", "/<rest:_rest>"):
        embeds.add_url_rule(rule, "unknown", frames.unknown)
    embeds.register_error_handler(Exception, _failed(server, frames.framing))
    server.register_blueprint(embeds)


def _failed(server: Flask, framing: Framing) -> Callable[[Exception], Response]:
    def handle(failure: Exception) -> Response:
        language = _asked_language()
        if isinstance(failure, HTTPException) and (failure.code or 500) < 500:
            words = text("refused_words", language)
            return framing.fault(language, failure.code or 400, "refused_title", words)
        words = text("embed_failure_words", language)
        response = framing.fault(language, 503, "failure_title", words)
        if isinstance(failure, Busy):
            response.headers["Retry-After"] = str(RETRY_SECONDS)
        else:
            server.logger.error("unexpected failure of an embed", exc_info=failure)
        return response

    return handle


def _asked_language() -> Language:
    """The language of the address where it has one, else what the browser prefers."""
    first = request.path.removeprefix("/embed/").partition("/")[0]
    known = (language for language in LANGUAGES if language == first)
    return next(known, None) or preferred_language(request)


def add_embed_script(server: Flask) -> None:
    """Add the address of the script that other pages load, open to every host."""
    document = Document.of(without_comments("embed_loader.js"), "text/javascript; charset=utf-8")

    def view() -> Response:
        response = respond(document, cache_control=_AN_HOUR)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    server.add_url_rule(SCRIPT, "embed_script", view)
