"""Every data point without a colour is in the register, with its reason and what would help."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from data.exports.tables import export_of
from data.fulfilment import fulfilment_of
from data.gaps import REMEDIES, gaps_of
from data.models import Edition, Words
from data.scores import Reason
from tests.contracts.recount import recount
from tests.data.builders import (
    make_data_point,
    make_edition,
    make_indicator,
    make_observation,
    make_target,
)
from tests.data.conftest import CITY


def test_the_register_holds_every_unscored_data_point_once(edition: Edition) -> None:
    scores = [
        s
        for indicator_score in fulfilment_of(edition, CITY, 2026).indicators
        for s in indicator_score.scores
    ]
    gaps = gaps_of(edition, CITY)
    assert [(gap.indicator.code, gap.label, gap.reason) for gap in gaps] == [
        (score.indicator.code, score.label, score.reason)
        for score in scores
        if score.band == "none"
    ]
    recounted = [part for parts in recount().values() for part in parts]
    assert len(gaps) + sum(part.share is not None for part in recounted) == len(scores)
    assert Counter(gap.reason for gap in gaps)["no_value"] > 20


def test_the_export_has_a_row_for_each_gap(edition: Edition) -> None:
    export = export_of(edition, CITY, "gaps")
    gaps = gaps_of(edition, CITY)
    assert [row[:2] for row in export.rows] == [(gap.indicator.code, gap.label) for gap in gaps]
    for row, gap in zip(export.rows, gaps, strict=True):
        cells = dict(zip(export.header, row, strict=True))
        assert cells["newest_year"] == str(gap.newest_year or "")
        assert (cells["remedy_en"], cells["remedy_ru"]) == (gap.remedy.en, gap.remedy.ru)


def test_each_reason_has_a_remedy_in_both_languages() -> None:
    assert set(REMEDIES) == set(get_args(Reason))
    assert all(words.en.endswith(".") and words.ru.endswith(".") for words in REMEDIES.values())


@pytest.mark.parametrize(
    ("observation", "target", "reason", "newest_year"),
    [
        (None, "100", "no_value", None),
        (make_observation(2018, None, reason="no_value"), "100", "no_value", None),
        (make_observation(2018, "5"), None, "no_target", 2018),
        (make_observation(None, "5", reason="no_year"), "100", "no_year", None),
        (make_observation(2016, "5", reason="not_comparable"), "100", "not_comparable", 2016),
        (make_observation(2017, "5", reason="withheld"), "100", "withheld", 2017),
    ],
)
def test_a_gap_says_why_and_since_when(
    observation: object, target: str | None, reason: str, newest_year: int | None
) -> None:
    observations = (observation,) if observation else ()
    targets = (make_target(target),) if target else ()
    (gap,) = gaps_of(make_edition(observations, targets), "here")
    assert (gap.reason, gap.newest_year) == (reason, newest_year)


def test_a_gap_repeats_what_the_row_says_about_it() -> None:
    why = Words("part of a year", "часть года")
    rows = (
        make_observation(2015, "5", reason="not_comparable", rate_reason=Words("older", "старше")),
        make_observation(2016, "5", reason="not_comparable", rate_reason=why),
    )
    (gap,) = gaps_of(make_edition(rows, (make_target(),)), "here")
    assert gap.detail == why
    silent = make_observation(2017, None, reason="no_value", rate_reason=Words("words", "слова"))
    (gap,) = gaps_of(make_edition((silent,), (make_target(),)), "here", 2017)
    assert gap.detail == Words("words", "слова")


def test_a_scored_data_point_is_no_gap_beside_one_that_is() -> None:
    indicator = make_indicator(make_data_point("A"), make_data_point("B"))
    rows = (make_observation(2018, "5", data_point="A"),)
    targets = (make_target(applies_to=("A", "B")),)
    (gap,) = gaps_of(make_edition(rows, targets, (indicator,)), "here")
    assert gap.label == "B"


def test_an_earlier_year_has_the_gaps_of_its_time(edition: Edition) -> None:
    earlier = gaps_of(edition, CITY, 2012)
    assert len(earlier) > len(gaps_of(edition, CITY))
    assert all(gap.newest_year is None or gap.newest_year <= 2012 for gap in earlier)


def test_an_unknown_city_has_no_register(edition: Edition) -> None:
    with pytest.raises(KeyError):
        gaps_of(edition, "atlantis")
