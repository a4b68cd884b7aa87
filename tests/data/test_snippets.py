"""The code that readers paste does what it says; what is Python is run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from whitenoise import WhiteNoise

from data.exports.tables import export_of
from data.manifests import Manifest
from data.models import Edition
from data.snippets import csv_snippets
from tests.conftest import serving
from tests.data.conftest import CITY

ADDRESS = "https://indicators.example.org/data/2026.1/observations.csv"


@pytest.fixture(scope="module")
def address(built: Manifest, edition: Edition) -> Iterator[str]:
    """The published files as the site serves them: compressed ahead, and in ranges."""

    def nothing_else(_environment: object, start: Any) -> list[bytes]:
        start("404 Not Found", [])
        return []

    with serving(WhiteNoise(nothing_else, root=str(built.public))) as url:
        yield f"{url}/data/{edition.version}"


@pytest.mark.parametrize("program", ["pandas", "polars"])
def test_the_python_snippets_load_the_file(edition: Edition, address: str, program: str) -> None:
    # That those of every page load what they name is tested in tests/open_data.
    table = "observations"
    export = export_of(edition, CITY, table)
    numbers = [name for name, kind in export.types.items() if kind == "number"]
    code = csv_snippets(f"{address}/{table}.csv", "en")[program].code
    probe = f"""
import json
print(json.dumps([*table.shape, *[float(table[name].sum()) for name in {numbers}]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code + probe], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows, columns, *sums = json.loads(done.stdout)
    assert (rows, columns) == (len(export.rows), len(export.header))
    expected = [
        sum(float(row[export.header.index(name)] or 0) for row in export.rows) for name in numbers
    ]
    assert sums == pytest.approx(expected)


def test_each_program_gets_a_snippet_with_the_address() -> None:
    snippets = csv_snippets(ADDRESS, "en", ["value"])
    assert list(snippets) == ["pandas", "polars", "r", "power_query", "google_sheets"]
    assert all(snippet.code.count(ADDRESS) == 1 for snippet in snippets.values())
    assert all(snippet.code.endswith("\n") for snippet in snippets.values())


def test_google_sheets_separates_arguments_as_the_readers_settings_do() -> None:
    english, russian = (
        csv_snippets(ADDRESS, language)["google_sheets"].code for language in ("en", "ru")
    )
    assert english == f'=IMPORTDATA("{ADDRESS}", ",", "en_US")\n'
    assert russian == f'=IMPORTDATA("{ADDRESS}"; ","; "en_US")\n'


def test_power_query_reads_decimal_points_whatever_the_computers_settings() -> None:
    code = csv_snippets(ADDRESS, "ru", ["value", "target"])["power_query"].code
    assert 'Delimiter = ","' in code
    assert "Encoding = 65001" in code
    assert '{{"value", type number}, {"target", type number}}, "en-US")' in code


@pytest.mark.parametrize(
    "wrong",
    ["data.csv", "ftp://example.org/a.csv", 'https://e.org/")\nimport os', "https://e.org/a b"],
)
def test_what_is_no_address_gets_no_snippet(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a web address"):
        csv_snippets(wrong, "en")
