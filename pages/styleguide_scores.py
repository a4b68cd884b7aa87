"""Scores in every state for the style guide: marks, verdicts, reasons and strips."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from dash import html
from dash.development.base_component import Component

from components.ages import aged_class, year_chip
from components.bands import STATES, band_words, legend, mark, state_name, swatch
from components.bars import band_strip, share_bar
from components.strips import strip
from components.tables import table_box
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from components.value_scales import value_scale
from components.verdicts import verdict_of, yardstick_label
from data.ages import ages_of_city
from data.groups import group_score
from data.models import Direction, Language, Observation, Target, YardstickKind
from data.scores import Reason, Score
from data.scoring import band_of
from pages.site import Site

KINDS: tuple[YardstickKind, ...] = get_args(YardstickKind)
REASONS: tuple[Reason, ...] = get_args(Reason)
_DIRECTIONS: tuple[Direction, ...] = ("higher_is_better", "lower_is_better")
# Met, and one share of each band.
_SHARES = (100, 96, 80, 50, 20)


def marks(site: Site, language: Language) -> list[Component]:
    """Return every mark and swatch, and the bars of each band, recent and older."""
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


def verdicts(site: Site, language: Language) -> html.Div:
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


def reasons(site: Site, language: Language) -> html.Ul:
    """Return each reason why there is no verdict, in both lengths."""
    items = []
    for reason in REASONS:
        score = replace(_sample(site)[0], share=None, band="none", reason=reason)
        verdict = verdict_of(score, language)
        look = NO_VALUE_CLASS if reason == "no_value" else BAND_CLASSES["none"]
        items.append(html.Li([mark(look), html.B(verdict.short), " ", verdict.sentence]))
    return html.Ul(items)


def strips(site: Site, language: Language) -> Iterator[Component]:
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
