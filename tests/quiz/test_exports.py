"""The statistics as a flat table and as a document."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from quiz.exports import COLUMNS, Record, document, rows
from quiz.models import EXCLUSIONS
from quiz.statistics import summarise
from tests.quiz.builders import imagined_counts, make_bank

BANK = make_bank(12)


def find(table: list[Record], **about: str) -> list[str]:
    return [row["value"] for row in table if all(row[name] == cell for name, cell in about.items())]


def test_the_table_and_the_document_tell_the_same() -> None:
    statistics = summarise(imagined_counts(BANK, 600), BANK, date(2026, 11, 22))
    table, nested = rows(statistics), document(statistics)
    assert nested == json.loads(json.dumps(nested))
    assert all(tuple(row) == COLUMNS for row in table)
    plain = {"question": "", "dimension": "", "language": ""}
    for series in ("first", "all"):
        summary: dict[str, Any] = nested[series]
        about = {"series": series, **plain}
        assert find(table, **about, measure="runs") == [str(summary["runs"])]
        assert find(table, **about, measure="answers") == [str(summary["right"]["answers"])]
        (percent,) = find(table, **about, measure="right_percent")
        assert float(percent) == round(100 * summary["right"]["share"], 2)
        assert find(table, **about, measure="runs_with_score") == [
            str(one["runs"]) for one in summary["scores"]
        ]
        for one in summary["questions"]:
            about = {"series": series, "question": one["question"], "version": "1"}
            assert find(table, **about, measure="answers") == [str(one["answers"])]
            assert find(table, **about, measure="chosen") == [
                str(times) for times in one["options"].values()
            ]
            assert find(table, **about, measure="discrimination") == [str(one["discrimination"])]
    assert nested["participants"] == nested["first"]["runs"]
    assert find(table, measure="first_day") == [nested["first_day"]]
    for reason in EXCLUSIONS:
        assert find(table, measure=f"excluded_{reason}") == [str(nested["excluded"][reason])]


def test_no_row_of_the_table_repeats_another() -> None:
    table = rows(summarise(imagined_counts(BANK, 600), BANK, date(2026, 11, 22)))
    places = [tuple(row[name] for name in COLUMNS if name != "value") for row in table]
    assert len(set(places)) == len(places)


def test_what_is_withheld_is_empty() -> None:
    statistics = summarise(imagined_counts(BANK, 2), BANK)
    table, nested = rows(statistics), document(statistics)
    assert find(table, measure="runs") == ["", ""]
    assert find(table, measure="right") == ["", ""]
    assert nested["participants"] is nested["first"]["right"] is None
