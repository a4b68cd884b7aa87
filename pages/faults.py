"""Fault pages, for addresses that lead nowhere or cannot be understood."""

from collections.abc import Sequence
from typing import Literal

from dash import html
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.indicator_rows import ORDERS
from components.markup import page_opening
from components.prose import contact_link, inline_prose
from components.texts import text
from data.models import Language
from data.yardsticks import VIEWS
from pages.site import Site

# Stands for the id of the request in what is kept; replaced when it is sent.
REQUEST_MARK = "request-id-is-put-here"
# Of a 429, of a 503 while too much is being made or after a failure of ours, of any other 4xx.
FaultKind = Literal["too_many", "busy", "failure", "refused"]


def request_line(site: Site, language: Language) -> Component:
    """Return the id of the request that failed, as the log has it, and whom to tell it."""
    number = html.Code(REQUEST_MARK)
    if not site.contact:
        return html.P([text("request_number", language), " ", number], className="request-id")
    contact = inline_prose(contact_link(site.contact))
    words = text("request_id", language)
    return html.P([words, " ", number, " · ", contact], className="request-id")


def not_found_page(site: Site, language: Language, similar: Sequence[tuple[str, str]]) -> Page:
    """Return the page of a 404, with names and URLs of what may have been meant."""
    key = "not_found_similar" if similar else "not_found_words"
    topics = [
        html.Li(html.A(topic.name[language], href=urls.page(language, "kpi", topic=topic.topic)))
        for topic in site.edition.topics
    ]
    by_topic = [html.H2(text("topics_title", language)), html.Ul(topics, className="contacts")]
    words = text(key, language)
    return _fault_page("not_found", words, site, language, similar, by_topic if topics else ())


def bad_request_page(site: Site, language: Language, parameter: str, path: str = "") -> Page:
    """Return the page of a 400, for a parameter that means nothing.

    ``path`` is where the page that was asked for is without its parameters.
    """
    words = bad_request_sentence(site, language, parameter)
    back = [(text("bad_request_back", language), path)] if path else []
    return _fault_page("bad_request", words, site, language, back)


def bad_request_sentence(site: Site, language: Language, parameter: str) -> str:
    """Return which parameter means nothing, ``?`` for all of them, and what it may be."""
    if parameter == "?":
        return text("bad_request_whole", language)
    words = text("bad_request_words", language, name=parameter)
    return f"{words} {possible_values(site, language, parameter)}".rstrip()


def possible_values(site: Site, language: Language, parameter: str) -> str:
    """Name what a parameter of a selection or picture may be; empty for others."""
    if parameter == "yardstick":
        return text("yardstick_choices", language, words=", ".join(VIEWS))
    if parameter == "sort":
        return text("sort_choices", language, words=", ".join(ORDERS))
    if parameter in ("width", "format"):
        return text(f"picture_{parameter}s", language)
    if parameter == "as_of" and site.years:
        years = ", ".join(str(year) for year in site.years)
        return text("years_with_data", language, years=years)
    if parameter == "since" and site.years:
        first, last = site.years[0], max(site.years[-1], site.edition.year)
        return text("years_since", language, first=first, last=last)
    return ""


def fault_page(kind: FaultKind, site: Site, language: Language) -> Page:
    """Return the page of a fault that leads nowhere in particular."""
    return _fault_page(kind, text(f"{kind}_words", language), site, language)


def _fault_page(
    kind: str,
    words: str,
    site: Site,
    language: Language,
    similar: Sequence[tuple[str, str]] = (),
    further: Sequence[Component] = (),
) -> Page:
    title = text(f"{kind}_title", language)
    ways: list[Component] = [
        *(html.Li(html.A(name, href=url)) for name, url in similar),
        html.Li(html.A(site.name(language), href=urls.home(language))),
        html.Li(
            html.A(text("list_title", language), href=urls.page(language, "kpi")),
        ),
        html.Li(
            html.A(text("about_title", language), href=urls.page(language, "about")),
        ),
    ]
    main = html.Div(
        [
            page_opening(title, words),
            html.Ul(ways),
            *further,
            request_line(site, language),
        ],
        className="page words",
    )
    return Page(title=title, description=words, path="", main=main, indexable=False)
