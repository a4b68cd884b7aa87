"""The faces of failure: pages for addresses that lead nowhere or cannot be understood."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.texts import text
from data.models import Language
from data.yardsticks import VIEWS
from pages.site import Site

# Stands for the id of the request in what is kept; replaced when it is sent.
REQUEST_MARK = "request-id-is-put-here"


def request_line(language: Language) -> Component:
    """Words by which a reader can name the request that failed; the log has the same id."""
    return html.P(
        [text("request_id", language), " ", html.Code(REQUEST_MARK)], className="request-id"
    )


def not_found_page(site: Site, language: Language) -> Page:
    """Return the page of a 404."""
    return _fault_page("not_found", text("not_found_words", language), site, language)


def bad_request_page(site: Site, language: Language, parameter: str) -> Page:
    """Return the page of a 400, for a parameter that means nothing."""
    if parameter == "?":
        words = text("bad_request_whole", language)
    else:
        words = text("bad_request_words", language, name=parameter)
    if parameter == "as_of":
        words = f"{words} {words_on_years(site, language)}".rstrip()
    elif parameter == "since" and site.years:
        first, last = site.years[0], max(site.years[-1], site.edition.year)
        words = f"{words} {text('years_since', language, first=first, last=last)}"
    elif parameter == "yardstick":
        words = f"{words} {text('yardstick_choices', language, words=', '.join(VIEWS))}"
    return _fault_page("bad_request", words, site, language)


def words_on_years(site: Site, language: Language) -> str:
    """Name the years with data; nothing where none has."""
    years = ", ".join(str(one) for one in site.years)
    return text("years_with_data", language, years=years) if years else ""


def refused_page(site: Site, language: Language) -> Page:
    """Return the page of any other 4xx."""
    return _fault_page("refused", text("refused_words", language), site, language)


def too_many_page(site: Site, language: Language) -> Page:
    """Return the page of a 429."""
    return _fault_page("too_many", text("too_many_words", language), site, language)


def busy_page(site: Site, language: Language) -> Page:
    """Return the page of a 503 while too much is being made."""
    return _fault_page("busy", text("busy_words", language), site, language)


def failure_page(site: Site, language: Language) -> Page:
    """Return the page of a 503 after a failure of ours."""
    return _fault_page("failure", text("failure_words", language), site, language)


def _fault_page(kind: str, words: str, site: Site, language: Language) -> Page:
    title = text(f"{kind}_title", language)
    ways: list[Component] = [
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
            html.Div([html.H1(title), html.P(words, className="lead")], className="opening"),
            html.Ul(ways),
            request_line(language),
        ],
        className="page words",
    )
    return Page(title=title, description=words, path="", main=main, indexable=False)
