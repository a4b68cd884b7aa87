"""Every component in every state, for who changes them: a page of development only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import get_args

from dash import html, register_page
from dash.development.base_component import Component

from components import urls
from components.ages import aged_class, year_chip
from components.bands import STATES, band_words, legend, mark, state_name, swatch
from components.bars import band_strip, share_bar
from components.dimension_overview import dimension_tabs, scale_key
from components.document import Page
from components.findings import finding_cards
from components.indicator_rows import indicator_rows, unrated_fold
from components.markup import Markup, hyphened
from components.observation_table import unit_of_label
from components.pictures.trend_panel import trend_plot
from components.selection_form import selection_form
from components.strips import strip
from components.tables import table_box
from components.texts import text
from components.theme import BAND_CLASSES, COLOURS, NO_VALUE_CLASS
from components.trend import TrendSeries
from components.trend_sentences import trend_sentence
from components.value_scales import value_scale
from components.verdicts import verdict_of, yardstick_label
from data.ages import ages_of_city
from data.findings import findings
from data.groups import group_score
from data.models import Direction, Language, Observation, Target, YardstickKind
from data.scores import IndicatorScore, Reason, Score
from data.scoring import Band, band_of
from pages.indicator_tables import series_of
from pages.selection import Selection
from pages.site import Site, current_site

NAME = "styleguide"
KINDS: tuple[YardstickKind, ...] = get_args(YardstickKind)
REASONS: tuple[Reason, ...] = get_args(Reason)
_DIRECTIONS: tuple[Direction, ...] = ("higher_is_better", "lower_is_better")
# Met, and one share of each band.
_SHARES = (100, 96, 80, 50, 20)


def layout(language: Language) -> Page:
    """Return the page of all components."""
    site = current_site()
    fulfilment = site.fulfilment()
    sections: dict[str, list[Component]] = {
        "type": _type(language),
        "colours": [_colours()],
        "marks": _marks(site, language),
        "verdicts": [_verdicts(site, language)],
        "reasons": [_reasons(site, language)],
        "strips": [scale_key(fulfilment.recent_from, language), *_strips(site, language)],
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


def _marks(site: Site, language: Language) -> list[Component]:
    fulfilment = site.fulfilment()
    group, ages = group_score(fulfilment.indicators), ages_of_city(fulfilment)
    items = []
    for state in STATES:
        rated = state not in (BAND_CLASSES["none"], NO_VALUE_CLASS)
        looks = [state, aged_class(state, older=True)] if rated else [state]
        signs = [sign for look in looks for sign in (mark(look), swatch(look))]
        items.append(html.Li([*signs, state_name(state, language)]))
    bars = [
        share_bar(Fraction(share), band_of(Fraction(share)), older=older)
        for share in _SHARES
        for older in (False, True)
    ]
    return [
        html.Ul(items, className="legend"),
        html.P([year_chip("2025", older=False), " ", year_chip("2018", older=True)]),
        band_strip(group, ages),
        legend(fulfilment.indicators, fulfilment.recent_from, language, marked=True),
        *bars,
    ]


def _sample(site: Site) -> tuple[Score, Observation, Target]:
    """Return a rated score of the city, whose yardstick and value are changed for each example."""
    return next(
        (score, score.observation, score.target)
        for indicator_score in site.fulfilment().indicators
        for score in indicator_score.scored
        if score.observation and score.target and score.target.unit_code == "%"
    )


def _example(site: Site, kind: YardstickKind, direction: Direction, share: int, year: int) -> Score:
    """Return a score of so much of a yardstick of this kind."""
    score, observation, target = _sample(site)
    target = replace(
        target, kind=kind, direction=direction, value=Decimal(50), unit_code="", single_case=False
    )
    value = 50 * share / 100 if direction == "higher_is_better" else 50 * 100 / share
    observation = replace(
        observation, value=Decimal(str(round(value, 1))), year=year, period=str(year)
    )
    exact = Fraction(share)
    return replace(
        score, observation=observation, target=target, share=exact, band=band_of(exact), reason=None
    )


def _verdicts(site: Site, language: Language) -> html.Div:
    """Return a table of the short words: a row per kind and direction, a column per band."""
    columns = [html.Th(band_words(band_of(Fraction(share)), language)) for share in _SHARES]
    rows = []
    for kind in KINDS:
        for direction in _DIRECTIONS:
            scores = [_example(site, kind, direction, share, 2025) for share in _SHARES]
            name = yardstick_label(scores[0].target, language) if scores[0].target else ""
            cells = [html.Td(verdict_of(score, language).short) for score in scores]
            way = text(f"direction_{direction}", language)
            rows.append(html.Tr([html.Th(f"{name}, {way}", scope="row"), *cells]))
    head = html.Thead(html.Tr([html.Td(), *columns]))
    title = text("guide_verdicts", language)
    return table_box(html.Table([html.Caption(title), head, html.Tbody(rows)]), title)


def _reasons(site: Site, language: Language) -> html.Ul:
    items = []
    for reason in REASONS:
        score = replace(_sample(site)[0], share=None, band="none", reason=reason)
        verdict = verdict_of(score, language)
        look = NO_VALUE_CLASS if reason == "no_value" else BAND_CLASSES["none"]
        items.append(html.Li([mark(look), html.B(verdict.short), " ", verdict.sentence]))
    return html.Ul(items)


def _strips(site: Site, language: Language) -> Iterator[Component]:
    """Yield each band in both directions, recent and older."""
    recent_from = site.fulfilment().recent_from
    for direction in _DIRECTIONS:
        yield html.H3(text(f"direction_{direction}", language))
        for share in _SHARES:
            for year in (recent_from, recent_from - 1):
                picture = strip(_example(site, "goal", direction, share, year), recent_from)
                chip = year_chip(str(year), older=year < recent_from)
                yield html.Div([picture, chip], className="guide-strip")
        example = _example(site, "goal", direction, _SHARES[0], recent_from)
        yield html.Div(value_scale(example, (), recent_from, language))


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
