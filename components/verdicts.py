"""Words of a verdict: what a value is against its yardstick, by the kind of the yardstick.

Nobody aims at an average and nobody set a natural limit, so each kind has its own words.
"""

from dataclasses import dataclass
from typing import Literal

from components.formats import brief_quantity, number, period, quantity
from components.texts import text
from data.models import Language, Target, Words, YardstickKind
from data.own_goals import OwnGoal
from data.scores import Score
from data.scoring import Band

State = Literal[
    "met",
    "equal",
    "nearly",
    "near",
    "far",
    "very_far",
    "zero",
    "not_zero",
    "yes",
    "no",
    "kept",
    "missed",
    "open",
    "not_reached",
    "doubtful",
    "unknown",
    "nothing",
    "none",
]
_BAND_STATES: dict[Band, State] = {
    "95-100": "nearly",
    "66-95": "near",
    "33-66": "far",
    "0-33": "very_far",
}
_YES_NO = "yes/no"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Words of one language for a value against its yardstick.

    ``kind`` is None and ``state`` is ``none`` where nothing is rated. ``label`` names the
    yardstick (``Average``), ``short`` fits a chip of 22 characters, ``sentence`` has value, year,
    yardstick and who set it, ``named`` the same with the name of the data point, ``clause`` only
    the yardstick, as a sentence, and ``words`` only the verdict, inside one; both may be empty.
    """

    kind: YardstickKind | None
    state: State
    label: str
    short: str
    sentence: str
    named: str
    clause: str = ""
    words: str = ""


def unit_of(score: Score) -> Words:
    """The unit readers see: the data point's own where it has one."""
    return score.data_point.unit if score.data_point else score.indicator.unit


def value_words(score: Score, language: Language) -> str:
    """The value of a score with its unit; empty where there is none."""
    if score.observation is None or score.observation.value is None:
        return ""
    return quantity(score.observation.value, unit_of(score), language)


def value_parts(score: Score, language: Language) -> tuple[str, str]:
    """The number of a score, and its unit with the space before it; a yes or no has no unit."""
    words = value_words(score, language)
    if score.observation is None or score.observation.value is None:
        return "", ""
    digits = number(score.observation.value, language)
    if not words.startswith(digits):
        return words, ""
    return digits, words.removeprefix(digits)


def target_words(score: Score, language: Language) -> str:
    """The yardstick of a score with its unit; empty where there is none."""
    return quantity(score.target.value, unit_of(score), language) if score.target else ""


def setter_words(target: Target, language: Language) -> str:
    """Name of the setter or owner of a yardstick, in the nominative; empty for a natural limit."""
    if target.yardstick_kind == "natural_limit":
        return ""
    return target.set_by[language] or text(f"setter_{target.basis}", language)


def whose_words(target: Target, language: Language) -> str:
    """Return who set a yardstick, in brackets after a space; empty for a natural limit."""
    setter = setter_words(target, language)
    return " " + text("verdict_whose", language, setter=setter) if setter else ""


def yardstick_label(target: Target, language: Language) -> str:
    """The word for a kind of yardstick: ``Goal``, ``Average``, ``Guideline``."""
    kind = target.yardstick_kind
    if kind == "limit" and target.direction == "higher_is_better":
        kind_key = "limit_higher"
    else:
        kind_key = kind
    return text(f"verdict_{kind_key}_label", language)


def line_words(target: Target, value: str, language: Language) -> str:
    """The name of a yardstick beside its line in a chart: ``average: 4.8``."""
    return text(f"line_{target.yardstick_kind}", language, value=value)


def verdict_of(score: Score, language: Language) -> Verdict:
    """Return the verdict on one data point, or the reason for none.

    It knows no deadline of a city's own goal: ``verdict_of_own_goal`` does.
    """
    if score.share is None or score.target is None or score.observation is None:
        return _unrated(score, language)
    return _verdict(score, score.target, _state(score, score.target), language)


def verdict_of_own_goal(own: OwnGoal, language: Language) -> Verdict:
    """Return whether a city kept or missed a goal of its own, or whether it is still open."""
    state: State = own.outcome or "doubtful"
    score = Score(own.indicator, own.label, own.observation, own.goal, None, "none", None, None)
    return _verdict(score, own.goal, state, language)


def _verdict(score: Score, target: Target, state: State, language: Language) -> Verdict:
    key, name = _key(score, target, state), name_of(score, language)
    label, short = yardstick_label(target, language), text(key, language)
    words = text(f"{key}_words", language)
    clause = _clause(score, target, state, language)
    if score.observation is None:
        sentence = text("verdict_no_value", language, short=short, clause=clause)
        named = f"{name}: {sentence}"
    else:
        parts = {
            "value": value_words(score, language),
            "dated": _dated(score, language),
            "words": words,
            "clause": clause,
        }
        sentence = text("verdict_sentence", language, **parts)
        named = text("verdict_named", language, name=name, **parts)
    kind = target.yardstick_kind
    return Verdict(kind, state, label, short, sentence, named, clause.strip(), words)


def name_of(score: Score, language: Language) -> str:
    """The name of a data point, or of the indicator where it has only one value."""
    return (score.data_point or score.indicator).title[language]


def _dated(score: Score, language: Language) -> str:
    if score.observation is None or not score.observation.period:
        return ""
    return " " + text("verdict_dated", language, period=period(score.observation.period, language))


def _unrated(score: Score, language: Language) -> Verdict:
    reason = score.reason or "no_value"
    words, value = text(f"verdict_none_{reason}", language), value_words(score, language)
    name = name_of(score, language)
    if value:
        parts = {"value": value, "dated": _dated(score, language), "words": words}
        sentence = text("verdict_none", language, **parts)
        named = text("verdict_none_named", language, name=name, **parts)
    else:
        sentence = words
        named = text("sentence_no_value", language, name=name)
    return Verdict(None, "none", "", text(f"reason_{reason}", language), sentence, named)


def _state(score: Score, target: Target) -> State:
    met = score.share == 100
    value = score.observation.value if score.observation else None
    if target.yardstick_kind == "own_goal":
        return "kept" if met else "not_reached"
    if target.unit_code == _YES_NO:
        return "yes" if met else "no"
    if target.value == 0 and target.direction == "lower_is_better":
        return "zero" if met else "not_zero"
    if met:
        same = value == target.value and target.yardstick_kind in ("average", "city")
        return "equal" if same else "met"
    empty = target.yardstick_kind == "natural_limit" and score.share == 0
    return "nothing" if empty else _BAND_STATES[score.band]


def _variant(score: Score, target: Target, state: State) -> str:
    """The most special wording of a kind that fits, empty for the common one."""
    if state in ("zero", "not_zero", "yes", "no"):
        return ""
    higher = target.direction == "higher_is_better"
    if target.yardstick_kind == "average" and higher and score.indicator.debatable:
        return "_debatable"
    if target.yardstick_kind == "limit" and target.single_case and state == "met":
        return "_mean"
    if target.yardstick_kind in ("limit", "norm"):
        return "_higher" if higher else "_lower"
    return ""


def _key(score: Score, target: Target, state: State) -> str:
    kind = target.yardstick_kind
    if state in ("yes", "no"):
        kind = "goal"
    return f"verdict_{kind}{_variant(score, target, state)}_{state}"


def _clause(score: Score, target: Target, state: State, language: Language) -> str:
    """Return the yardstick in a sentence of its own, with a space before it.

    Nothing for a yes or no, which is its own yardstick.
    """
    if state in ("yes", "no"):
        return ""
    kind = target.yardstick_kind
    name: str = kind
    if kind == "natural_limit" and state in ("met", "zero", "not_zero"):
        name = f"{kind}_{state}"
    elif kind == "limit" and target.single_case:
        name = "limit_mean"
    elif kind == "limit" and target.direction == "higher_is_better":
        name = "limit_higher"
    elif _variant(score, target, state) == "_debatable":
        name = "average_debatable"
    quantity_words = brief_quantity if value_words(score, language) else quantity
    until = "verdict_from" if kind == "limit" else "verdict_by"
    return " " + text(
        f"verdict_{name}_clause",
        language,
        yardstick=quantity_words(target.value, unit_of(score), language),
        by=" " + text(until, language, year=target.target_year) if target.target_year else "",
        whose=whose_words(target, language),
        setter=setter_words(target, language),
    )
