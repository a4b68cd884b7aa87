"""Counts of downloads: a total, and the most downloaded files by month."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from dash import html
from dash.development.base_component import Component

from components.formats import integer, period
from components.markup import folded
from components.tables import full_table, table_box
from components.texts import text
from data.models import Language

_MONTHS, _FILES = 12, 20
# By month, such as 2026-11, and the file's address without its leading slash.
Counts = Mapping[tuple[str, str], int]


def counts_by_file(counts: Counts, language: Language) -> list[Component]:
    """A sentence with the total; folded, a table of the newest months and the top files."""
    if not counts:
        return [html.P(text("counts_none", language))]
    total = sum(counts.values())
    first = min(month for month, _ in counts)
    since = format_date(date.fromisoformat(f"{first}-01"), "MMMM y", locale=language)
    words = text("counts_total", language, n=total, count=integer(total, language), month=since)
    return [
        html.P(html.B(words)),
        folded(text("counts_fold", language), _table(counts, language)),
    ]


def _table(counts: Counts, language: Language) -> html.Div:
    months = sorted({month for month, _ in counts})[-_MONTHS:]
    files: Counter[str] = Counter()
    for (_, file), count in counts.items():
        files[file] += count
    top = sorted(files, key=lambda file: (-files[file], file))[:_FILES]
    caption = text("counts_caption", language)
    heads = [
        text("counts_file", language),
        *(period(month, language) for month in months),
        text("counts_sum", language),
    ]
    everything = {month: sum(n for key, n in counts.items() if key[0] == month) for month in months}
    rows = [_row(text("counts_all", language), everything, sum(files.values()), months, language)]
    for file in top:
        of_file = {month: counts.get((month, file), 0) for month in months}
        rows.append(
            _row(html.A(f"/{file}", href=f"/{file}"), of_file, files[file], months, language)
        )
    columns = [html.Th(head, scope="col") for head in heads]
    return table_box(full_table(caption, columns, rows, "cells counts"), caption)


def _row(
    name: str | Component,
    by_month: Mapping[str, int],
    total: int,
    months: list[str],
    language: Language,
) -> html.Tr:
    numbers = [*(by_month[month] for month in months), total]
    return html.Tr(
        [html.Th(name, scope="row"), *(html.Td(integer(number, language)) for number in numbers)]
    )
