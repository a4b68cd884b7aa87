"""All indicators: search in both languages and filters whose state is the address."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import dash_bootstrap_components as dbc
from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.ages import chosen_title
from components.bands import band_words
from components.document import Page
from components.indicator_rows import compact_rows
from components.markup import current, hidden_fields, hyphened
from components.selection_form import (
    REACTING,
    edition_notice,
    selection_fields,
    since_switch,
    submit_button,
)
from components.texts import text
from data.models import EVIDENCE, Language
from data.scoring import BANDS
from pages.list_choice import FILTERS, Choice, dimension_key, find, values_of
from pages.registry import HEADER
from pages.requests import (
    BadParameter,
    NoSuchThing,
    Parameter,
    one_of,
    positive,
    search_words,
)
from pages.selection import PARAMETERS, selection_in, site_of
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs

PAGE_SIZE = 50
_MOST_SUGGESTED = 6


def layout(language: Language, page: int = 1, **query: Any) -> Page:
    """Return the list for one choice; raises ``NoSuchThing`` for a page beyond the last."""
    selected = {parameter.name: query.pop(parameter.name, None) for parameter in PARAMETERS}
    choice = Choice(**query, selection=selection_in(selected))
    site = site_of(choice.selection.edition)
    for name in ("level", "type", "topic"):
        if getattr(choice, name) not in ("", *values_of(name, site)):
            raise BadParameter(name)
    main = html.Div(
        [
            html.Div(
                [
                    html.H1(text("list_title", language)),
                    html.P(
                        text("list_lead", language, n=len(site.edition.indicators)),
                        className="lead",
                    ),
                ],
                className="opening",
            ),
            *edition_notice(
                site.edition.version,
                current_site().edition.version,
                urls.page(language, "kpi", **{**choice.query(), "edition": ""}),
                language,
            ),
            _form(choice, site, language),
            html.Div(results(site, language, choice, page), id="list-results"),
        ],
        className="page",
    )
    shown = {**choice.query(), **({"page": page} if page > 1 else {})}
    return Page(
        title=chosen_title(
            text("list_title", language),
            choice.selection.fulfilment(site),
            language,
            choice.selection.edition,
        ),
        description=text("list_lead", language, n=len(site.edition.indicators)),
        path=urls.page(language, "kpi", **shown).removeprefix(f"/{language}/"),
        main=main,
        section="list",
        scripts=("swap.js",),
        structured=(breadcrumbs(site, language, ((text("list_title", language), "kpi/"),)),),
    )


def results(site: Site, language: Language, choice: Choice, page: int = 1) -> list[Component]:
    """Return the count, the filters set, the rows and the way to further pages of one choice."""
    typed, scores = choice.q, find(site, choice)
    if typed and not scores and (corrected := site.search.correct(typed)):
        choice = replace(choice, q=corrected)
        scores = find(site, choice)
    pages = max(1, -(-len(scores) // PAGE_SIZE))
    if page > pages:
        raise NoSuchThing
    shown = scores[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    count = html.P(text("list_count", language, n=len(scores)), className="finding", role="status")
    chips = _chosen(site, language, choice)
    if not scores:
        return [count, *chips, *_suggestions(site, typed, language)]
    if choice.q != typed:
        words = text("list_corrected", language, typed=typed, q=choice.q)
        count.children = [words, html.Br(), count.children]
    recent_from = choice.selection.fulfilment(site).recent_from
    links = partial(urls.indicator, language, **choice.selection.links(site))
    return [
        count,
        *chips,
        compact_rows(shown, language, recent_from, links),
        *_pager(choice, page, pages, language),
    ]


def _chosen(site: Site, language: Language, choice: Choice) -> list[Component]:
    """Link each filter that is set to the same list without it."""
    query, chips = choice.query(), []
    for name in FILTERS:
        if name in query:
            options = {
                option["value"]: option["label"] for option in _options(name, site, language)
            }
            words = f"{text(f'list_{name}', language)}: {options[query[name]]}"
            rest = {key: value for key, value in query.items() if key != name}
            link = html.A(
                [words, html.Span("×", **hyphened(aria_hidden="true"))],
                href=urls.page(language, "kpi", **rest),
                className="chip",
                **hyphened(aria_label=text("list_drop", language, words=words)),
            )
            chips.append(html.Li(link))
    return [html.Ul(chips, className="chips")] if chips else []


def _suggestions(site: Site, q: str, language: Language) -> list[Component]:
    """Return ways on from a search that found nothing: similar indicators, topics, everything."""
    everything = html.A(text("list_reset", language), href=urls.page(language, "kpi"))
    parts: list[Component] = [html.P([text("list_empty", language), " ", everything])]
    nearest = [
        (indicator.plain_name[language] or indicator.name[language], indicator.slug)
        for indicator in site.search.nearest(q)[:_MOST_SUGGESTED]
    ]
    links = [(name, urls.indicator(language, slug)) for name, slug in nearest]
    topics = [
        (topic.name[language], urls.page(language, "kpi", topic=topic.topic))
        for topic in site.edition.topics
    ]
    for key, chips in (("list_nearest", links), ("list_topics", topics)):
        if chips:
            items = [html.Li(html.A(name, href=href, className="chip")) for name, href in chips]
            parts += [
                html.H2(text(key, language), className="small"),
                html.Ul(items, className="chips"),
            ]
    return parts


def _form(choice: Choice, site: Site, language: Language) -> html.Form:
    line = [
        html.Div(
            [
                html.Label(text("list_q", language), htmlFor="list-q"),
                dbc.Input(
                    id="list-q",
                    name="q",
                    type="search",
                    value=choice.q,
                    maxlength=100,
                    autocomplete="off",
                ),
            ],
            className="field",
        ),
        submit_button("list_show", language),
    ]
    fields: list[Component] = []
    for name in FILTERS:
        options = [{"label": text("any", language), "value": ""}, *_options(name, site, language)]
        chosen = getattr(choice, name)
        fields.append(
            html.Div(
                [
                    html.Label(text(f"list_{name}", language), htmlFor=f"list-{name}"),
                    dbc.Select(
                        id=f"list-{name}",
                        name=name,
                        options=options,
                        value=urls.DIMENSION_SLUGS.get(chosen, chosen),
                    ),
                ],
                className="field",
            )
        )
    fulfilment, rated = choice.selection.fulfilment(site), choice.selection.rated(site)
    fields += selection_fields(site.scored_years, fulfilment, rated, language)
    folded = html.Details(
        [html.Summary(text("list_filters", language)), html.Div(fields, className="filters")],
        className="fold",
    )
    return html.Form(
        [
            html.Div(line, className="find-line"),
            since_switch(site.scored_years, fulfilment, language),
            folded,
            *(
                [hidden_fields(edition=choice.selection.edition)]
                if choice.selection.edition
                else []
            ),
        ],
        action=urls.page(language, "kpi"),
        role="search",
        className="filter-form",
        **REACTING,
    )


def _options(name: str, site: Site, language: Language) -> list[dict[str, str]]:
    indicators = site.edition.indicators
    if name == "dimension":
        keys = dict.fromkeys(indicator.dimension for indicator in indicators)
        return [
            {"label": text(f"dimension_{key}", language), "value": urls.DIMENSION_SLUGS[key]}
            for key in keys
        ]
    if name == "band":
        return [{"label": band_words(band, language), "value": band} for band in BANDS]
    if name == "topic":
        return [
            {"label": topic.name[language], "value": topic.topic} for topic in site.edition.topics
        ]
    return [
        {"label": text(f"{name}_{value}", language), "value": value}
        for value in values_of(name, site)
    ]


def _pager(choice: Choice, page: int, pages: int, language: Language) -> list[Component]:
    if pages == 1:
        return []
    links = [
        html.Li(
            html.A(
                text("list_page", language, page=number),
                href=urls.page(
                    language, "kpi", **choice.query(), page=number if number > 1 else ""
                ),
                **current("page" if number == page else ""),
            )
        )
        for number in range(1, pages + 1)
    ]
    return [
        html.Nav(html.Ul(links), className="pager", **hyphened(aria_label=text("pager", language)))
    ]


register_page(
    __name__,
    name="list",
    path_template="/<language>/kpi/",
    layout=layout,
    order=2,
    navigation=(HEADER,),
    parameters=(
        Parameter("q", search_words),
        Parameter("dimension", dimension_key),
        Parameter("band", one_of(BANDS)),
        Parameter("evidence", one_of(EVIDENCE)),
        Parameter("level", search_words),
        Parameter("type", search_words),
        Parameter("topic", search_words),
        Parameter("page", positive),
        *PARAMETERS,
    ),
    warm=True,
)
