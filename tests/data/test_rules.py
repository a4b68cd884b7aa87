"""Rows that do not fit together are reported: ratings, units, repeats, targets, bands."""

from __future__ import annotations

import pytest

from data import scoring
from data.faults import Fault
from data.scoring import BAND_EDGES, BandEdge
from data.target_rules import check_band_edges
from tests.data.conftest import EditionCopy

RATED = {"rate": "yes", "city": "moscow"}
WITHHELD = {"rate": "no", "value": "!", "period": "!"}


def only_fault(copy: EditionCopy, place: tuple[str, int, str]) -> Fault:
    (fault,) = copy.faults()
    assert (fault.file, fault.row, fault.column) == place
    return fault


@pytest.mark.parametrize(("emptied", "kept"), [("value", "period"), ("period", "value")])
def test_a_rated_row_needs_value_and_year(copy: EditionCopy, emptied: str, kept: str) -> None:
    row = copy.find("observations", **RATED, value_text="!", **{kept: "!"})
    copy.change("observations", row, **{emptied: ""})
    fault = only_fault(copy, ("observations.csv", row, "rate"))
    assert f"has no {emptied}" in fault.problem


def test_a_proxy_is_never_rated(copy: EditionCopy) -> None:
    row = copy.find("observations", **RATED)
    copy.change("observations", row, comparability="proxy")
    assert "proxy" in only_fault(copy, ("observations.csv", row, "rate")).problem


def test_a_rated_row_gives_no_reason_against_it(copy: EditionCopy) -> None:
    row = copy.find("observations", **RATED)
    copy.change("observations", row, reason="withheld")
    only_fault(copy, ("observations.csv", row, "reason"))


def test_a_row_that_is_not_rated_says_why_in_words_and_as_a_code(copy: EditionCopy) -> None:
    row = copy.find("observations", **WITHHELD)
    copy.change("observations", row, rate_reason="", rate_reason_ru="", reason="")
    assert copy.places() == [
        ("observations.csv", row, "rate_reason"),
        ("observations.csv", row, "reason"),
    ]


@pytest.mark.parametrize(
    ("reason", "problem"),
    [("no_value", "there is a value"), ("no_year", "there is a period"), ("neutral", "known word")],
)
def test_the_reason_agrees_with_the_row(copy: EditionCopy, reason: str, problem: str) -> None:
    row = copy.find("observations", **WITHHELD)
    copy.change("observations", row, reason=reason)
    assert problem in only_fault(copy, ("observations.csv", row, "reason")).problem


def test_a_row_without_value_has_the_reason_no_value(copy: EditionCopy) -> None:
    row = copy.find("observations", value="", rate="no")
    copy.change("observations", row, reason="withheld")
    assert "there is no value" in only_fault(copy, ("observations.csv", row, "reason")).problem


def test_a_row_holds_a_value_or_words(copy: EditionCopy) -> None:
    row = copy.find("observations", value="", rate="no")
    copy.change("observations", row, value_text="")
    assert "neither value nor words" in only_fault(copy, ("observations.csv", row, "value")).problem


@pytest.mark.parametrize("flag", ["derived", "break"])
def test_a_derived_value_and_a_break_in_series_need_a_note(copy: EditionCopy, flag: str) -> None:
    row = copy.find("observations", **RATED, derived="no", **({"break": "no"}))
    copy.change("observations", row, note="", note_ru="", **{flag: "yes"})
    only_fault(copy, ("observations.csv", row, "note"))


@pytest.mark.parametrize("labelled", [True, False])
def test_a_value_is_in_the_unit_of_its_indicator_or_data_point(
    copy: EditionCopy, labelled: bool
) -> None:
    row = copy.find("observations", **RATED, **({"data_point": "!"} if labelled else {}))
    wanted = copy.cell("observations", row, "unit")
    copy.change("observations", row, unit="furlongs")
    fault = only_fault(copy, ("observations.csv", row, "unit"))
    assert f"“furlongs”, but values here are in “{wanted}”" in fault.problem


def test_a_value_without_unit_is_refused(copy: EditionCopy) -> None:
    row = copy.find("observations", **RATED)
    copy.change("observations", row, unit="")
    only_fault(copy, ("observations.csv", row, "unit"))


def test_words_need_no_unit(copy: EditionCopy) -> None:
    row = copy.find("observations", value="", unit="!")
    copy.change("observations", row, unit="")
    assert copy.faults() == []


def test_a_repeated_value_is_refused(copy: EditionCopy) -> None:
    first = copy.find("observations", **RATED)
    again = copy.append("observations", like=first, value="1", value_text="another")
    fault = only_fault(copy, ("observations.csv", again, "value"))
    assert f"row {first} has the same city, code, data_point, period, source_id" in fault.problem


@pytest.mark.parametrize(
    ("column", "cell"), [("city", "rana"), ("period", "1999"), ("source_id", "CEIC-POP")]
)
def test_a_value_of_another_city_period_or_source_is_no_repeat(
    copy: EditionCopy, column: str, cell: str
) -> None:
    copy.append("observations", like=copy.find("observations", **RATED), **{column: cell})
    assert copy.faults() == []


def test_one_source_may_say_different_things_in_words_but_not_one_thing_twice(
    copy: EditionCopy,
) -> None:
    first = copy.find("observations", value="", rate="no")
    copy.append("observations", like=first, value_text="other words")
    assert copy.faults() == []
    again = copy.append("observations", like=first)
    only_fault(copy, ("observations.csv", again, "value_text"))


WITHOUT_VALUE = {
    "rate": "no",
    "rate_reason": "x",
    "rate_reason_ru": "х",
    "reason": "no_value",
}


def test_words_do_not_repeat_the_row_of_a_value(copy: EditionCopy) -> None:
    first = copy.find("observations", **RATED)
    words = copy.append("observations", like=first, value="", value_text="words", **WITHOUT_VALUE)
    fault = only_fault(copy, ("observations.csv", words, "value_text"))
    assert f"row {first} has the same" in fault.problem


def test_a_value_does_not_repeat_the_row_of_words(copy: EditionCopy) -> None:
    first = copy.find("observations", **RATED)
    value = copy.append("observations", like=first)
    copy.change("observations", first, value="", value_text="words", **WITHOUT_VALUE)
    fault = only_fault(copy, ("observations.csv", value, "value"))
    assert f"row {first} has the same" in fault.problem


@pytest.mark.parametrize(
    ("first_scope", "second_scope"),
    [("all", "all"), ("all", "moscow"), ("moscow", "all"), ("rana", "rana")],
)
def test_two_primary_targets_for_one_label_and_city_are_refused(
    copy: EditionCopy, first_scope: str, second_scope: str
) -> None:
    first = copy.find("targets", primary="yes", applies_to="4G;-")
    copy.change("targets", first, scope=first_scope)
    again = copy.append("targets", like=first, target="99", scope=second_scope, applies_to="-")
    fault = only_fault(copy, ("targets.csv", again, "primary"))
    assert f"row {first} is primary too" in fault.problem


def test_primary_targets_of_different_cities_or_labels_stand_side_by_side(
    copy: EditionCopy,
) -> None:
    first = copy.find("targets", primary="yes", scope="moscow", applies_to="-")
    copy.append("targets", like=first, scope="rana")
    other = copy.find("targets", primary="yes", applies_to="primary")
    copy.append("targets", like=other, data_point="tertiary", applies_to="tertiary")
    assert copy.faults() == []


def test_a_target_aims_where_its_indicator_does(copy: EditionCopy) -> None:
    row = copy.find("targets", direction="higher_is_better", code="EC: ICT: ICT: 1C")
    copy.change("targets", row, direction="lower_is_better")
    only_fault(copy, ("targets.csv", row, "direction"))


def test_a_doubtful_target_is_not_primary(copy: EditionCopy) -> None:
    row = copy.find("targets", primary="yes")
    copy.change("targets", row, doubtful="yes")
    only_fault(copy, ("targets.csv", row, "doubtful"))


def test_a_target_for_context_may_be_in_another_unit(copy: EditionCopy) -> None:
    row = copy.find("targets", primary="no")
    copy.change("targets", row, unit="furlongs")
    assert copy.faults() == []


def test_the_bands_are_in_order() -> None:
    assert check_band_edges(BAND_EDGES) == []


@pytest.mark.parametrize(
    ("edges", "problem"),
    [
        ((BAND_EDGES[1], BAND_EDGES[0], *BAND_EDGES[2:]), "out of order: it follows 66"),
        ((*BAND_EDGES[:2], BandEdge("33-66", 66, 2), BAND_EDGES[3]), "out of order: it follows 66"),
        ((*BAND_EDGES[:3], BandEdge("0-33", 0, 2)), "no fewer than"),
        ((*BAND_EDGES[:3], BandEdge("0-33", 5, 1)), "does not begin at 0"),
        ((*BAND_EDGES[:2], BandEdge("33-66", 40, 2), BAND_EDGES[3]), "reaches from 40 to 66"),
        (BAND_EDGES[:3], "not one for each band"),
        ((), "not one for each band"),
    ],
)
def test_bands_out_of_order_are_refused(edges: tuple[BandEdge, ...], problem: str) -> None:
    assert any(problem in fault.problem for fault in check_band_edges(edges))


def test_bands_out_of_order_stop_the_load(
    copy: EditionCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "BAND_EDGES", tuple(reversed(BAND_EDGES)))
    assert {(fault.file, fault.column) for fault in copy.faults()} == {
        ("data/scoring.py", "BAND_EDGES")
    }


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("observations", "period", "2108"),
        ("observations", "period", "9999"),
        ("observations", "period", "0000"),
        ("observations", "period", "1899"),
        ("observations", "period", "2026-11/2027-02"),
        ("observations", "period", "1899-11/1900-02"),
        ("population", "year", "2108"),
        ("sources", "year", "2108"),
    ],
)
def test_a_year_after_the_edition_or_long_before_is_refused(
    copy: EditionCopy, table: str, column: str, cell: str
) -> None:
    row = copy.find(table, **{column: "2018"})
    copy.change(table, row, **{column: cell})
    assert (f"{table}.csv", row, column) in copy.places()
    said = next(one for one in copy.faults() if (one.row, one.column) == (row, column))
    assert f"“{cell}” is not from 1900 to 2026" in said.problem
    assert "the edition is of 2026" in said.remedy


@pytest.mark.parametrize("cell", ["1900", "2026", "2026-01/2026-12"])
def test_the_year_of_the_edition_is_the_last_that_it_tells_of(copy: EditionCopy, cell: str) -> None:
    copy.change("observations", copy.find("observations", **RATED), period=cell)
    assert copy.faults() == []
