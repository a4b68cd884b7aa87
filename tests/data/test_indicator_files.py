"""The files of one indicator say everything about it, and every step can be recomputed."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exports.indicator_files import IndicatorFiles, indicator_types
from data.exports.tables import export_of
from data.fulfilment import fulfilment_of
from data.manifests import Manifest
from data.models import Edition
from data.score_steps import HIGHER, LOWER, formula_of, score_steps
from data.scores import IndicatorScore
from data.scoring import share_of_target
from tests.data.builders import make_target
from tests.data.conftest import CITY

DOCUMENT = Path(__file__).parents[2] / "docs" / "data.md"

# Each formula as the sum that it says, made without the code under test.
SUMS = {
    HIGHER: lambda value, target: 100 * value / target,
    LOWER: lambda value, target: 100 * target / value,
    "100": lambda _value, _target: Fraction(100),
    "0": lambda _value, _target: Fraction(0),
}
numbers = st.decimals(min_value=-1000, max_value=1000, places=2)


@pytest.fixture(scope="module")
def scores(edition: Edition) -> tuple[IndicatorScore, ...]:
    return fulfilment_of(edition, CITY, edition.year).indicators


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def record_of(built: Manifest, slug: str) -> dict[str, Any]:
    path = built.public / "en" / "kpi" / f"{slug}.json"
    record: dict[str, Any] = json.loads(path.read_bytes(), parse_float=Decimal, parse_int=Decimal)
    return record


@given(numbers, numbers, st.sampled_from(["higher_is_better", "lower_is_better"]))
def test_the_formula_cut_to_0_and_100_is_the_share(
    value: Decimal, wanted: Decimal, direction: str
) -> None:
    target = make_target(format(wanted, "f"), direction=direction)
    share = SUMS[formula_of(value, target)](Fraction(value), Fraction(wanted))
    assert min(Fraction(100), max(Fraction(0), share)) == share_of_target(
        value, wanted, target.direction
    )


def test_each_score_of_the_edition_follows_from_its_own_steps(
    scores: tuple[IndicatorScore, ...],
) -> None:
    scored = [score for indicator_score in scores for score in indicator_score.scored]
    assert len(scored) > 30
    for score in scored:
        value, target, share, band = score_steps(score)
        assert [step["step"] for step in (value, target, share, band)] == [
            "value",
            "target",
            "share",
            "band",
        ]
        exact = SUMS[share["formula"]](Fraction(value["value"]), Fraction(target["target"]))
        exact = min(Fraction(100), max(Fraction(0), exact))
        assert Fraction(share["exact_percent"]) == exact == score.share
        assert exact >= band["at_least_percent"]
        assert band["below_percent"] is None or exact < band["below_percent"]
        assert (band["band"], band["points"]) == (score.band, score.points)


def test_the_joint_steps_make_the_band_of_the_indicator(
    built: Manifest, scores: tuple[IndicatorScore, ...]
) -> None:
    kinds = set()
    for score in scores:
        record = record_of(built, score.indicator.slug)["score"]
        assert (record["band"], record["reason"]) == (score.band, score.reason)
        first = record["steps"][0]
        kinds.add(first["step"])
        if first["step"] == "points":
            points = [part["points"] for part in record["data_points"] if part["points"]]
            assert (first["earned"], first["highest"]) == (sum(points), 4 * len(points))
            assert score.share == Fraction(100 * int(first["earned"]), int(first["highest"]))
        elif first["step"] == "single":
            assert Fraction(first["exact_percent"]) == score.share
        else:
            assert first == {"step": "unscored", "reason": score.reason}
    assert kinds == {"points", "single", "unscored"}


def test_the_record_holds_every_observation_target_and_source(
    built: Manifest, edition: Edition
) -> None:
    for indicator in edition.indicators:
        record = record_of(built, indicator.slug)
        rows = [
            row for row in edition.observations if (row.city, row.code) == (CITY, indicator.code)
        ]
        assert [item["value"] for item in record["observations"]] == [row.value for row in rows]
        assert [
            str(item["value"]) for item in record["observations"] if item["value"] is not None
        ] == [str(row.value) for row in rows if row.value is not None]
        sources = {source["source_id"] for source in record["sources"]}
        named = {item["source_id"] for item in (*record["observations"], *record["targets"])}
        assert named - {None} <= sources  # Nobody set a natural limit.
        assert record["edition"] == {"version": edition.version, "date": edition.date}
        assert record["licence"]["values"]["en"] == (
            "Values and quotations keep the terms of their sources."
        )


def test_targets_of_other_cities_are_left_out(edition: Edition) -> None:
    writer = IndicatorFiles(edition, "rana")
    scopes = {
        target["scope"]
        for indicator in edition.indicators
        for target in json.loads(writer.json(indicator))["targets"]
    }
    assert scopes == {"all"}


def test_the_csv_holds_every_value_against_its_target(
    edition: Edition, scores: tuple[IndicatorScore, ...]
) -> None:
    counted = 0
    for indicator_score in scores:
        rows = rows_of(IndicatorFiles(edition, CITY).csv(indicator_score.indicator))
        counting = [row for row in rows if row["counts"] == "yes"]
        counted += len(counting)
        assert [(row["data_point"], row["band"]) for row in counting] == sorted(
            ((score.label, score.band) for score in indicator_score.scored),
            key=lambda pair: [row["data_point"] for row in counting].index(pair[0]),
        )
        for row in rows:
            assert tuple(row) == tuple(indicator_types(edition))
            assert row["source_title"] == edition.sources[row["source_id"]].title
            assert (row["band"] == "none") == (row["share_percent"] == "") == (row["points"] == "")
            if row["band"] != "none":
                assert row["rate"] == "yes"
                assert row["target"]
            elif row["rate"] == "yes":
                assert row["target"] == ""
    assert counted == sum(len(score.scored) for score in scores) > 0


def test_both_languages_get_the_same_files(built: Manifest, edition: Edition) -> None:
    for indicator in edition.indicators:
        for form in ("csv", "json"):
            english, russian = (
                built.files[f"{language}/kpi/{indicator.slug}.{form}"] for language in ("en", "ru")
            )
            assert english.sha256 == russian.sha256
        rows = rows_of((built.public / english.path).with_suffix(".csv").read_bytes())
        assert built.files[f"en/kpi/{indicator.slug}.csv"].rows == len(rows)


def test_the_columns_are_those_that_the_document_lists(edition: Edition) -> None:
    written = DOCUMENT.read_text("utf-8")
    gaps = re.search(
        r"`(code, data_point, as_of, reason, [^`]+)`, and since 2026\.2 `([^`]+)`", written
    )
    behind = re.search(r"`(target, target_direction, [^`]+)`", written)
    assert gaps
    assert behind
    columns = (*gaps[1].split(", "), *gaps[2].split(", "))
    assert export_of(edition, CITY, "gaps").header == columns
    observations = export_of(edition, CITY, "observations").header
    assert (*observations, *behind[1].split(", ")) == tuple(indicator_types(edition))
