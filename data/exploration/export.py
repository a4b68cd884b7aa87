"""Rows of a selection as files that say where they are from, and as code that makes them again."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from data.citations import Cited, apa
from data.exploration.filters import Selected
from data.exploration.selection import FileForm, Selection
from data.exports.about import LICENCE
from data.exports.csv_files import csv_bytes, excel_csv_bytes
from data.exports.tables import Export
from data.models import Edition
from data.scores import RECENT_YEARS
from data.scoring import BAND_EDGES
from data.tables import ColumnType

# Attributes of rows and types, by the names of the published tables.
_COLUMNS: Mapping[str, tuple[str, ColumnType]] = {
    "city": ("city", "text"),
    "code": ("code", "text"),
    "data_point": ("label", "text"),
    "as_of": ("as_of", "integer"),
    "dimension": ("dimension", "text"),
    "level": ("level", "text"),
    "period": ("period", "text"),
    "year": ("year", "integer"),
    "value": ("value_text", "number"),
    "unit": ("unit_code", "text"),
    "direction": ("direction", "text"),
    "target": ("target_text", "number"),
    "target_kind": ("target_kind", "text"),
    "target_basis": ("target_basis", "text"),
    "target_year": ("target_year", "integer"),
    "share_percent": ("share_text", "number"),
    "band": ("band", "text"),
    "indicator_band": ("indicator_band", "text"),
    "reason": ("reason", "text"),
    "comparability": ("comparability", "text"),
    "evidence": ("evidence", "text"),
    "value_id": ("value_id", "text"),
    "source_id": ("source_id", "text"),
    "target_source_id": ("target_source_id", "text"),
}
# What is said of the indicator and of the source of a value, so that a file stands alone.
_SAID: Mapping[str, ColumnType] = {
    "name_en": "text",
    "name_ru": "text",
    "source": "text",
    "source_url": "text",
    "source_licence": "text",
}


def selection_export(edition: Edition, selected: Selected) -> Export:
    """Return the rows that a selection shows, with the words of indicators and sources."""
    cells = {
        name: [_text(getattr(row, attribute)) for row in selected.rows]
        for name, (attribute, _) in _COLUMNS.items()
    }
    titles = {indicator.code: indicator.title for indicator in edition.indicators}
    sources = [edition.sources.get(source) for source in cells["source_id"]]
    cells["name_en"] = [titles[code].en for code in cells["code"]]
    cells["name_ru"] = [titles[code].ru for code in cells["code"]]
    cells["source"] = [source.title if source else "" for source in sources]
    cells["source_url"] = [source.url if source else "" for source in sources]
    cells["source_licence"] = [source.licence.en if source else "" for source in sources]
    types = {**{name: kind for name, (_, kind) in _COLUMNS.items()}, **_SAID}
    return Export("selection", types, tuple(zip(*(cells[name] for name in types), strict=True)))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def selection_file(edition: Edition, selected: Selected, form: FileForm, cited: Cited) -> bytes:
    """Return the rows in one of ``FILE_FORMS``; ``cited`` names the view that they are from."""
    export = selection_export(edition, selected)
    about = {"citation": apa(cited), "address": cited.address, "licence": LICENCE}
    notes = [
        ("# Selection", "# Отбор"),
        *((words, words) for words in (cited.title, apa(cited), cited.address)),
        (
            f"Our own work: {LICENCE}; values keep the terms of their sources (source_licence).",
            f"Наша работа: {LICENCE}; на значения действуют условия источников (source_licence).",
        ),
    ]
    # Most processes never write these.
    from data.exports.parquet_files import parquet_bytes  # noqa: PLC0415  # It loads pyarrow.
    from data.exports.workbooks import table_xlsx  # noqa: PLC0415  # It loads xlsxwriter.

    writers: Mapping[FileForm, Callable[[], bytes]] = {
        "csv": lambda: csv_bytes(export),
        "ru-excel.csv": lambda: excel_csv_bytes(export),
        "xlsx": lambda: table_xlsx(export, notes, edition.date),
        "parquet": lambda: parquet_bytes(export, about),
    }
    return writers[form]()


def selection_code(edition: Edition, selection: Selection, base_url: str) -> str:
    """Return Python that loads published files and keeps the rows of a selection as ``rows``.

    ``base_url`` has no slash at its end.
    """
    query = f"as_of={selection.last_year}&yardstick={selection.yardsticks}&format=csv"
    lines = [
        "import pandas as pd",
        "",
        f'base = "{base_url}"',
        f"cities = {_listed(selection.cities)}",
        f'scores = base + "/api/v1/fulfilment?{query}&city="',
        "rows = pd.concat([pd.read_csv(scores + city) for city in cities], ignore_index=True)",
        f'indicators = pd.read_csv(base + "/data/{edition.version}/indicators.csv")',
        'known = ["code", *(set(indicators) & {"dimension", "level", "topics"})]',
        'rows = rows.merge(indicators[known], on="code")',
    ]
    if selection.bands:
        # A verdict is that of all rated data points of an indicator.
        edges = sorted(edge.lowest for edge in BAND_EDGES)
        names = [edge.band for edge in sorted(BAND_EDGES, key=lambda edge: edge.lowest)]
        lines += [
            'share = 25 * rows.groupby(["city", "code"])["points"].transform("mean")',
            f"bands = pd.cut(share, {[*edges, 101]}, right=False, labels={_listed(names)})",
            'rows["verdict"] = bands.astype(object).fillna("none")',
        ]
    lines.append('rows = rows[rows["value"].notna()]')
    plain = {
        "dimension": selection.dimensions,
        "code": selection.indicators,
        "level": selection.levels,
        "target_kind": selection.kinds,
        "evidence": selection.evidence,
        "comparability": selection.comparability,
        "verdict": selection.bands,
    }
    lines += [
        f'rows = rows[rows["{column}"].isin({_listed(chosen)})]'
        for column, chosen in plain.items()
        if chosen
    ]
    if selection.topics:
        lines += [
            f"topics = set({_listed(selection.topics)})",
            'rows = rows[[bool(topics & set(cell.split(";"))) for cell in rows["topics"]]]',
        ]
    if selection.ages:
        ages = {
            "recent": f'(rows["year"] >= {selection.last_year - RECENT_YEARS})',
            "older": f'(rows["year"] < {selection.last_year - RECENT_YEARS})',
            "undated": 'rows["year"].isna()',
        }
        lines.append(f"rows = rows[{' | '.join(ages[age] for age in selection.ages)}]")
    return "\n".join(lines) + "\n"


def _listed(words: Any) -> str:
    return json.dumps(list(words))
