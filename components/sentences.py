"""One generated sentence per thing shown: the same words serve page, card, embed and file."""

from __future__ import annotations

from components.formats import period, quantity, shown_share
from components.texts import text
from data.groups import GroupScore
from data.models import Language, Words
from data.scores import Fulfilment, IndicatorScore, Score
from data.scoring import TOP_BAND


def unit_of(score: Score) -> Words:
    """The unit readers see: the data point's own where it has one."""
    return score.data_point.unit if score.data_point else score.indicator.unit


def value_words(score: Score, language: Language) -> str:
    """The value of a score with its unit; empty where there is none."""
    if score.observation is None or score.observation.value is None:
        return ""
    return quantity(score.observation.value, unit_of(score), language)


def target_words(score: Score, language: Language) -> str:
    """The target of a score with its unit; empty where there is none."""
    return quantity(score.target.value, unit_of(score), language) if score.target else ""


def score_sentence(score: Score, language: Language) -> str:
    """Return value, target and share of one data point in one sentence.

    A target that is reached is said to be reached: a share stops at 100 %, values go on.
    """
    name = score.data_point.name[language] if score.data_point else ""
    subject = name or score.indicator.name[language]
    if score.observation is None:
        return text("sentence_no_value", language, name=subject)
    shown = {
        "name": subject,
        "value": value_words(score, language),
        "period": period(score.observation.period, language),
    }
    dated = "" if score.observation.period else "_undated"
    if score.share is None:
        reason = text(f"reason_{score.reason}", language)
        return text(f"sentence_unscored{dated}", language, reason=reason, **shown)
    met = "_met" if score.share == 100 else ""
    return text(
        f"sentence_{score.target.direction if score.target else 'neutral'}{met}",
        language,
        share=shown_share(score.share, language),
        target=target_words(score, language),
        **shown,
    )


def share_words(indicator: IndicatorScore, language: Language) -> str:
    """The share of target, or of the points where several parts are scored; empty without one."""
    if indicator.share is None:
        return ""
    share = shown_share(indicator.share, language)
    return text("share_by_points", language, share=share) if len(indicator.scored) > 1 else share


def indicator_sentence(indicator: IndicatorScore, language: Language) -> str:
    """Return values and share of one indicator in one sentence."""
    if len(indicator.scores) == 1:
        return score_sentence(indicator.scores[0], language)
    name = indicator.indicator.name[language]
    with_value = [score for score in indicator.scores if score.observation is not None]
    if not with_value:
        return text("sentence_no_value", language, name=name)
    parts = text("sentence_parts", language, n=len(indicator.scores))
    if indicator.share is None:
        return text(
            "sentence_parts_unscored", language, name=name, known=len(with_value), parts=parts
        )
    wording = "sentence_parts_scored"
    if len(indicator.scored) == 1:
        wording = "sentence_parts_one_met" if indicator.share == 100 else "sentence_parts_one"
    return text(
        wording,
        language,
        name=name,
        scored=len(indicator.scored),
        parts=parts,
        share=shown_share(indicator.share, language),
    )


def top_band_count(fulfilment: Fulfilment) -> tuple[int, int]:
    """Return the numbers of indicators in the highest band and of all that are scored."""
    bands = [score.band for score in fulfilment.indicators if score.share is not None]
    return bands.count(TOP_BAND), len(bands)


def city_sentence(fulfilment: Fulfilment, language: Language) -> str:
    """Say how many indicators are scored, and how many reach the highest band."""
    reached, scored = top_band_count(fulfilment)
    return text(
        "sentence_city" if reached else "sentence_city_none",
        language,
        n=scored,
        indicators=len(fulfilment.indicators),
        reached=reached,
        as_of=fulfilment.as_of,
    )


def group_sentence(group: GroupScore, language: Language) -> str:
    """Say which share of the points a group earns and how many indicators that rests on."""
    if group.share is None:
        return text("sentence_group_none", language, n=group.indicators)
    return text(
        "sentence_group",
        language,
        share=shown_share(group.share, language),
        scored=group.scored_indicators,
        n=group.indicators,
    )
