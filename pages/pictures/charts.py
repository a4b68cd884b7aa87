"""Charts as files: SVG and PNG of the wheel, the dimensions and every indicator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, request

from components import urls
from components.formats import day
from components.not_yet_published import NotYetPublished, later_values
from components.pictures.frame import Form, Imprint, Sheet, picture
from components.pictures.sheets import (
    dimension_sheet,
    group_sources,
    indicator_sheet,
    indicator_sources,
    later_sheet,
    later_sources,
    wheel_sheet,
)
from components.texts import text
from components.theme import THEMES
from components.trend import TrendSeries, trend_series
from data.models import LANGUAGES, Language
from data.scores import IndicatorScore
from pages.documents import Document, Documents, respond
from pages.editions import Editions, NoSuchEdition, edition_version
from pages.faults import bad_request_page
from pages.indicator_tables import primary_targets
from pages.operation.response_cache import cacheable
from pages.pictures.renders import Renders
from pages.requests import BadParameter, NoSuchThing, Parameter, one_of, read_parameters, year
from pages.serving import answer_once, paint_page
from pages.site import Site

WHEEL = "wheel"
DIMENSIONS = {slug: key for key, slug in urls.DIMENSION_SLUGS.items()}
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
    Parameter("as_of", year),
    Parameter("edition", edition_version),
    Parameter("width", picture_width),
    Parameter("theme", one_of(THEMES)),
    Parameter("size", one_of((_CARD, _PHONE))),
)


def add_pictures(server: Flask, editions: Editions, documents: Documents, renders: Renders) -> None:
    """Add the URLs of all pictures as files."""
    view = _view(editions, documents, renders)
    languages = ",".join(LANGUAGES)
    groups = ",".join(f'"{name}"' for name in (WHEEL, *DIMENSIONS))
    for rule in (f"<any({groups}):name>", "kpi/<slug:name>"):
        server.add_url_rule(
            f"/<any({languages}):language>/{rule}.<any(svg,png):form>",
            f"{ENDPOINT}{rule}",
            view,
            defaults={"of_indicator": rule.startswith("kpi/")},
        )


def _view(editions: Editions, documents: Documents, renders: Renders) -> Callable[..., Response]:
    def view(language: Language, name: str, form: str, of_indicator: bool) -> Response:
        if of_indicator == (name == WHEEL or name in DIMENSIONS):
            abort(404)
        try:
            asked = read_parameters(request, PARAMETERS)
            site = editions.at(asked.get("edition"))
            site.fulfilment(asked.get("as_of"))
            return _file(site, documents, renders, language, name, form, asked)
        except BadParameter as bad:
            page = bad_request_page(editions.newest, language, bad.name)
            return answer_once(paint_page(page, language), 400)
        except (NoSuchThing, NoSuchEdition):
            abort(404)

    return view


def _file(
    site: Site,
    documents: Documents,
    renders: Renders,
    language: Language,
    name: str,
    form: str,
    asked: dict[str, Any],
) -> Response:
    def draw() -> str:
        return picture(
            sheet_of(site, language, name, asked.get("as_of")),
            imprint_of(site, language, name, asked.get("as_of")),
            language,
            asked.get("theme", "light"),
            form=asked.get("size", "whole"),
            width=asked.get("width"),
        )

    chosen = "&".join(f"{key}={value}" for key, value in sorted(asked.items()))
    key = f"{site.edition.digest}:{site.city}:{form}:{language}:{name}:{chosen}"
    if form == "svg":
        response = respond(documents.at(key, draw, _SVG, variant=bool(asked)))
    else:
        cacheable()
        response = respond(Document(renders.at(key, draw), _PNG))
    shown = f"-{asked['as_of']}" if "as_of" in asked else ""
    file_name = f"u4ssc-{site.city}-{name}{shown}-{site.edition.version}-{language}.{form}"
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    # Pictures are for anybody's page.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def sheet_of(site: Site, language: Language, name: str, as_of: int | None) -> Sheet:
    """Return the chart of this name as of a year, or as of the newest one.

    Raises:
        NoSuchThing: there is no such picture.
        BadParameter: the city has no data in this year.
    """
    fulfilment = site.fulfilment(as_of)
    if name == WHEEL:
        return wheel_sheet(fulfilment, site.name(language), language)
    if name in DIMENSIONS:
        return dimension_sheet(fulfilment, DIMENSIONS[name], language)
    score = indicator_as_of(site, name, as_of)
    if later := later_of(site, score, as_of):
        return later_sheet(score, later, language)
    return indicator_sheet(score, series_as_of(site, score, as_of), fulfilment.as_of, language)


def indicator_as_of(site: Site, slug: str, as_of: int | None) -> IndicatorScore:
    """The score of one indicator as of a year; raises ``NoSuchThing`` for an unknown slug."""
    for score in site.fulfilment(as_of).indicators:
        if score.indicator.slug == slug:
            return score
    raise NoSuchThing(slug)


def later_of(site: Site, score: IndicatorScore, as_of: int | None) -> NotYetPublished | None:
    """The values of an indicator that only the year asked for hides."""
    observations = site.edition.of_city(site.city, score.indicator.code)
    return later_values(score, observations, as_of or site.edition.year)


def series_as_of(site: Site, score: IndicatorScore, as_of: int | None) -> tuple[TrendSeries, ...]:
    """The dated values of an indicator up to a year, a series per data point."""
    last = site.edition.year if as_of is None else as_of
    observations = [
        observation
        for observation in site.edition.of_city(site.city, score.indicator.code)
        if observation.year is None or observation.year <= last
    ]
    return trend_series(score.indicator, observations, primary_targets(site, score.indicator))


def imprint_of(site: Site, language: Language, name: str, as_of: int | None) -> Imprint:
    """Site, address, edition and sources of a picture."""
    sources = site.edition.sources
    if name == WHEEL or name in DIMENSIONS:
        groups = site.fulfilment(as_of).categories(DIMENSIONS.get(name))
        lines = group_sources(groups, sources, language)
    else:
        score = indicator_as_of(site, name, as_of)
        later = later_of(site, score, as_of)
        lines = (
            later_sources(later, sources, language)
            if later
            else indicator_sources(score, series_as_of(site, score, as_of), sources, language)
        )
    address = site.around.base_url + page_of(language, name, as_of)
    return Imprint(
        site_name=site.name(language),
        address=address.partition("://")[2],
        edition=edition_words(site, language),
        sources=lines,
    )


def page_of(language: Language, name: str, as_of: int | None) -> str:
    """The path of the page that shows the same as a picture."""
    if name == WHEEL:
        return urls.home(language, as_of=as_of)
    if name in DIMENSIONS:
        return urls.dimension(language, DIMENSIONS[name], as_of=as_of)
    return urls.indicator(language, name)


def card_of(path: str, as_of: int | None = None) -> str:
    """The card of a page as its head names it: ``wheel.png?size=card&as_of=2019``."""
    return f"{path}.png?size={_CARD}" + (f"&as_of={as_of}" if as_of else "")


def edition_words(site: Site, language: Language) -> str:
    """Version and date of the edition in force."""
    edition = site.edition
    return text(
        "footer_edition", language, version=edition.version, date=day(edition.date, language)
    )
