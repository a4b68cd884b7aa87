"""Charts as files: SVG and PNG of the wheel, the dimensions and every indicator."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import unquote

from flask import Flask, Response, abort, redirect, request

from components import urls
from components.pictures.frame import Form, picture
from components.theme import THEMES
from data.models import Language
from pages.chart import OVERVIEWS, Chart, file_of, is_group
from pages.documents import Documents
from pages.editions import Editions, NoSuchEdition
from pages.list_choice import FILTER_NAMES, LIST, ordered_name
from pages.pictures.renders import Pictures, Renders
from pages.requests import (
    IN_LANGUAGE,
    BadParameter,
    NoSuchThing,
    Parameter,
    one_of,
    read_parameters,
    whole_number,
)
from pages.selection import PARAMETERS as SELECTION
from pages.selection import Selection, selection_in
from pages.serving import answer_bad

ENDPOINT = "picture."
_CARD: Form = "card"
_SIZES: tuple[Form, ...] = (_CARD, "landscape", "phone")
FORMS, FORMAT = ("svg", "png"), "format"


LOOK = (
    Parameter("width", whole_number(200, 2400)),  # Pixels across; twice the widest chart.
    Parameter("theme", one_of(THEMES)),
    Parameter("size", one_of(_SIZES)),
)
PARAMETERS = (*SELECTION, *LOOK)


def add_pictures(server: Flask, editions: Editions, documents: Documents, renders: Renders) -> None:
    """Add the URLs of all pictures as files, with parameters as a query or as a path."""
    view = _view(editions, Pictures(documents, renders))
    groups = ",".join(f'"{name}"' for name in OVERVIEWS)
    for rule in (f"<any({groups},{LIST}):name>", "kpi/<slug:name>"):
        for endpoint, rest in ((rule, ".<any(svg,png):form>"), (f"{rule}/", "/<path:options>")):
            server.add_url_rule(
                f"{IN_LANGUAGE}/{rule}{rest}",
                f"{ENDPOINT}{endpoint}",
                view,
                defaults={"of_indicator": rule.startswith("kpi/")},
            )


def _view(editions: Editions, pictures: Pictures) -> Callable[..., Response]:
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
        return _send(pictures, chart, form, asked, site.around.base_url + address)

    def view(
        language: Language, name: str, of_indicator: bool, options: str = "", form: str = ""
    ) -> Response:
        if of_indicator == is_group(name):
            abort(404)
        try:
            return answer(language, name, options, form)
        except BadParameter as bad:
            status = 404 if bad.name == FORMAT else 400
            return answer_bad(editions.newest, language, bad, status)
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
    for name, words in urls.PICTURE_SEGMENTS.items():
        start = words.removesuffix("{}")
        if start and segment.startswith(start):
            return name, segment.removeprefix(start)
    if segment in _SIZES:
        return "size", segment
    if segment in THEMES:
        return "theme", segment
    raise NoSuchThing(segment)


def look_in(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return theme, form and width of a picture as ``asked`` (the parameters of its address)."""
    return {
        "theme": asked.get("theme", "light"),
        "form": asked.get("size", "whole"),
        "width": asked.get("width"),
    }


def _send(
    pictures: Pictures, chart: Chart, form: str, asked: dict[str, Any], address: str
) -> Response:
    def draw() -> str:
        return picture(chart.sheet, chart.imprint, chart.language, **look_in(asked))

    site = chart.site
    chosen = "&".join(f"{key}={value}" for key, value in sorted(asked.items()))
    key = f"{site.edition.digest}:{site.city}:{form}:{chart.language}:{chart.name}:{chosen}"
    selected = "".join(
        f"-{value}" for name, value in chart.selection.query().items() if name != "edition"
    )
    name = f"{chart.name}{selected}-{site.edition.version}-{chart.language}"
    named = (f"u4ssc-{site.city}-{name}.{form}", address)
    return pictures.send(key, draw, form, named, variant=bool(asked))


def card_of(name: str, selection: Selection | None = None, **more: object) -> str:
    """Return the card of a chart as a page's head names it: ``wheel/year-2019/card.png``."""
    query = selection.query() if selection else {}
    path = urls.picture("en", file_of(name), "png", size=_CARD, **query, **more)
    return path.removeprefix("/en/")
