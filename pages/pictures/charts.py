"""Charts as files: SVG and PNG of the wheel, the dimensions and every indicator."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import unquote

from flask import Flask, Response, abort, redirect, request

from components import urls
from components.pictures.frame import Form, picture
from components.theme import THEMES
from data.models import LANGUAGES, Language
from pages.chart import OVERVIEWS, Chart, file_of, is_group
from pages.documents import Document, Documents, respond
from pages.editions import Editions, NoSuchEdition
from pages.faults import bad_request_page
from pages.list_choice import FILTER_NAMES, LIST, ordered_name
from pages.operation.response_cache import cacheable
from pages.pictures.renders import Renders
from pages.requests import BadParameter, NoSuchThing, Parameter, one_of, read_parameters
from pages.selection import PARAMETERS as SELECTION
from pages.selection import Selection, selection_in
from pages.serving import answer_once, paint_page

SMALLEST, LARGEST = 200, 2400  # Pixels across; twice the widest chart.
ENDPOINT = "picture."
_CARD: Form = "card"
_SIZES: tuple[Form, ...] = (_CARD, "landscape", "phone")
FORMS, FORMAT = ("svg", "png"), "format"
SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"


def picture_width(given: str) -> int:
    """A width in pixels within the bounds of what is drawn."""
    if not (given.isascii() and given.isdigit() and len(given) <= 4):
        raise ValueError(given)
    if not SMALLEST <= int(given) <= LARGEST:
        raise ValueError(given)
    return int(given)


LOOK = (
    Parameter("width", picture_width),
    Parameter("theme", one_of(THEMES)),
    Parameter("size", one_of(_SIZES)),
)
PARAMETERS = (
    *SELECTION,
    *LOOK,
)


def add_pictures(server: Flask, editions: Editions, documents: Documents, renders: Renders) -> None:
    """Add the URLs of all pictures as files, with parameters as a query or as a path."""
    view = _view(editions, documents, renders)
    languages = ",".join(LANGUAGES)
    groups = ",".join(f'"{name}"' for name in OVERVIEWS)
    for rule in (f"<any({groups},{LIST}):name>", "kpi/<slug:name>"):
        for endpoint, rest in ((rule, ".<any(svg,png):form>"), (f"{rule}/", "/<path:options>")):
            server.add_url_rule(
                f"/<any({languages}):language>/{rule}{rest}",
                f"{ENDPOINT}{endpoint}",
                view,
                defaults={"of_indicator": rule.startswith("kpi/")},
            )


def _view(editions: Editions, documents: Documents, renders: Renders) -> Callable[..., Response]:
    def answer(language: Language, name: str, options: str, form: str) -> Response:
        asked = read_parameters(request, PARAMETERS)
        if options:
            stem, dot, form = options.rpartition(".")
            if not dot or not form.isalnum():
                raise NoSuchThing(options)
            name, path_options = chart_in(name, stem)
            asked = path_options | asked
        if form not in FORMS:
            raise BadParameter(FORMAT)
        address = urls.picture(language, file_of(name), form, **asked)
        if options and unquote(address) != request.path:
            return cast("Response", redirect(address, 301))
        site = editions.at(asked.get("edition"))
        chart = Chart(site, language, name, selection_in(asked))
        # Refuses a selection without data before anything is drawn.
        chart.selection.fulfilment(site)
        response = _file(chart, documents, renders, form, asked)
        response.headers["Link"] = f'<{site.around.base_url}{address}>; rel="canonical"'
        return response

    def view(
        language: Language, name: str, of_indicator: bool, options: str = "", form: str = ""
    ) -> Response:
        if of_indicator == is_group(name):
            abort(404)
        try:
            return answer(language, name, options, form)
        except BadParameter as bad:
            page = bad_request_page(editions.newest, language, bad.name)
            return answer_once(paint_page(page, language), 404 if bad.name == FORMAT else 400)
        except (NoSuchThing, NoSuchEdition):
            abort(404)

    return view


def chart_in(name: str, path: str) -> tuple[str, dict[str, Any]]:
    """Return the chart and the parameters that a path behind its name stands for, in any order.

    Raises:
        NoSuchThing: a segment names nothing, or a parameter stands there twice.
        BadParameter: the value of a segment cannot be read.
    """
    asked: dict[str, Any] = {}
    reads = {parameter.name: parameter.read for parameter in PARAMETERS}
    filters: list[str] = []
    for segment in filter(None, path.split("/")):
        if name == LIST and segment.partition("-")[0] in FILTER_NAMES:
            filters.append(segment)
            continue
        option, value = _option(segment)
        if option in asked:
            raise NoSuchThing(segment)
        try:
            asked[option] = reads[option](value)
        except ValueError as wrong:
            raise BadParameter(option) from wrong
    return ordered_name("/".join((name, *filters))), asked


def _option(segment: str) -> tuple[str, str]:
    """Return the parameter that a segment names, and its value."""
    for name, words in urls.PICTURE_SEGMENTS.items():
        start = words.removesuffix("{}")
        if start and segment.startswith(start):
            return name, segment.removeprefix(start)
    if segment in _SIZES:
        return "size", segment
    if segment in THEMES:
        return "theme", segment
    raise NoSuchThing(segment)


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
        response = respond(documents.at(key, draw, SVG, variant=bool(asked)))
    else:
        cacheable()
        response = respond(Document(renders.at(key, draw), PNG))
    selected = "".join(
        f"-{value}" for name, value in chart.selection.query().items() if name != "edition"
    )
    file_name = (
        f"u4ssc-{site.city}-{chart.name}{selected}-{site.edition.version}-{chart.language}.{form}"
    )
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    # Pictures are for anybody's page.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def card_of(name: str, selection: Selection | None = None, **more: object) -> str:
    """Return the card of a chart as a page's head names it: ``wheel/year-2019/card.png``."""
    query = selection.query() if selection else {}
    path = urls.picture("en", file_of(name), "png", size=_CARD, **query, **more)
    return path.removeprefix("/en/")
