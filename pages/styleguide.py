"""Every component in every state, for who changes them: a page of development only."""

from collections.abc import Callable
from functools import partial

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.dimension_overview import dimension_tabs, scale_key
from components.document import Page
from components.findings import finding_cards
from components.indicator_rows import indicator_rows, unrated_fold
from components.markup import Markup, hyphened
from components.observation_table import unit_of_label
from components.pictures.trend_panel import trend_plot
from components.selection_form import selection_form
from components.texts import text
from components.theme import COLOURS
from components.trend import TrendSeries
from components.trend_sentences import trend_sentence
from data.findings import findings
from data.models import Language
from data.scores import IndicatorScore
from data.scoring import Band
from pages.indicator_tables import series_of
from pages.selection import Selection
from pages.site import Site, current_site
from pages.styleguide_scores import marks, reasons, strips, verdicts

NAME = "styleguide"


def layout(language: Language) -> Page:
    """Return the page of all components."""
    site = current_site()
    fulfilment = site.fulfilment()
    sections: dict[str, list[Component]] = {
        "type": _type(language),
        "colours": [_colours()],
        "marks": marks(site, language),
        "verdicts": [verdicts(site, language)],
        "reasons": [reasons(site, language)],
        "strips": [scale_key(fulfilment.recent_from, language), *strips(site, language)],
        "charts": [*_charts(site, language), _cards(site, language)],
        "rows": _rows(site, language),
        "controls": _controls(site, language),
        "messages": _messages(language),
    }
    parts = [
        html.Section([html.H2(text(f"guide_{key}", language)), *content], id=key)
        for key, content in sections.items()
    ]
    title = text("guide_title", language)
    return Page(
        title=title,
        description=text("guide_lead", language),
        path=f"{NAME}/",
        main=html.Div([html.H1(title), *parts], className="page dimension"),
        section=NAME,
        indexable=False,
        patterned=True,
    )


def _type(language: Language) -> list[Component]:
    words = text("guide_lead", language)
    return [
        html.P(words, className="lead"),
        html.P(words, className="finding"),
        html.H3(words),
        html.H4(words),
        html.P(words),
        html.P(words, className="note"),
        html.P([html.Span("79.5", className="big"), " ", html.Small(words)]),
    ]


def _colours() -> html.Ul:
    items = []
    for name in COLOURS["light"]:
        field = (
            '<svg class="swatch" aria-hidden="true"><rect width="100%" height="100%" '
            f'fill="var(--{name})" stroke="var(--soft)"/></svg>'
        )
        pair = f" {COLOURS['light'][name]} / {COLOURS['dark'][name]}"
        items.append(html.Li([Markup(field, inline=True), html.Code(name), pair]))
    return html.Ul(items, className="unvalued")


def _charts(site: Site, language: Language) -> list[Component]:
    """Draw the longest series, one with a change of definition and one beside other cities."""
    series = [
        (indicator_score.indicator, trend)
        for indicator_score in site.fulfilment().indicators
        for trend in series_of(site, indicator_score)
        if trend.target and len(trend.observations) > 1
    ]
    kinds: tuple[Callable[[TrendSeries], int], ...] = (
        lambda trend: len(trend.observations),
        lambda trend: len(trend.breaks()),
        lambda trend: len(trend.other_cities),
    )
    parts: list[Component] = []
    for kind in kinds:
        counts = [kind(trend) for _, trend in series]
        indicator, trend = series[counts.index(max(counts))]
        unit = unit_of_label(indicator, trend.name)
        parts.append(html.H3(indicator.title[language]))
        parts.append(trend_plot(trend, language, unit, trend_sentence(trend, language, unit)))
    return parts


def _cards(site: Site, language: Language) -> html.Ul:
    """Return the findings of the home page, each with its sparkline."""
    fulfilment = site.fulfilment()
    cities = {city.id: city.name for city in site.edition.cities.values()}
    return finding_cards(
        findings(site.edition, fulfilment),
        fulfilment,
        cities,
        partial(urls.indicator, language),
        language,
    )


def _rows(site: Site, language: Language) -> list[Component]:
    """Return the first indicator of each band, age and reason, one with several values first."""
    fulfilment = site.fulfilment()
    several = [score for score in fulfilment.indicators if len(score.scored) > 1]
    examples: dict[tuple[Band, str | None, bool], list[IndicatorScore]] = {}
    for score in [*several, *fulfilment.indicators]:
        key = score.band, score.reason, score.is_recent(fulfilment.recent_from)
        examples.setdefault(key, []).append(score)
    chosen = [members[0] for members in examples.values()]
    rows = indicator_rows(
        chosen, language, fulfilment.recent_from, partial(urls.indicator, language)
    )
    fold = unrated_fold(fulfilment.indicators, language, partial(urls.indicator, language))
    return [rows, *([] if fold is None else [fold])]


def _controls(site: Site, language: Language) -> list[Component]:
    fulfilment, words = site.fulfilment(), text("choice_show", language)
    key = fulfilment.dimensions()[0]
    return [
        dimension_tabs(fulfilment, key, language),
        selection_form(
            site.scored_years,
            fulfilment,
            Selection().rated(site),
            urls.page(language, NAME),
            language,
        ),
        html.P(
            [
                html.Button(words, type="button", className="button"),
                " ",
                html.Button(words, type="button", className="button quiet"),
                " ",
                html.Button(words, type="button", className="button", **hyphened(aria_busy="true")),
            ]
        ),
        html.P(html.A(words, href="#type"), className="tools"),
    ]


def _messages(language: Language) -> list[Component]:
    words = text("guide_lead", language)
    return [
        html.Details([html.Summary(text("marks_title", language)), html.P(words)]),
        html.Details([html.Summary(text("marks_title", language)), html.P(words)], open=True),
        html.P(words, className="notice"),
        html.Div(html.P(words), className="warning"),
    ]


def register() -> None:
    """Register the page, which a public site does not have."""
    register_page(
        __name__,
        name=NAME,
        path_template=f"/<language>/{NAME}/",
        layout=layout,
        variants=lambda _site: [],
    )
