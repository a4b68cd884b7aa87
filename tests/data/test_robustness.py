"""Robust colours: what every other yardstick gives, tried again from the files alone."""

from __future__ import annotations

from fractions import Fraction

from data.editions import load_edition
from data.fulfilment import fulfilment_of
from data.models import Target
from data.robustness import Robustness, all_robustness, robustness_of
from tests.builders import Row, table_rows
from tests.contracts.recount import CITY, band_of, recount, share_of
from tests.data.builders import make_edition, make_indicator, make_observation, make_target

YES = "yes"


def robustness(*targets: Target, value: str = "80") -> Robustness | None:
    edition = make_edition((make_observation(2020, value),), targets)
    (indicator_score,) = fulfilment_of(edition, "here", 2030).indicators
    return robustness_of(edition, "here", indicator_score.scores[0])


def test_a_colour_that_stays_under_every_yardstick_depends_on_none() -> None:
    tried = robustness(make_target("100"), make_target("110", primary=False))
    assert tried is not None
    assert (tried.yardsticks, tried.depends, tried.score.band) == (2, False, "66-95")
    assert [alternative.share for alternative in tried.alternatives] == [Fraction(800, 11)]


def test_a_colour_that_hangs_on_the_choice_names_the_other_result() -> None:
    tried = robustness(
        make_target("100"),
        make_target("101", primary=False),
        make_target("200", primary=False, basis="oecd", kind="average"),
    )
    assert tried is not None
    assert tried.depends
    assert [(str(each.yardstick.value), each.band) for each in tried.other_bands] == [
        ("200", "33-66")
    ]


def test_what_is_no_yardstick_of_the_value_is_not_tried() -> None:
    targets = (
        make_target("200", primary=False, kind="own_goal", scope="here"),
        make_target("200", primary=False, doubtful=True),
        make_target("200", primary=False, scope="there"),
        make_target("200", primary=False, applies_to=("part",)),
        make_target("200", primary=False, unit_code="km"),
        make_target("200", primary=False, direction="lower_is_better"),
    )
    tried = robustness(make_target("100"), *targets)
    assert tried is not None
    assert tried.alternatives == ()


def test_a_value_without_a_colour_has_nothing_that_could_hang() -> None:
    assert robustness(make_target("100", primary=False)) is None


def test_a_neutral_indicator_is_tried_with_yardsticks_of_one_direction() -> None:
    targets = (
        make_target("10", direction="lower_is_better"),
        make_target("50", direction="lower_is_better", primary=False),
        make_target("50", primary=False),
    )
    indicator = make_indicator(direction="neutral")
    edition = make_edition((make_observation(2020, "88"),), targets, (indicator,))
    (tried,) = all_robustness(edition, fulfilment_of(edition, "here", 2030))
    assert [each.yardstick for each in tried.alternatives] == [targets[1]]
    assert (tried.score.band, tried.alternatives[0].band) == ("0-33", "33-66")


def _fits(row: Row, chosen: Row, label: str, unit: str) -> bool:
    labels = ["" if name == "-" else name for name in row["applies_to"].split(";")]
    return (
        row["code"] == chosen["code"]
        and label in labels
        and row["scope"] in ("all", CITY)
        and row["unit"] == unit
        and row["direction"] == chosen["direction"]
        and row["doubtful"] != YES
        and row["kind"] != "own_goal"
        and row is not chosen
    )


def test_the_colours_that_hang_on_the_choice_are_those_of_an_independent_recount() -> None:
    targets = table_rows("targets")
    expected = {}
    for code, scored in recount().items():
        for each in scored:
            if each.share is None or each.value is None or each.target is None:
                continue
            chosen = next(row for row in targets if row == each.target)
            value = Fraction(each.value["value"])
            expected[code, each.label] = [
                (Fraction(row["target"]), band_of(share_of(value, row)))
                for row in targets
                if _fits(row, chosen, each.label, each.value["unit"])
            ]
    edition = load_edition()
    tried = {
        (each.score.indicator.code, each.score.label): [
            (Fraction(other.yardstick.value), other.band) for other in each.alternatives
        ]
        for each in all_robustness(edition, fulfilment_of(edition, CITY, edition.year))
    }
    assert tried == expected
    assert any(tried.values())
