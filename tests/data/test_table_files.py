"""Files whose form is broken are reported, with the line that an editor shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.data.conftest import EditionCopy


@pytest.mark.parametrize("table", ["indicators", "observations", "sources", "cities"])
def test_a_missing_file_is_one_fault(copy: EditionCopy, table: str) -> None:
    copy.path(table).unlink()
    assert copy.places() == [(f"{table}.csv", None, "")]
    assert "missing" in copy.faults()[0].problem


def test_a_file_that_cannot_be_read_is_one_fault(copy: EditionCopy) -> None:
    copy.path("cities").unlink()
    copy.path("cities").mkdir()
    assert copy.places() == [("cities.csv", None, "")]
    assert "cannot be read" in copy.faults()[0].problem


@pytest.mark.parametrize(
    ("table", "column"), [("observations", "value"), ("sources", "source_id"), ("cities", "city")]
)
def test_a_missing_column_is_one_fault(copy: EditionCopy, table: str, column: str) -> None:
    lines = copy.lines(table)
    place = lines[0].index(column)
    copy.write(table, [line[:place] + line[place + 1 :] for line in lines])
    assert [place for place in copy.places() if place[0] != "datapackage.json"] == [
        (f"{table}.csv", 1, column)
    ]


def test_an_unknown_column_is_refused(copy: EditionCopy) -> None:
    copy.write("cities", [[*line, "x"] for line in copy.lines("cities")])
    assert ("cities.csv", 1, "x") in copy.places()


def test_a_column_that_stands_twice_is_refused(copy: EditionCopy) -> None:
    copy.write("cities", [[*line, line[0]] for line in copy.lines("cities")])
    assert ("cities.csv", 1, "city") in copy.places()


def test_columns_in_another_order_are_refused(copy: EditionCopy) -> None:
    copy.write("cities", [[*line[1:], line[0]] for line in copy.lines("cities")])
    assert ("cities.csv", 1, "") in copy.places()


@pytest.mark.parametrize(
    ("cells", "count"), [(["rana", "Rana"], 2), ([*"abcdef", "g"], 7), ([], 0)]
)
def test_a_row_with_a_wrong_number_of_cells_is_refused(
    copy: EditionCopy, cells: list[str], count: int
) -> None:
    lines = copy.lines("cities")
    copy.write("cities", [*lines[:4], cells, *lines[4:]])
    assert copy.places() == [("cities.csv", 5, "")]
    assert f"{count} cells instead of 5" in copy.faults()[0].problem


def test_a_broken_row_of_sources_does_not_make_its_users_look_broken(copy: EditionCopy) -> None:
    lines = copy.lines("sources")
    lines[1] = [*lines[1], "one too many"]
    copy.write("sources", lines)
    assert copy.places() == [("sources.csv", 2, "")]


def test_text_that_is_not_utf_8_is_refused_with_its_line(copy: EditionCopy) -> None:
    content = copy.path("cities").read_bytes().replace("Кармёй".encode(), "Кармёй".encode("cp1251"))
    copy.path("cities").write_bytes(content)
    assert copy.places() == [("cities.csv", 3, "")]
    assert "UTF-8" in copy.faults()[0].problem


def test_a_byte_order_mark_is_refused(copy: EditionCopy) -> None:
    copy.path("cities").write_bytes(b"\xef\xbb\xbf" + copy.path("cities").read_bytes())
    assert copy.places() == [("cities.csv", 1, "")]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\t", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff"])
def test_a_control_character_is_refused(copy: EditionCopy, sign: str) -> None:
    title = copy.cell("sources", 4, "title")
    copy.change("sources", 4, title=f"{title}{sign}x")
    assert copy.places() == [("sources.csv", 4, "title")]
    assert f"U+{ord(sign):04X}" in copy.faults()[0].problem


def test_rows_are_counted_as_an_editor_counts_lines(copy: EditionCopy) -> None:
    copy.change("sources", 4, title="two\nlines")
    copy.change("sources", 6, accessed="yesterday")
    assert copy.places() == [("sources.csv", 4, "title"), ("sources.csv", 7, "accessed")]
    line = copy.path("sources").read_text("utf-8").splitlines()[7 - 1]
    assert "yesterday" in line


def test_an_open_quotation_mark_is_refused(copy: EditionCopy) -> None:
    text = copy.path("cities").read_text("utf-8") + '"rana,'
    copy.path("cities").write_text(text, "utf-8")
    (fault,) = copy.faults()
    assert (fault.file, fault.row) == ("cities.csv", len(text.splitlines()))
    assert "not CSV" in fault.problem


def test_lines_may_end_as_on_windows(copy: EditionCopy) -> None:
    path: Path = copy.path("cities")
    path.write_bytes(re.sub(rb"\n", rb"\r\n", path.read_bytes()))
    assert copy.faults() == []


def test_an_empty_file_is_refused(copy: EditionCopy) -> None:
    copy.path("population").write_bytes(b"")
    places = copy.places()
    assert ("population.csv", 1, "city") in places
    assert ("population.csv", 1, "year") in places
