"""A verdict fits its kind of yardstick: nothing says that an average is met, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, get_args

import pytest

from components.verdicts import (
    Verdict,
    line_words,
    setter_words,
    verdict_of,
    verdict_of_own_goal,
    yardstick_label,
)
from data.editions import load_edition, load_editions
from data.fulfilment import fulfilment_of
from data.models import LANGUAGES, Language, Target, Words, YardstickKind
from data.own_goals import Outcome, OwnGoal, own_goals
from data.scores import Reason, Score
from data.scoring import band_of, points_of, share_of_target
from data.yardsticks import VIEWS, View
from tests.data.builders import make_indicator, make_observation, make_target

CHIP = 22
KINDS: tuple[YardstickKind, ...] = get_args(YardstickKind)
GOAL = {"en": r"goal|target|\bmet\b|reached|aimed", "ru": r"цел[ьиейю]|достигнут|план|хотели"}
LIMIT = {"en": r"limit|minimum", "ru": r"норм"}
NORM = {"en": r"guideline|advised", "ru": r"рекоменд"}
AVERAGE = {"en": r"average|better|worse", "ru": r"средн|лучше|хуже"}
CITY = {"en": r"ahead|behind|level|comparison", "ru": r"впереди|позади|наравне|сравнения"}
EXTREME = {"en": r"complete|possible|\bmost\b|partly", "ru": r"полностью|возможн|частично"}
# Words that each kind may not use: those of all others.
FAMILIES: Mapping[YardstickKind, dict[str, str]] = {
    "goal": GOAL,
    "limit": LIMIT,
    "norm": NORM,
    "average": AVERAGE,
    "city": CITY,
    "natural_limit": EXTREME,
    "own_goal": GOAL,
}


def forbidden(kind: YardstickKind, language: Language) -> re.Pattern[str]:
    words = {family[language] for name, family in FAMILIES.items() if family is not FAMILIES[kind]}
    return re.compile("|".join(sorted(words)), re.IGNORECASE)


def own_words(verdict: Verdict, target: Target, language: Language) -> str:
    """Return what the verdict says by itself: names and units are not its words."""
    words = f"{verdict.short} {verdict.sentence}"
    setter = setter_words(target, language)
    words = words.replace(setter, "") if setter else words
    # A mean within the limit of each case, a limit of nature, and a warning beside an average.
    excused = {
        "limit": r"average within limit|on average|в\W*среднем",
        "natural_limit": r"natural limit|предел",
        "average": r"not always better|не обязательно лучше",
        "goal": r"больше быть",
    }
    return re.sub(excused.get(target.yardstick_kind, r"(?!)"), "", words, flags=re.IGNORECASE)


def hold(verdict: Verdict, target: Target, language: Language) -> None:
    words = own_words(verdict, target, language)
    assert not forbidden(target.yardstick_kind, language).search(words), words
    assert 0 < len(verdict.short) <= CHIP, verdict.short
    for sentence in (verdict.sentence, verdict.named):
        assert sentence.endswith("."), sentence
        assert not re.search(r"[{}\[\]]|\s{2}|\(\)| [.,:;]|\.\.|None", sentence), sentence


@pytest.mark.parametrize("view", VIEWS)
def test_every_rated_value_of_the_edition_has_the_words_of_its_kind(
    view: View, language: Language
) -> None:
    edition = load_edition()
    rated = 0
    for city in edition.cities:
        for indicator in fulfilment_of(edition, city, edition.year, view).indicators:
            for score in indicator.scored:
                assert score.target is not None
                hold(verdict_of(score, language), score.target, language)
                rated += 1
    assert rated > 3


def rated(value: str, target: Target, **indicator: object) -> Score:
    share = share_of_target(Decimal(value), target.value, target.direction)
    band = band_of(share)
    observation = make_observation(2021, value)
    described = make_indicator(direction=target.direction, **indicator)
    return Score(described, "", observation, target, share, band, points_of(band), None)


def every_case() -> Iterator[Score]:
    for kind, direction, debatable, single, year in product(
        KINDS,
        ("higher_is_better", "lower_is_better"),
        (False, True),
        (False, True),
        (None, 2020, 2021, 2030),
    ):
        for value, yardstick in product(("0", "20", "50", "90", "98", "100", "500"), ("100", "0")):
            if yardstick == "0" and direction == "higher_is_better":
                continue
            if kind == "natural_limit" and yardstick == "100" and direction == "lower_is_better":
                continue
            target = make_target(
                yardstick,
                kind=kind,
                direction=direction,
                single_case=single,
                target_year=year,
                set_by=Words("Setter", "Кто-то"),
            )
            yield rated(value, target, debatable=debatable)


def test_every_case_has_words_of_its_kind(language: Language) -> None:
    for score in every_case():
        assert score.target is not None
        hold(verdict_of(score, language), score.target, language)


def test_an_answer_of_yes_or_no_has_its_own_words(language: Language) -> None:
    unit = Words("yes / no", "да / нет")
    shorts = set()
    for value in "01":
        score = rated(value, make_target("1", unit_code="yes/no"), unit=unit)
        verdict = verdict_of(score, language)
        hold(verdict, make_target(), language)
        shorts.add(verdict.short)
    assert len(shorts) == 2


@pytest.mark.parametrize(
    ("value", "target", "english", "russian"),
    [
        (
            "1.8",
            {"value": "4.8", "basis": "oecd", "kind": "average", "direction": "lower_is_better"},
            "1.8% (2021), better than average. The average (OECD) is 4.8%.",
            "1,8 % (2021) — лучше среднего. Среднее (ОЭСР) — 4,8 %.",
        ),
        (
            "99",
            {"value": "99", "basis": "oecd", "kind": "average"},
            "99% (2021), the same as the average. The average (OECD) is 99%.",
            "99 % (2021) — как в среднем. Среднее (ОЭСР) — 99 %.",
        ),
        (
            "9.8",
            {"value": "5", "basis": "who", "kind": "norm", "direction": "lower_is_better"},
            "9.8% (2021), well over the guideline. The guideline is 5% (WHO).",
            "9,8 % (2021) — намного выше рекомендации. Рекомендация — 5 % (ВОЗ).",
        ),
        (
            "70",
            {"value": "100", "basis": "natural_limit", "kind": "natural_limit"},
            "70% (2021), most, but not all. The highest possible value is 100%.",
            "70 % (2021) — большая часть. Наибольшее возможное значение — 100 %.",
        ),
        (
            "7.5",
            {"value": "30", "basis": "un", "kind": "goal", "target_year": 2030},
            "7.5% (2021), very far from the goal. The goal is 30% by 2030 (UN).",
            "7,5 % (2021) — до цели очень далеко. Цель — 30 % к 2030 году (ООН).",
        ),
        (
            "8",
            {
                "value": "20",
                "basis": "eu",
                "kind": "limit",
                "direction": "lower_is_better",
                "single_case": True,
            },
            "8% (2021), within the limit on average. The limit for each single case is 20% (EU).",
            "8 % (2021) — в среднем в пределах нормы. Норма для каждого случая — 20 % (ЕС).",
        ),
        (
            "308",
            {
                "value": "337",
                "basis": "leading_city",
                "kind": "city",
                "set_by": Words("Munich", "Мюнхен"),
            },
            "308% (2021), behind. For comparison, Munich: 337%.",
            "308 % (2021) — позади. Для сравнения: Мюнхен — 337 %.",
        ),
        (
            "0.2",
            {"value": "0", "basis": "sdg", "kind": "goal", "direction": "lower_is_better"},
            "0.2% (2021), not zero yet. The goal is 0% (UN).",
            "0,2 % (2021) — пока не ноль. Цель — 0 % (ООН).",
        ),
    ],
)
def test_a_verdict_names_value_year_yardstick_and_setter(
    value: str, target: dict[str, Any], english: str, russian: str
) -> None:
    score = rated(value, make_target(**target))
    for language, expected in zip(
        LANGUAGES, (f"Название: {russian}", f"Name: {english}"), strict=True
    ):
        named = verdict_of(score, language).named
        assert named.replace("\u00a0", " ") == expected


def test_every_outcome_of_an_own_goal_has_words(language: Language) -> None:
    edition = load_edition()
    goals = [goal for city in edition.cities for goal in own_goals(edition, city)]
    assert {goal.outcome for goal in goals} > {"missed", "open", "unknown"}
    for own in goals:
        verdict = verdict_of_own_goal(own, language)
        hold(verdict, own.goal, language)
        if own.goal.target_year:
            assert str(own.goal.target_year) in verdict.sentence
        without = replace(own, observation=None)
        hold(verdict_of_own_goal(without, language), own.goal, language)


@pytest.mark.parametrize(
    ("outcome", "english", "russian"),
    [
        ("kept", "70% (2016): the city has met its own goal.", "70 % (2016): план выполнен."),
        (
            "missed",
            "70% (2016): the city has missed its own goal.",
            "70 % (2016): план не выполнен.",
        ),
        ("open", "70% (2016): not due yet.", "70 % (2016): срок плана ещё не вышел."),
    ],
)
def test_a_goal_of_the_city_is_kept_missed_or_open(
    outcome: Outcome, english: str, russian: str
) -> None:
    goal = make_target("80", kind="own_goal", target_year=2030)
    own = OwnGoal(make_indicator(), goal, make_observation(2016, "70"), outcome)
    for language, expected in zip(LANGUAGES, (russian, english), strict=True):
        sentence = verdict_of_own_goal(own, language).sentence
        assert sentence.replace("\u00a0", " ").startswith(expected)


def test_a_value_without_a_verdict_has_its_reason(language: Language) -> None:
    for reason in get_args(Reason):
        observation = None if reason == "no_value" else make_observation(2021, "5")
        score = Score(make_indicator(), "", observation, None, None, "none", None, reason)
        verdict = verdict_of(score, language)
        assert (verdict.kind, verdict.state, verdict.label) == (None, "none", "")
        assert len(verdict.short) <= CHIP
        assert verdict.sentence.endswith(".")


def test_kinds_of_earlier_editions_are_those_of_today() -> None:
    for edition in load_editions():
        for target, language in product(edition.targets, LANGUAGES):
            assert target.yardstick_kind in KINDS
            assert yardstick_label(target, language)
            assert line_words(target, "1", language)
            assert bool(setter_words(target, language)) != (
                target.yardstick_kind == "natural_limit"
            )
