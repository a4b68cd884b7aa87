"""The statistics as a flat table and as a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from quiz.bank import Bank
from quiz.exports import COLUMNS, Record, document, rows
from quiz.models import EXCLUSIONS
from quiz.statistics import summarise
from tests.quiz.builders import LINE, imagined_counts, make_bank

BANK = Bank(
    tuple(
        replace(question, kind="estimate", scale=LINE, options=(), answer="50")
        if index % 6 == 0
        else question
        for index, question in enumerate(make_bank(12).questions)
    )
)


def find(table: list[Record], **about: str) -> list[str]:
    return [row["value"] for row in table if all(row[name] == cell for name, cell in about.items())]


@pytest.mark.slow
def test_the_table_and_the_document_tell_the_same() -> None:
    statistics = summarise(imagined_counts(BANK, 1200), BANK, date(2026, 11, 22))
    table, nested = rows(statistics), document(statistics)
    assert nested == json.loads(json.dumps(nested))
    assert all(tuple(row) == COLUMNS for row in table)
    assert {_place(**row) for row in table if row["value"]} == set(_figures(nested))
    for series in ("first", "all", "room", "embed"):
        assert nested[series]["kinds"].keys() == {"choice", "estimate"}


def _place(**cells: Any) -> tuple[str, ...]:
    """A figure with its place; numbers by their worth, as files write 12.30 and 12.3."""
    filled = {**dict.fromkeys(COLUMNS, ""), **cells}
    with suppress(ValueError):
        filled["value"] = float(filled["value"])
    return tuple(str(filled[name]) for name in COLUMNS)


def _figures(nested: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Every figure of the document at its place in the table."""
    for name in ("first_day", "chance", "participants"):
        yield _place(measure=name, value=nested[name])
    for reason in EXCLUSIONS:
        yield _place(measure=f"excluded_{reason}", value=nested["excluded"][reason])
    for series in ("first", "all", "room", "embed"):
        summary = nested[series]
        for name in ("runs", "completed"):
            yield _place(series=series, measure=name, value=summary[name])
        yield from _share(summary["right"], series=series)
        for score_bin in summary["scores"]:
            score = f"{score_bin['lowest']}-{score_bin['highest']}"
            yield _place(
                series=series, score=score, measure="runs_with_score", value=score_bin["runs"]
            )
        for group in ("dimension", "language"):
            for name, share in summary[f"{group}s"].items():
                yield from _share(share, series=series, **{group: name})
        for kind, share in summary["kinds"].items():
            yield from _share(share, f"{kind}_", series=series)
        yield from _of_questions(summary["questions"], series)


def _of_questions(questions: list[dict[str, Any]], series: str) -> Iterator[tuple[str, ...]]:
    for question in questions:
        about = {"series": series, "question": question["question"], "version": question["version"]}
        yield from _share(question["right"], **about)
        for option, times in question["options"].items():
            yield _place(**about, option=option, measure="chosen", value=times)
        for name in ("median_seconds", "discrimination"):
            yield _place(**about, measure=name, value=question[name])


def _share(share: dict[str, Any], start: str = "", **about: Any) -> Iterator[tuple[str, ...]]:
    assert share["share"] == round(share["right"] / share["answers"], 4)
    for name in ("answers", "right", *(f"right_percent{end}" for end in ("", "_low", "_high"))):
        yield _place(**about, measure=start + name, value=share[name])


@pytest.mark.slow
def test_no_row_of_the_table_repeats_another() -> None:
    table = rows(summarise(imagined_counts(BANK, 600), BANK, date(2026, 11, 22)))
    places = [tuple(row[name] for name in COLUMNS if name != "value") for row in table]
    assert len(set(places)) == len(places)


def test_what_is_withheld_is_empty() -> None:
    statistics = summarise(imagined_counts(BANK, 2), BANK)
    table, nested = rows(statistics), document(statistics)
    assert find(table, measure="runs") == find(table, measure="right") == [""] * 4
    assert nested["participants"] is nested["first"]["right"] is None
