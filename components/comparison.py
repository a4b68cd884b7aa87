"""One indicator of several cities side by side: a row per city on one scale, and a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.ages import aged_class, year_chip
from components.formats import listing, period, quantity, unit_words
from components.indicator_rows import row_yardstick
from components.markup import Markup
from components.observation_table import (
    origin,
    point_name,
    shown_value,
    standing,
    table_head,
    table_row,
    unit_of_label,
)
from components.references import References
from components.strips import dot_svg, end_labels, scale_end, strip_svg
from components.texts import text
from data.city_values import Scale, SideBySide
from data.models import City, Language, Observation
from data.scores import Score

_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Beside:
    """Cities, own city and sources that all parts of a comparison share.

    ``own_words`` are the name of the site's city in the cases that sentences need. ``chosen`` are
    the cities that the reader asked for, if any: none may be missing in silence. Values before
    ``recent_from`` are older ones; ``scores`` are the own city's by data point.
    """

    cities: Mapping[str, City]
    own: str
    own_words: Mapping[str, str]
    references: References
    language: Language
    recent_from: int
    scores: Mapping[str, Score]
    chosen: tuple[str, ...] = ()


def comparison(compared: SideBySide, beside: Beside) -> html.Article:
    """Show one indicator: rows of cities, what is missing and why, and all values with sources."""
    language, indicator = beside.language, compared.indicator
    name = indicator.title[language]
    direction = text(f"direction_{indicator.direction}", language)
    parts: list[Component] = [
        html.H2(html.A(name, href=urls.indicator(language, indicator.slug))),
        html.P(f"{unit_words(indicator.unit, language)} · {direction}", className="note"),
    ]
    for label in dict.fromkeys(observation.data_point for observation in compared.observations):
        parts += _rows(compared, label, beside)
    parts += [html.P(words, className="note") for words in _remarks(compared, beside)]
    if compared.observations:
        folded = [_table(compared, beside), beside.references.listed()]
        summary = html.Summary(text("compare_values", language))
        parts.append(html.Details([summary, *folded], className="fold"))
    return html.Article(parts, className="side-by-side", id=indicator.slug)


def key(own_name: str, language: Language) -> html.Ul:
    """Explain the dots of the rows."""
    words = {
        "own": text("compare_key_own", language, city=own_name),
        "other": text("compare_key_other", language),
        "other o": text("compare_key_older", language),
    }
    return html.Ul(
        [
            html.Li([Markup(dot_svg(f"dot {look}"), inline=True), html.Span(meaning)])
            for look, meaning in words.items()
        ],
        className="beside-key",
    )


def _rows(compared: SideBySide, label: str, beside: Beside) -> list[Component]:
    """Return the values of one data point: those that share a scale as dots on it."""
    language, indicator = beside.language, compared.indicator
    scale = next((scale for scale in compared.scales() if scale.label == label), None)
    drawn = scale.observations if scale else ()
    score = beside.scores.get(label)
    yardstick = _yardstick(scale, score)
    end = Decimal(0)
    if scale is not None:
        highest = max(map(_number, drawn))
        percent = drawn[0].unit_code.startswith(_PERCENT)
        end = scale_end(highest, yardstick or Decimal(0), percent=percent)
    rows = [
        _row(compared, observation, beside, end if observation in drawn else None, score, yardstick)
        for observation in compared.observations
        if observation.data_point == label
    ]
    point = indicator.data_point(label)
    parts: list[Component] = [html.H3(point.title[language])] if point else []
    parts.append(html.Ul(rows, className="beside"))
    if drawn:
        ends = f'<svg class="scale" aria-hidden="true">{end_labels(end, yardstick, language)}</svg>'
        parts.append(Markup(ends, className="b-ends"))
    if yardstick is not None and score is not None:
        parts.append(html.P(row_yardstick(score, language), className="note"))
    return parts


def _number(observation: Observation) -> Decimal:
    """Return the number as printed: 0.00 keeps its digits."""
    if observation.value is None:
        raise ValueError(f"{observation.code}, {observation.city}: no number")
    return observation.value


def _yardstick(scale: Scale | None, score: Score | None) -> Decimal | None:
    """Return the own city's yardstick where it is rated and shares unit and scale."""
    if scale is None or score is None or score.share is None or score.target is None:
        return None
    same = score.target.unit_code == scale.observations[0].unit_code
    return score.target.value if same and score.target.value >= 0 else None


def _row(
    compared: SideBySide,
    observation: Observation,
    beside: Beside,
    end: Decimal | None,
    score: Score | None,
    yardstick: Decimal | None,
) -> html.Li:
    language, own = beside.language, observation.city == beside.own
    older = observation.year is None or observation.year < beside.recent_from
    when = period(observation.period, language) or text("period_unknown", language)
    city = [html.Span(beside.cities[observation.city].name[language]), year_chip(when, older=older)]
    value = _number(observation)
    unit = unit_of_label(compared.indicator, observation.data_point)
    parts: list[Component] = [
        html.Div(city, className="b-city"),
        html.B(quantity(value, unit, language), className="b-value"),
    ]
    if end is not None and value >= 0:
        at = f"{float(100 * value / end):.4g}"
        tick = "" if yardstick is None else f"{float(100 * yardstick / end):.4g}"
        look = aged_class(f"dot {'own' if own else 'other'}", older=older)
        direction = score.target.direction if score and score.target else "neutral"
        parts.append(Markup(strip_svg(at, tick, direction, look), className="b-scale"))
    if observation.comparability not in ("reported", "exact"):
        words = text(f"comparability_{observation.comparability}", language)
        parts.append(html.Small(words, className="b-reason"))
    return html.Li(parts, className="own" if own else None)


def _remarks(compared: SideBySide, beside: Beside) -> list[str]:
    """Say which cities are missing from the picture, and why."""
    language, words = beside.language, beside.own_words
    drawn = {observation.city for scale in compared.scales() for observation in scale.observations}
    remarks = []
    if not any(observation.city == beside.own for observation in compared.observations):
        remarks.append(text("compare_own_none", language, **words))
    elif drawn and beside.own not in drawn:
        remarks.append(text("compare_own_off", language, **words))
    if not drawn:
        remarks.append(
            text("compare_counts" if compared.shares_counts else "compare_alone", language)
        )
    listed = {observation.city for observation in compared.observations} | set(compared.silent)
    absent = [city for city in beside.chosen if city not in listed]
    if absent:
        names = [beside.cities[city].name[language] for city in absent]
        remarks.append(text("compare_absent", language, cities=listing(names, language)))
    if compared.silent:
        names = [beside.cities[city].name[language] for city in compared.silent]
        remarks.append(text("compare_silent", language, cities=listing(names, language)))
    return remarks


def _table(compared: SideBySide, beside: Beside) -> html.Table:
    """Every value with its year, comparability and source; the own city's rows are marked."""
    language, indicator = beside.language, compared.indicator
    several = any(observation.data_point for observation in compared.observations)
    columns = ["city", *(["data_point"] if several else [])]
    columns += ["value", "period", "comparability", "source"]
    rows = []
    for observation in compared.observations:
        cells: list[tuple[str, Any]] = []
        if several:
            cells.append(("data_point", point_name(indicator, observation, language)))
        cells += [
            ("value", shown_value(indicator, observation, language)),
            ("period", period(observation.period, language)),
            ("comparability", standing(observation, language)),
            ("source", origin(observation, beside.references)),
        ]
        marked = "own" if observation.city == beside.own else ""
        city = beside.cities[observation.city]
        head = f"{city.name[language]}, {city.country[language]}"
        rows.append(table_row(head, cells, language, marked))
    caption = text("compare_caption", language, name=indicator.title[language])
    return html.Table(
        [*table_head(caption, columns, language), html.Tbody(rows)], className="values"
    )
