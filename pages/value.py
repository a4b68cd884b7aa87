"""One published value: what it says, where it is from, what each edition said, how to cite it."""

from typing import Any

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.corrections import correction_lines
from components.document import Page
from components.formats import period
from components.indicator_facts import evidence_facts, fact
from components.markup import headed, hyphened
from components.observation_table import shown_value, standing, unit_of_label
from components.open_data.reuse import citations
from components.sources import source_line, value_source
from components.tables import body_row, column_heads, full_table
from components.texts import text
from data.models import NO_WORDS, Edition, Indicator, Language
from data.value_history import ValueHistory, value_history
from pages.open_data.reuse import cited_value, day_of_access
from pages.requests import NoSuchThing
from pages.site import Site, current_site
from pages.structured_data import breadcrumbs


def layout(language: Language, value_id: str) -> Page:
    """Return the value of an id, also of a withdrawn one; raises ``NoSuchThing`` for others."""
    site = current_site()
    history = value_history(site.editions, value_id)
    if history is None:
        raise NoSuchThing(value_id)
    observation = history.observation
    try:
        indicator = site.indicator(observation.code)
    except LookupError:
        raise NoSuchThing(value_id) from None
    value_text = shown_value(indicator, observation, language)
    when = period(observation.period, language)
    name = indicator.title_of(observation.data_point)[language]
    city = site.edition.cities[observation.city].name[language]
    value = value_text if isinstance(value_text, str) else text("words_only", language)
    words = {"name": name, "value": value, "period": when, "city": city}
    title = text("value_page_title", language, **words)
    source = _own_edition(history).sources[observation.source_id].title
    main = html.Article(
        [
            _trail(indicator, language),
            html.Div(
                [
                    html.H1(name),
                    html.P([html.B(value_text, className="big"), f" {city}, {when}"]),
                    *_standing(site, history, language),
                ],
                className="opening",
            ),
            _facts(site, indicator, history, language),
            _versions(indicator, history, language),
            headed(
                text("cite_title", language),
                citations(cited_value(site, history, title, language), language),
            ),
        ],
        className="page value",
    )
    path = f"value/{value_id}/"
    steps = ((indicator.title[language], f"kpi/{indicator.slug}/"), (value, path))
    return Page(
        title=title,
        description=text("value_description", language, source=source, **words),
        path=path,
        main=main,
        section=indicator.dimension,
        style="value",
        scripts=("copy.js",),
        indexable=False,
        structured=(breadcrumbs(site, language, steps),),
    )


def _trail(indicator: Indicator, language: Language) -> html.Nav:
    links = [
        html.Li(html.A(text("nav_home", language), href=urls.home(language))),
        html.Li(
            html.A(indicator.title[language], href=urls.indicator(language, indicator.slug)),
        ),
    ]
    return html.Nav(
        html.Ol(links), className="trail", **hyphened(aria_label=text("trail_label", language))
    )


def _standing(site: Site, history: ValueHistory, language: Language) -> list[Component]:
    """Say that the value was withdrawn, or that the colour of its indicator rests on it."""
    if history.versions[-1].observation is None:
        return [html.P(html.B(text("value_page_withdrawn", language)))]
    scored = site.fulfilment().find(history.observation.code)
    rests = scored is not None and any(
        score.observation == history.observation for score in scored.scored
    )
    return [html.P(text("value_scored", language))] if rests else []


def _facts(site: Site, indicator: Indicator, history: ValueHistory, language: Language) -> html.Dl:
    observation = history.observation
    # A withdrawn value may have a source that only its own edition lists.
    sources = {**_own_edition(history).sources, **site.edition.sources}
    unit = unit_of_label(indicator, observation.data_point)[language]
    facts = [
        fact("unit", unit, language),
        fact("source", value_source(observation, sources, language), language),
        *evidence_facts(observation, language),
        fact("comparability", html.Span(standing(observation, language)), language),
    ]
    if observation.value_text and not observation.value_text.startswith("["):
        spoken = sources[observation.source_id].title_language
        facts.append(fact("quotation", html.Q(observation.value_text, lang=spoken), language))
    if observation.note:
        facts.append(fact("note", observation.note[language], language))
    for name in observation.input_source_ids:
        if name in sources and name != observation.source_id:
            line = source_line(sources[name], NO_WORDS, language)
            facts.append(fact("inputs", line, language))
    corrected = correction_lines(history.corrections, indicator, language)
    facts += [fact("correction", words, language) for words in corrected]
    return html.Dl(facts, className="facts")


def _own_edition(history: ValueHistory) -> Edition:
    """The newest edition that has the value."""
    return next(edition for edition, row in reversed(history.versions) if row is not None)


def _versions(indicator: Indicator, history: ValueHistory, language: Language) -> html.Section:
    title = text("value_versions", language)
    heads = column_heads(
        ["column_edition", "column_value", "column_period", "column_comparability"], language
    )
    rows = []
    for edition, observation in reversed(history.versions):
        link = html.A(edition.version, href=urls.data_edition(language, edition.version))
        if observation is None:
            named = hyphened(data_column=text("column_value", language))
            absent = html.Td(text("value_absent", language), colSpan=3, **named)
            rows.append(html.Tr([html.Th(link, scope="row"), absent]))
            continue
        cells: list[tuple[str, Any]] = [
            ("column_value", shown_value(indicator, observation, language)),
            ("column_period", period(observation.period, language)),
            ("column_comparability", standing(observation, language)),
        ]
        rows.append(body_row(link, cells, language))
    table = full_table(title, heads, rows, look="values")
    return html.Section([html.H2(title), table], className="all-values")


register_page(
    __name__,
    name="value",
    path_template="/<language>/value/<value_id>/",
    converters={"value_id": "slug"},
    layout=layout,
    order=4,
    variants=lambda _site: (),
    follows=lambda _language, **_variables: day_of_access(),
)
