"""Rows that do not fit together are reported: ratings, units, repeats, targets, bands."""

from __future__ import annotations

import pytest

from data import scoring
from data.faults import Fault
from data.scoring import BAND_EDGES, BandEdge
from data.target_rules import check_band_edges
from tests.data.conftest import EditionCopy

RATED = {"rate": "yes", "city": "moscow"}
PLAIN = {**RATED, "derived": "no", "break": "no"}
WITHHELD = {"rate": "no", "value": "!", "period": "!"}
WORDS = {"value": "", "rate": "no"}
NO_NOTE = {"note": "", "note_ru": ""}
CONTEXT = {"primary": "no"}
HIGHER = {"direction": "higher_is_better"}
LIMIT = {"kind": "natural_limit", "primary": "yes"}


def only_fault(copy: EditionCopy, place: tuple[str, int, str]) -> Fault:
    (fault,) = copy.faults()
    assert (fault.file, fault.row, fault.column) == place
    return fault


# The row that is changed, the cells that it gets, and the column and words of the only fault.
OBSERVATIONS: list[tuple[dict[str, str], dict[str, str], str, str]] = [
    ({**RATED, "value_text": "!", "period": "!"}, {"value": ""}, "rate", "has no value"),
    ({**RATED, "value_text": "!", "value": "!"}, {"period": ""}, "rate", "has no period"),
    (RATED, {"comparability": "proxy"}, "rate", "proxy"),
    (RATED, {"reason": "withheld"}, "reason", ""),
    (WITHHELD, {"reason": "no_value"}, "reason", "there is a value"),
    (WITHHELD, {"reason": "no_year"}, "reason", "there is a period"),
    (WITHHELD, {"reason": "neutral"}, "reason", "known word"),
    (WORDS, {"reason": "withheld"}, "reason", "there is no value"),
    (WORDS, {"value_text": ""}, "value", "neither value nor words"),
    (PLAIN, {"derived": "yes", "input_source_ids": "CEIC-POP", **NO_NOTE}, "note", ""),
    (PLAIN, {"break": "yes", "series_break": "yes", **NO_NOTE}, "note", ""),
    (RATED, {"unit": ""}, "unit", ""),
    (PLAIN, {"value_id": "moscow"}, "value_id", "“moscow” does not name the value"),
    (PLAIN, {"value_id": "rana-ec-ict-ict-1c-2018"}, "value_id", "begin it with moscow-"),
    (PLAIN, {"evidence": "verified", "source_id": "CEIC-POP"}, "evidence", "no report of U4SSC"),
    (PLAIN, {"input_source_ids": "CEIC-POP"}, "input_source_ids", "derived is no, but inputs"),
    (PLAIN, {"series_break": "yes"}, "series_break", "series_break is yes, but break is no"),
    ({"derived": "yes"}, {"input_source_ids": ""}, "input_source_ids", ""),
]
TARGETS: list[tuple[dict[str, str], dict[str, str], str, str]] = [
    ({"kind": "goal", **CONTEXT}, {"target": "-1"}, "target", "below zero"),
    ({**HIGHER, **CONTEXT}, {"target": "0.0"}, "target", "every value would reach"),
    ({**HIGHER, "code": "EC: ICT: ICT: 1C"}, {"direction": "lower_is_better"}, "direction", ""),
    (LIMIT, {"source_id": "CEIC-POP"}, "source_id", "nobody set it"),
    (LIMIT, {"set_by_en": "x", "set_by_ru": "х"}, "set_by_en", "nobody"),
    ({"kind": "average", **CONTEXT}, {"source_id": ""}, "source_id", "no source says so"),
    ({"kind": "norm", **CONTEXT}, {"set_by_en": "", "set_by_ru": ""}, "set_by_en", "who set it"),
    ({"kind": "own_goal", **CONTEXT}, {"scope": "all"}, "scope", "holds for every city"),
    (
        {"target_year": "2030", **CONTEXT},
        {"target_year": "1999"},
        "target_year",
        "the source is of",
    ),
    ({"primary": "yes"}, {"doubtful": "yes"}, "doubtful", ""),
]


@pytest.mark.parametrize(("where", "cells", "column", "problem"), OBSERVATIONS)
def test_a_value_is_what_pages_can_say_of_it(
    copy: EditionCopy, where: dict[str, str], cells: dict[str, str], column: str, problem: str
) -> None:
    row = copy.find("observations", **where)
    copy.change("observations", row, **cells)
    assert problem in str(only_fault(copy, ("observations.csv", row, column)))


@pytest.mark.parametrize(("where", "cells", "column", "problem"), TARGETS)
def test_a_target_is_what_pages_can_say_of_it(
    whole: EditionCopy, where: dict[str, str], cells: dict[str, str], column: str, problem: str
) -> None:
    row = whole.find("targets", **where)
    whole.change("targets", row, **cells)
    assert problem in only_fault(whole, ("targets.csv", row, column)).problem


@pytest.mark.parametrize(
    ("table", "where"), [("observations", {"value": "", "unit": "!"}), ("targets", CONTEXT)]
)
def test_words_and_targets_for_context_may_have_another_unit(
    copy: EditionCopy, table: str, where: dict[str, str]
) -> None:
    copy.change(
        table, copy.find(table, **where), unit="" if table == "observations" else "furlongs"
    )
    assert copy.faults() == []


def test_a_row_that_is_not_rated_says_why_in_words_and_as_a_code(copy: EditionCopy) -> None:
    row = copy.find("observations", **WITHHELD)
    copy.change("observations", row, rate_reason="", rate_reason_ru="", reason="")
    assert copy.places() == [
        ("observations.csv", row, "rate_reason"),
        ("observations.csv", row, "reason"),
    ]


@pytest.mark.parametrize("labelled", [True, False])
def test_a_value_is_in_the_unit_of_its_indicator_or_data_point(
    copy: EditionCopy, labelled: bool
) -> None:
    row = copy.find("observations", **RATED, **({"data_point": "!"} if labelled else {}))
    wanted = copy.cell("observations", row, "unit")
    copy.change("observations", row, unit="furlongs")
    fault = only_fault(copy, ("observations.csv", row, "unit"))
    assert f"“furlongs”, but values here are in “{wanted}”" in fault.problem


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
    like = copy.find("observations", **RATED)
    copy.append("observations", like=like, evidence="press", **{column: cell})
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
    whole: EditionCopy, first_scope: str, second_scope: str
) -> None:
    first = whole.find("targets", primary="yes", applies_to="4G;-")
    whole.change("targets", first, scope=first_scope)
    again = whole.append("targets", like=first, target="99", scope=second_scope, applies_to="-")
    fault = only_fault(whole, ("targets.csv", again, "primary"))
    assert f"row {first} is primary too" in fault.problem


def test_primary_targets_of_different_cities_or_labels_stand_side_by_side(
    whole: EditionCopy,
) -> None:
    first = whole.find("targets", primary="yes", scope="moscow", applies_to="-")
    whole.append("targets", like=first, scope="rana")
    other = whole.find("targets", primary="yes", applies_to="primary")
    whole.append("targets", like=other, data_point="tertiary", applies_to="tertiary")
    assert whole.faults() == []


def test_two_values_never_have_one_name(copy: EditionCopy) -> None:
    first = copy.find("observations", **RATED)
    name = copy.cell("observations", first, "value_id")
    again = copy.append("observations", like=first, period="1999", value_id=name)
    assert (
        f"stands in row {first}"
        in only_fault(copy, ("observations.csv", again, "value_id")).problem
    )


def test_the_city_s_own_goal_is_never_primary(copy: EditionCopy) -> None:
    row = copy.find("targets", kind="own_goal", doubtful="no")
    copy.change("targets", row, primary="yes")
    places = [place for place in copy.places() if place[1] == row]
    assert ("targets.csv", row, "primary") in places


def test_the_order_of_bases_says_which_target_is_primary(whole: EditionCopy) -> None:
    first = whole.find("targets", code="EC: I: T: 7A", target="535")
    second = whole.find("targets", code="EC: I: T: 7A", target="337")
    whole.change("targets", first, primary="no")
    fault = only_fault(whole, ("targets.csv", first, "primary"))
    assert "nothing is primary, and this comes first" in fault.problem
    whole.change("targets", second, primary="yes")
    fault = only_fault(whole, ("targets.csv", second, "primary"))
    assert f"row {first} comes first by the order of bases" in fault.problem
    whole.change("targets", first, doubtful="yes")
    assert whole.faults() == []


def test_a_correction_says_what_the_value_says(copy: EditionCopy) -> None:
    row = copy.find("corrections", table_name="observations", column_name="period")
    copy.change("corrections", row, new_value="1999")
    fault = only_fault(copy, ("corrections.csv", row, "new_value"))
    assert "was corrected to “1999”" in fault.problem
    copy.change("corrections", row, value_id="moscow-nothing")
    fault = only_fault(copy, ("corrections.csv", row, "value_id"))
    assert "has no “moscow-nothing”" in fault.problem
    name = copy.cell("observations", 2, "value_id")
    copy.change("corrections", row, column_name="", value_id=name)
    fault = only_fault(copy, ("corrections.csv", row, "value_id"))
    assert "was withdrawn, but observations.csv has it" in fault.problem


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
    fault = next(fault for fault in copy.faults() if (fault.row, fault.column) == (row, column))
    assert f"“{cell}” is not from 1900 to 2026" in fault.problem
    assert "the edition is of 2026" in fault.remedy


@pytest.mark.parametrize("cell", ["1900", "2026", "2026-01/2026-12"])
def test_the_year_of_the_edition_is_the_last_that_it_tells_of(copy: EditionCopy, cell: str) -> None:
    copy.change("observations", copy.find("observations", **RATED), period=cell)
    assert copy.faults() == []
