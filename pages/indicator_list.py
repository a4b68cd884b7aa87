"""All indicators: search in both languages and filters whose state is the address."""

from dataclasses import replace
from functools import partial
from typing import Any

import dash_bootstrap_components as dbc
from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.document import Page
from components.indicator_rows import compact_rows
from components.markup import current, hidden_fields, hyphened, page_opening
from components.selection_form import (
    REACTING,
    edition_notice,
    field,
    selection_fields,
    since_switch,
    submit_button,
)
from components.texts import text
from data.models import Language
from pages import list_choice
from pages.chart import Chart
from pages.embeds.choice import share_page
from pages.list_choice import FILTERS, Choice, check, chosen_fulfilment, options_of
from pages.pictures.charts import card_of
from pages.registry import HEADER
from pages.requests import NoSuchThing, Parameter, whole_number
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
    check(choice, site)
    main = html.Div(
        [
            page_opening(
                text("list_title", language),
                text("list_lead", language, n=len(site.edition.indicators)),
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
    parameters = {**choice.query(), **({"page": page} if page > 1 else {})}
    chart = Chart(site, language, choice.chart, choice.selection)
    return Page(
        title=chart.shared_title,
        description=f"{chart.sheet.title}. {chart.sentence}",
        path=urls.page(language, "kpi", **parameters).removeprefix(f"/{language}/"),
        main=main,
        section="list",
        picture=card_of(choice.chart, choice.selection),
        charted=True,
        scripts=("swap.js",),
        structured=(breadcrumbs(site, language, ((text("list_title", language), "kpi/"),)),),
    )


def results(site: Site, language: Language, choice: Choice, page: int = 1) -> list[Component]:
    """Return the count, the filters set, the rows and the way to further pages of one choice."""
    typed, scores = choice.q, chosen_fulfilment(site, choice).indicators
    if typed and not scores and (corrected := site.search.correct(typed)):
        choice = replace(choice, q=corrected)
        scores = chosen_fulfilment(site, choice).indicators
    pages = max(1, -(-len(scores) // PAGE_SIZE))
    if page > pages:
        raise NoSuchThing
    page_scores = scores[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    key = "list_count" if scores else "list_nothing"
    count = html.P(text(key, language, n=len(scores)), className="finding", role="status")
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
        compact_rows(page_scores, language, recent_from, links),
        *_pager(choice, page, pages, language),
        html.P(
            html.A(
                text("list_embed", language),
                href=share_page(language, choice.chart, **choice.selection.links(site)),
            ),
            className="tools",
        ),
    ]


def _chosen(site: Site, language: Language, choice: Choice) -> list[Component]:
    """Link each filter that is set to the same list without it."""
    query, chips = choice.query(), []
    for name in FILTERS:
        if name in query:
            options = options_of(name, site, language)
            words = f"{text(f'list_{name}', language)}: {options[query[name]]}"
            reduced_query = {key: value for key, value in query.items() if key != name}
            link = html.A(
                words,
                href=urls.page(language, "kpi", **reduced_query),
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
    search = dbc.Input(
        id="list-q", name="q", type="search", value=choice.q, maxlength=100, autocomplete="off"
    )
    line = [field(text("list_q", language), search), submit_button("list_show", language)]
    fields: list[Component] = [_filter(name, choice, site, language) for name in FILTERS]
    fulfilment, rated = choice.selection.fulfilment(site), choice.selection.rated(site)
    fields += selection_fields(site.scored_years, fulfilment, rated, language)
    edition = choice.selection.edition
    folded = html.Details(
        [html.Summary(text("list_filters", language)), html.Div(fields, className="filters")],
        className="fold",
    )
    return html.Form(
        [
            html.Div(line, className="find-line"),
            since_switch(site.scored_years, fulfilment, language),
            folded,
            *([hidden_fields(edition=edition)] if edition else []),
        ],
        action=urls.page(language, "kpi"),
        role="search",
        className="filter-form",
        **REACTING,
    )


def _filter(name: str, choice: Choice, site: Site, language: Language) -> html.Div:
    options = {"": text("any", language), **options_of(name, site, language)}
    select = dbc.Select(
        id=f"list-{name}",
        name=name,
        options=[{"label": words, "value": value} for value, words in options.items()],
        value=getattr(choice, name),
    )
    return field(text(f"list_{name}", language), select)


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
    parameters=(*list_choice.PARAMETERS, Parameter("page", whole_number(1, 9999)), *PARAMETERS),
    warm=True,
)
