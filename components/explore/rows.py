"""Rows of a selection as a table: every number with its year, yardstick, comparability, source."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.ages import year_chip
from components.bands import mark
from components.explore.form import Explored
from components.formats import period, quantity
from components.observation_table import unit_of_label
from components.tables import body_row, column_heads, full_table, table_box
from components.texts import text
from components.theme import BAND_CLASSES
from data.exploration.score_rows import Row

# So many stand in the first answer, which is small.
FEW = 3
_COLUMNS = ("value", "year", "yardstick", "verdict", "comparability", "source")


def rows_table(explored: Explored, most: int | None = FEW) -> list[Component]:
    """Return the table of the first rows, and the way to all of them."""
    language, rows = explored.language, explored.selected.rows
    caption = text("explore_rows", language, n=len(rows))
    indicators = {indicator.code: indicator for indicator in explored.edition.indicators}
    several = len(explored.selection.cities) > 1
    body = []
    for row in rows[:most]:
        indicator = indicators[row.code]
        point = indicator.data_point(row.label)
        picked = replace(explored.selection, highlighted=row.code)
        name: list[Any] = [html.A(indicator.title[language], href=explored.url(picked))]
        if point:
            name.append(html.Small(point.title[language], className="line"))
        if several:
            name.append(
                html.Small(explored.edition.cities[row.city].name[language], className="line")
            )
        body.append(_row(row, name, indicator, explored))
    keys = [f"explore_column_{key}" for key in ("indicator", *_COLUMNS)]
    table = full_table(caption, column_heads(keys, language), body, "explore-rows")
    parts: list[Component] = [table_box(table, caption)]
    if most is not None and len(rows) > most:
        url = explored.url()
        href = f"{url}{'&' if '?' in url else '?'}rows=all"
        every = text("explore_all_rows", language, n=len(rows))
        parts.append(html.P(html.A(every, href=href)))
    return parts


def _row(row: Row, name: list[Any], indicator: Any, explored: Explored) -> html.Tr:
    language = explored.language
    unit = unit_of_label(indicator, row.label)
    source = explored.edition.sources.get(row.source_id)
    verdict = f"band_{row.band}" if row.band != "none" else f"reason_{row.reason}"
    yardstick = quantity(Decimal(row.target_text), unit, language) if row.target_text else ""
    kind = text(f"kind_{row.target_kind}", language) if row.target_kind else ""
    when = (
        text("explore_age_undated", language)
        if row.year is None
        else year_chip(period(row.period, language), older=row.age == "older")
    )
    cells: list[Any] = [
        quantity(Decimal(row.value_text), unit, language),
        when,
        [yardstick, html.Small(kind, className="line")] if kind else "",
        [mark(BAND_CLASSES[row.band]), text(verdict, language)],
        text(f"comparability_{row.comparability}", language),
        html.A(source.publisher[language] or source.title, href=source.url) if source else "",
    ]
    keys = [f"explore_column_{key}" for key in _COLUMNS]
    look = "on" if row.code == explored.selection.highlighted else None
    return body_row(name, zip(keys, cells, strict=True), language, look)


def plain_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> html.Div:
    """Return the table of a view, whose cells are words."""
    heads = [html.Th(words, scope="col") for words in header]
    body = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
        for row in rows
    ]
    return table_box(full_table(caption, heads, body), caption)
