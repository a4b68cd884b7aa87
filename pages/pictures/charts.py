"""Charts as files: SVG and PNG of the wheel, the dimensions and every indicator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, request

from components.pictures.frame import Form, picture
from components.theme import THEMES
from data.models import LANGUAGES, Language
from pages.chart import OVERVIEWS, Chart, file_of
from pages.documents import Document, Documents, respond
from pages.editions import Editions, NoSuchEdition, edition_version
from pages.faults import bad_request_page
from pages.operation.response_cache import cacheable
from pages.pictures.renders import Renders
from pages.requests import BadParameter, NoSuchThing, Parameter, one_of, read_parameters
from pages.selection import PARAMETERS as SELECTION
from pages.selection import Selection, selection_in
from pages.serving import answer_once, paint_page

SMALLEST, LARGEST = 200, 2400  # Pixels across; twice the widest chart.
ENDPOINT = "picture."
_CARD: Form = "card"
_PHONE: Form = "phone"
_SVG, _PNG = "image/svg+xml; charset=utf-8", "image/png"


def picture_width(given: str) -> int:
    """A width in pixels within the bounds of what is drawn."""
    if not (given.isascii() and given.isdigit() and len(given) <= 4):
        raise ValueError(given)
    if not SMALLEST <= int(given) <= LARGEST:
        raise ValueError(given)
    return int(given)


PARAMETERS = (
    *SELECTION,
    Parameter("edition", edition_version),
    Parameter("width", picture_width),
    Parameter("theme", one_of(THEMES)),
    Parameter("size", one_of((_CARD, _PHONE))),
)


def add_pictures(server: Flask, editions: Editions, documents: Documents, renders: Renders) -> None:
    """Add the URLs of all pictures as files."""
    view = _view(editions, documents, renders)
    languages = ",".join(LANGUAGES)
    groups = ",".join(f'"{name}"' for name in OVERVIEWS)
    for rule in (f"<any({groups}):name>", "kpi/<slug:name>"):
        server.add_url_rule(
            f"/<any({languages}):language>/{rule}.<any(svg,png):form>",
            f"{ENDPOINT}{rule}",
            view,
            defaults={"of_indicator": rule.startswith("kpi/")},
        )


def _view(editions: Editions, documents: Documents, renders: Renders) -> Callable[..., Response]:
    def view(language: Language, name: str, form: str, of_indicator: bool) -> Response:
        if of_indicator == (name in OVERVIEWS):
            abort(404)
        try:
            asked = read_parameters(request, PARAMETERS)
            site = editions.at(asked.get("edition"))
            chart = Chart(site, language, name, selection_in(asked))
            # Refuses a selection without data before anything is drawn.
            chart.selection.fulfilment(site)
            return _file(chart, documents, renders, form, asked)
        except BadParameter as bad:
            page = bad_request_page(editions.newest, language, bad.name)
            return answer_once(paint_page(page, language), 400)
        except (NoSuchThing, NoSuchEdition):
            abort(404)

    return view


def _file(
    chart: Chart,
    documents: Documents,
    renders: Renders,
    form: str,
    asked: dict[str, Any],
) -> Response:
    def draw() -> str:
        return picture(
            chart.sheet,
            chart.imprint,
            chart.language,
            asked.get("theme", "light"),
            form=asked.get("size", "whole"),
            width=asked.get("width"),
        )

    site = chart.site
    chosen = "&".join(f"{key}={value}" for key, value in sorted(asked.items()))
    key = f"{site.edition.digest}:{site.city}:{form}:{chart.language}:{chart.name}:{chosen}"
    if form == "svg":
        response = respond(documents.at(key, draw, _SVG, variant=bool(asked)))
    else:
        cacheable()
        response = respond(Document(renders.at(key, draw), _PNG))
    selected = "".join(f"-{value}" for value in chart.selection.query().values())
    file_name = (
        f"u4ssc-{site.city}-{chart.name}{selected}-{site.edition.version}-{chart.language}.{form}"
    )
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    # Pictures are for anybody's page.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def card_of(name: str, selection: Selection | None = None, edition: str = "") -> str:
    """Return the card of a chart as a page's head names it: ``wheel.png?size=card&as_of=2019``."""
    query = {"size": _CARD, **(selection.query() if selection else {})}
    query |= {"edition": edition} if edition else {}
    return f"{file_of(name)}.png?{urlencode(query)}"
