"""One indicator of several cities side by side: a picture where they share a scale, and a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import urls
from components.comparison_picture import comparison_svg, key_sign
from components.formats import listing, period, unit_words
from components.markup import Markup, hyphened
from components.observation_table import (
    References,
    origin,
    point_name,
    shown_value,
    standing,
    table_head,
    table_row,
)
from components.texts import text
from data.city_values import SideBySide
from data.models import City, Language, Observation, Words

_UNTOLD = Words("", "")


@dataclass(frozen=True, slots=True)
class Beside:
    """Cities, own city and sources that all comparisons of a page share.

    ``own_words`` are the name of the site's city in the cases that sentences need. ``full``
    adds pages, notes and quotations of the sources, which are too much for many indicators.
    ``chosen`` are the cities that the reader asked for, if any: none may be missing in silence.
    """

    cities: Mapping[str, City]
    own: str
    own_words: Mapping[str, str]
    references: References
    language: Language
    full: bool
    chosen: tuple[str, ...] = ()


def comparison(compared: SideBySide, beside: Beside) -> html.Article:
    """One indicator under its name, with its way to the page that says all about it."""
    language, indicator = beside.language, compared.indicator
    name = indicator.title[language]
    direction = text(f"direction_{indicator.direction}", language)
    left: list[Component] = [
        html.H3(html.A(name, href=urls.indicator(language, indicator.slug))),
        html.P(f"{unit_words(indicator.unit, language)} · {direction}", className="note"),
        *_pictures(compared, beside),
        *(html.P(words, className="note") for words in _remarks(compared, beside)),
    ]
    if not beside.full:
        left.append(
            html.P(
                html.A(
                    text("compare_one_link", language),
                    href=urls.page(language, "compare", kpi=indicator.slug),
                    **hyphened(aria_label=text("compare_one_link_of", language, name=name)),
                ),
                className="note",
            )
        )
    right = html.Div(_table(compared, beside) if compared.observations else None)
    kind = "side-by-side" if beside.full else "side-by-side brief"
    return html.Article([html.Div(left), right], className=kind, id=indicator.slug)


def key(own_name: str, language: Language) -> html.Ul:
    """Explain the signs of the pictures."""
    words = {
        "own": text("compare_key_own", language, city=own_name),
        "other": text("compare_key_other", language),
        "close": text("compare_key_close", language),
    }
    return html.Ul(
        [
            html.Li([Markup(key_sign(kind), inline=True), html.Span(meaning)])
            for kind, meaning in words.items()
        ],
        className="beside-key",
    )


def _pictures(compared: SideBySide, beside: Beside) -> list[Component]:
    return [
        Markup(
            comparison_svg(compared.indicator, scale, beside.cities, beside.own, beside.language)
        )
        for scale in compared.scales()
    ]


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
            ("source", _cited(observation, beside)),
        ]
        marked = "own" if observation.city == beside.own else ""
        city = beside.cities[observation.city]
        head = f"{city.name[language]}, {city.country[language]}"
        rows.append(table_row(head, cells, language, marked))
    caption = text("compare_caption", language, name=indicator.title[language])
    return html.Table(
        [*table_head(caption, columns, language), html.Tbody(rows)], className="values"
    )


def _cited(observation: Observation, beside: Beside) -> list[Any]:
    if beside.full:
        return origin(observation, beside.references)
    return beside.references.cite(observation.source_id, _UNTOLD, _UNTOLD)
