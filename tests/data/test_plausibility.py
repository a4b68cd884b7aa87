"""Warnings of the improbable: shares, jumps, quotations without the number, old sources."""

from __future__ import annotations

import pytest

from data.plausibility import improbable
from data.table_files import read_tables
from tests.data.conftest import EditionCopy


def warnings(copy: EditionCopy, table: str, row: int) -> list[str]:
    places = (f"{table}.csv", row)
    return [
        fault.problem
        for fault in improbable(read_tables(copy.folder))
        if (fault.file, fault.row) == places
    ]


def first(copy: EditionCopy, unit: str = "%") -> int:
    where = {"city": "moscow", "derived": "no", "value": "!", "value_text": "!", "period": "!"}
    return copy.find("observations", unit=unit, **where)


@pytest.mark.parametrize("value", ["100.5", "-1", "250"])
def test_a_share_of_a_whole_lies_between_0_and_100(copy: EditionCopy, value: str) -> None:
    row = first(copy)
    copy.change("observations", row, value=value, value_text=value)
    assert [problem for problem in warnings(copy, "observations", row) if "no share" in problem]
    copy.change("observations", row, unit="% of city GDP")
    assert not [problem for problem in warnings(copy, "observations", row) if "no share" in problem]


@pytest.mark.parametrize(
    ("value", "broken", "improbable_change"),
    [("31", "no", True), ("30", "no", False), ("3", "no", True), ("31", "yes", False)],
)
def test_a_change_of_more_than_three_times_within_a_year_is_improbable(
    copy: EditionCopy, value: str, broken: str, *, improbable_change: bool
) -> None:
    like = first(copy)
    cells = {"data_point": "", "code": "EC: I: WS: 3C", "value_text": ""}
    copy.append("observations", like=like, period="1998", value="10", **cells)
    row = copy.append("observations", like=like, period="1999", value=value, **cells)
    copy.change("observations", row, **{"break": broken})
    assert any("of 1998" in problem for problem in warnings(copy, "observations", row)) == (
        improbable_change
    )


@pytest.mark.parametrize(
    ("value", "words", "unit"),
    [
        ("1234.5", "1 234,5 км", "number"),
        ("1234.5", "1,234.5 km", "number"),
        ("12.5", "12,5 %", "%"),
        ("12.50", "12.5 per cent", "%"),
        ("-12", "-12 %", "%"),
        ("100", "все школы к концу 2018 года", "%"),
        ("100", "One hundred per cent of homes", "%"),
        ("50", "Half of the supplies", "%"),
        ("370", "3.7 doctors per 1,000 inhabitants", "number per 100 000 inhabitants"),
        ("8000", "около 8 тысяч", "number"),
        ("8000", "около восьми тысяч", "number"),
        ("1", "the plan was adopted", "yes/no"),
        ("12", "", "%"),
    ],
)
def test_a_quotation_holds_its_number_in_the_digits_of_its_language(
    copy: EditionCopy, value: str, words: str, unit: str
) -> None:
    row = first(copy)
    copy.change("observations", row, value=value, value_text=words, unit=unit)
    assert not any("quotation" in problem for problem in warnings(copy, "observations", row))


@pytest.mark.parametrize(
    ("value", "words"), [("12", "13 %"), ("100", "of 92 all"), ("50", "some"), ("1.2", "12 %")]
)
def test_a_quotation_without_the_number_is_improbable(
    copy: EditionCopy, value: str, words: str
) -> None:
    row = first(copy)
    copy.change("observations", row, value=value, value_text=words)
    assert f"{value} is not in its quotation “{words}”" in warnings(copy, "observations", row)
    copy.change("observations", row, derived="yes")
    assert not any("quotation" in problem for problem in warnings(copy, "observations", row))


def test_a_target_is_in_its_quotation_unless_its_note_reckons(copy: EditionCopy) -> None:
    row = copy.find("targets", kind="average", value_text="!")
    copy.change("targets", row, value_text="no number", note="said by a body")
    assert any("quotation" in problem for problem in warnings(copy, "targets", row))
    copy.change("targets", row, note="3.7 * 100")
    assert warnings(copy, "targets", row) == []


@pytest.mark.parametrize(
    ("period", "older"), [("2019", False), ("2020", True), ("2019-07/2020-06", True)]
)
def test_a_source_is_not_older_than_its_value(
    copy: EditionCopy, period: str, *, older: bool
) -> None:
    row = first(copy)
    source = copy.find("sources", source_id=copy.cell("observations", row, "source_id"))
    copy.change("sources", source, year="2019")
    copy.change("observations", row, period=period)
    warned = any("is older than" in problem for problem in warnings(copy, "observations", row))
    assert warned == older
