"""The grid of a selection: its rows to sort, filter and copy, in columns that a reader chooses."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from components.explore.form import Explored
from components.formats import number
from components.markup import Markup, folded
from components.observation_table import unit_of_label
from components.takeover.paint import paint
from components.texts import text
from data.models import Language

GRID, COLUMNS = "explore-grid", "explore-columns"
# Name, whether it holds numbers, and whether it is shown unless a reader asks for more.
_COLUMNS: Mapping[str, tuple[bool, bool]] = {
    "indicator": (False, True),
    "part": (False, False),
    "city": (False, False),
    "value": (True, True),
    "unit": (False, True),
    "year": (True, True),
    "yardstick": (True, True),
    "kind": (False, False),
    "share": (True, True),
    "verdict": (False, True),
    "comparability": (False, True),
    "evidence": (False, False),
    "source": (False, True),
    "code": (False, False),
}
COLUMN_NAMES = tuple(_COLUMNS)
SHOWN = tuple(name for name, (_, shown) in _COLUMNS.items() if shown)


def grid(explored: Explored) -> list[Component]:
    """Return the choice of columns and the grid of all rows."""
    language = explored.language
    options = [{"label": _title(name, language), "value": name} for name in COLUMN_NAMES]
    several = len(explored.selection.cities) > 1
    shown = [name for name in COLUMN_NAMES if name in SHOWN or (several and name == "city")]
    boxes = dbc.Checklist(id=COLUMNS, options=options, value=shown, class_name="facet-boxes")
    return [
        folded(text("explore_columns", language), Markup(paint(boxes)), className="facet"),
        dag.AgGrid(
            id=GRID,
            columnDefs=_definitions(shown, language),
            rowData=grid_rows(explored),
            getRowId="params.data.id",
            rowClassRules={"on": "params.data.picked"},
            defaultColDef={
                "sortable": True,
                "filter": True,
                "resizable": True,
                "minWidth": 90,
                # No heading is cut off.
                "wrapHeaderText": True,
                "autoHeaderHeight": True,
            },
            dashGridOptions={
                "enableCellTextSelection": True,
                "ensureDomOrder": True,
                "animateRows": False,
                "suppressColumnMoveAnimation": True,
                "localeText": _words(language),
            },
            className="ag-theme-site",
            style={"height": "34rem", "width": "100%"},
        ),
    ]


def _definitions(shown: Sequence[str], language: Language) -> list[dict[str, Any]]:
    """Return the columns of the grid; numbers sort as numbers and show the digits as printed."""
    definitions = []
    for name, (is_number, _) in _COLUMNS.items():
        definition: dict[str, Any] = {
            "field": name,
            "headerName": _title(name, language),
            "hide": name not in shown,
        }
        if is_number:
            definition |= {"filter": "agNumberColumnFilter", "type": "rightAligned", "width": 120}
            if name != "year":
                definition["valueFormatter"] = {"function": f"params.data.{name}_text"}
        if name == "indicator":
            definition |= {"pinned": "left", "width": 230}
        definitions.append(definition)
    return definitions


def grid_rows(explored: Explored) -> list[dict[str, Any]]:
    """Return a record for each row of the selection."""
    language, edition = explored.language, explored.edition
    indicators = {indicator.code: indicator for indicator in edition.indicators}
    rows = []
    for row in explored.selected.rows:
        indicator = indicators[row.code]
        point = indicator.data_point(row.label)
        source = edition.sources.get(row.source_id)
        verdict = f"band_{row.band}" if row.band != "none" else f"reason_{row.reason}"
        rows.append(
            {
                "id": f"{row.city}|{row.code}|{row.label}",
                "picked": row.code == explored.selection.highlighted,
                "indicator": indicator.title[language],
                "part": point.title[language] if point else "",
                "city": edition.cities[row.city].name[language],
                "value": row.value,
                "value_text": number(Decimal(row.value_text), language),
                "unit": unit_of_label(indicator, row.label)[language],
                "year": row.year,
                "yardstick": row.target_value,
                "yardstick_text": _shown(row.target_text, language),
                "kind": text(f"kind_{row.target_kind}", language) if row.target_kind else "",
                "share": row.share,
                "share_text": _shown(row.share_text, language),
                "verdict": text(verdict, language),
                "comparability": text(f"comparability_{row.comparability}", language),
                "evidence": text(f"evidence_{row.evidence}", language) if row.evidence else "",
                "source": (source.publisher[language] or source.title) if source else "",
                "code": row.code,
            }
        )
    return rows


def _shown(printed: str, language: Language) -> str:
    return number(Decimal(printed), language) if printed else ""


def _title(name: str, language: Language) -> str:
    return text(f"explore_column_{name}", language)


def _words(language: Language) -> dict[str, str]:
    """Return the grid's own words that readers meet: filters, empty grids."""
    return {
        name: text(f"grid_{name}", language)
        for name in (
            *("contains", "notContains", "equals", "notEqual", "startsWith", "endsWith"),
            *("lessThan", "greaterThan", "lessThanOrEqual", "greaterThanOrEqual", "inRange"),
            *("blank", "notBlank", "filterOoo", "andCondition", "orCondition", "noRowsToShow"),
        )
    }
