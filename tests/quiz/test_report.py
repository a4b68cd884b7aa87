"""Item analysis for editors."""

from __future__ import annotations

import pytest

from quiz.bank import Bank
from quiz.counters import CounterKey, Counts
from quiz.report import LEAST_ANSWERS, ItemAnalysis, analyse
from tests.quiz.builders import imagined_counts, make_question

BANK = Bank((make_question("capital"),))


def counts(*chosen: int, rest: dict[str, int] | None = None, series: str = "first") -> Counts:
    about = ("capital", 1, series)
    found = {
        CounterKey("option", *about, "ru", option): times
        for option, times in zip("abcd", chosen, strict=True)
    }
    found[CounterKey("right", *about, "ru")] = chosen[0]
    for bucket, times in (rest or {}).items():
        found[CounterKey("rest", *about, "", bucket)] = times
    return found


def only(found: Counts, bank: Bank = BANK) -> ItemAnalysis:
    (item,) = analyse(found, bank)
    return item


@pytest.mark.parametrize(
    ("chosen", "remark"),
    [
        ((90, 5, 5, 5), None),
        ((95, 5, 5, 5), None),
        ((90, 10, 0, 0), "too easy: 90% right"),
        ((25, 30, 25, 20), "too hard: 25% right"),
        ((26, 29, 25, 20), None),
        ((50, 40, 8, 2), "option d is hardly used: 2%"),
        ((50, 40, 5, 5), None),
        ((10, 10, 5, 4), f"fewer than {LEAST_ANSWERS} answers"),
    ],
)
def test_questions_that_do_not_work_are_remarked(
    chosen: tuple[int, ...], remark: str | None
) -> None:
    remarks = only(counts(*chosen)).remarks
    if remark is None:
        assert not any(one.startswith("too") for one in remarks)
        assert not any("hardly" in one for one in remarks if chosen == (50, 40, 5, 5))
    else:
        assert any(one.startswith(remark) for one in remarks), remarks


def test_negative_discrimination_is_remarked() -> None:
    misleading = only(counts(50, 30, 10, 10, rest={"1-2": 20, "0-8": 20}))
    assert misleading.discrimination == pytest.approx(-1)
    assert any(remark.startswith("negative discrimination") for remark in misleading.remarks)
    telling = only(counts(50, 30, 10, 10, rest={"1-8": 20, "0-2": 20}))
    assert telling.remarks == ()


def test_first_and_repeated_runs_are_taken_together() -> None:
    item = only({**counts(20, 5, 5, 5), **counts(10, 5, 5, 5, series="again")})
    assert (item.answers, item.right, dict(item.options)) == (
        60,
        30,
        {"a": 30, "b": 10, "c": 10, "d": 10},
    )


def test_a_question_that_was_never_asked_is_listed() -> None:
    item = only({})
    assert (item.answers, item.median_seconds, item.discrimination) == (0, None, None)


def test_a_question_that_left_the_bank_is_listed() -> None:
    item = only(counts(20, 20, 20, 20), Bank(()))
    assert (item.in_bank, item.remarks) == (False, ("is no longer in the bank",))


def test_the_hardest_questions_come_first(bank: Bank) -> None:
    items = analyse(imagined_counts(bank, 100), bank)
    assert {item.key for item in items} == set(bank.by_key)
    shares = [item.right / max(1, item.answers) for item in items]
    assert shares == sorted(shares)
