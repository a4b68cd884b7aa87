"""Pages of words: method, about, accessibility and privacy."""

from functools import partial
from typing import Any

from dash import html, register_page
from dash.development.base_component import Component

from components.bands import mark_svg
from components.document import Page
from components.formats import day, integer
from components.prose import contact_link, prose
from components.sources import source_line
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from data.models import Language, Words
from pages.method import method_values
from pages.registry import FOOTER, HEADER
from pages.site import Site, current_site


def layout(language: Language, page: str) -> Page:
    """Return one page of prose; about adds the history that the city's own texts tell."""
    site = current_site()
    title = text(f"{page}_title", language)
    more = method_values(site, language) if page == "method" else {}
    parts: list[Component | None] = [
        html.Div(html.H1(title), className="opening"),
        prose(page, language, _values(site, language) | more),
    ]
    if page == "about":
        parts += _history(site, language)
    return Page(
        title=title,
        description=text(f"{page}_description", language),
        path=f"{page}/",
        main=html.Div(parts, className="page words"),
        section=page,
    )


def _values(site: Site, language: Language) -> dict[str, str]:
    """The live numbers and names that prose may use."""
    fulfilment = site.fulfilment()
    indicators = fulfilment.indicators
    values = [value for value in site.edition.of_city(site.city) if value.value is not None]
    scored = [score.observation for whole in indicators for score in whole.scored]
    derived = [value for value in values if value.derived]
    share = 100 * len(derived) / len(values) if values else 0
    return {
        **site.city_words(language),
        "indicators": integer(len(indicators), language),
        "valued": integer(sum(score.has_value for score in indicators), language),
        "scored": integer(sum(score.share is not None for score in indicators), language),
        "data_points_scored": integer(sum(len(score.scored) for score in indicators), language),
        "city_values": integer(len(values), language),
        "derived_values": integer(len(derived), language),
        "derived_share": integer(round(share), language),
        "derived_scored": integer(sum(value in derived for value in scored), language),
        "newest_year": str(site.edition.year),
        "edition": site.edition.version,
        "edition_date": day(site.edition.date, language),
        "operator_contact": contact_link(site.contact),
        "program_code": _program_code(site.source_url, language),
        "city_statement": _or_else(site, "statement", "statement_default", language),
        "city_limits": _limits(site, language),
        **{f"mark_{band}": mark_svg(band) for band in (*BAND_CLASSES.values(), NO_VALUE_CLASS)},
    }


def _program_code(url: str, language: Language) -> str:
    """Return a list item that links to the source code; nothing where it is not published."""
    return f"- {text('program_code', language, url=url)}\n" if url else ""


def _or_else(site: Site, key: str, default: str, language: Language) -> str:
    words = site.profile.find(key)
    if isinstance(words, Words):
        return words[language]
    return text(default, language, **site.city_words(language))


def _limits(site: Site, language: Language) -> str:
    limits = site.profile.find("data_limits") or ()
    if not limits:
        return text("limits_default", language)
    return "\n".join(f"- {limit['text'][language]}" for limit in limits)


def _figure(figure: dict[str, Any], language: Language) -> html.Li:
    return html.Li([html.B(figure["value"][language]), html.Span(figure["label"][language])])


def _history(site: Site, language: Language) -> list[Component | None]:
    """The original project as its own presentation tells it; nothing for other cities."""
    profile = site.profile
    pilot = profile.find("pilot")
    if pilot is None:
        return []
    return [
        html.H2(f"{pilot['title'][language]}, {pilot['year']}"),
        html.P(html.Em(pilot["subtitle"][language])),
        html.P(pilot["sentence"][language]),
        html.Ul([_figure(figure, language) for figure in pilot["figures"]], className="figures"),
        _bullets("about_objectives", profile.find("objectives"), language),
        _bullets("about_results", profile.find("expected_results"), language),
        _bullets("about_audiences", profile.find("audiences"), language),
        _timeline(site, pilot["year"], language),
        _bullets("about_use", profile.find("kpi_use"), language),
        _bullets("about_advice", profile.find("advice"), language),
        _special_project(profile.find("special_project"), language),
        _contacts(site, language),
        html.P(
            source_line(site.edition.sources[pilot["source_id"]], Words("", ""), language),
            className="note",
        ),
    ]


def _bullets(title: str, bullets: Any, language: Language) -> html.Section | None:
    if not bullets:
        return None
    items = [html.Li(words[language]) for words in bullets]
    return html.Section([html.H3(text(title, language)), html.Ul(items)])


def _timeline(site: Site, year: int, language: Language) -> html.Section:
    steps = [
        html.Li(
            [
                html.H4(f"{step['period'][language]}: {step['title'][language]}"),
                *(_group(group, language) for group in step["groups"]),
            ]
        )
        for step in site.profile.find("timeline") or ()
    ]
    title = html.H3(text("about_timeline", language, year=year))
    return html.Section([title, html.Ol(steps, className="timeline")])


def _group(group: dict[str, Any], language: Language) -> html.Div:
    parts: list[Component] = [html.P(html.B(group["title"][language]))]
    if "figures" in group:
        parts.append(_figures(group["figures"], language))
    if "items" in group:
        parts.append(html.Ul([html.Li(words[language]) for words in group["items"]]))
    return html.Div(parts)


def _figures(figures: Any, language: Language) -> html.Ul:
    rows = [
        html.Li([html.B(figure["value"][language]), html.Span(figure["label"][language])])
        for figure in figures
    ]
    return html.Ul(rows, className="figures")


def _special_project(project: Any, language: Language) -> html.Section | None:
    if not project:
        return None
    return html.Section(
        [
            html.H3(project["title"][language]),
            html.P(project["statement"][language]),
            html.Ul([html.Li(words[language]) for words in project["parts"]]),
            _figures(project["figures"], language),
            html.P(project["note"][language], className="note"),
        ]
    )


def _contacts(site: Site, language: Language) -> html.Section:
    links = [
        html.Li(html.A(contact["name"][language], href=contact["url"], rel="noopener"))
        for contact in site.profile.find("contacts") or ()
    ]
    note = site.profile.find("contacts_note")
    return html.Section(
        [
            html.H3(text("about_contacts", language)),
            html.P(note[language] if note else None),
            html.Ul(links, className="contacts"),
        ]
    )


def _register(name: str, order: int, *navigation: str, warm: bool = False) -> None:
    register_page(
        f"{__name__}.{name}",
        name=name,
        path_template=f"/<language>/{name}/",
        layout=partial(layout, page=name),
        order=order,
        navigation=navigation,
        warm=warm,
    )


_register("method", 12, HEADER, FOOTER, warm=True)
_register("about", 13, FOOTER, warm=True)
_register("accessibility", 15, FOOTER)
_register("privacy", 16, FOOTER)
