"""One generated sentence per thing shown: the same words serve page, card, embed and file."""

from components.ages import uncapitalised, years_words
from components.formats import period, shown_share
from components.texts import text
from components.verdicts import name_of, value_words, verdict_of
from data.models import Language
from data.scores import IndicatorScore


def share_words(indicator: IndicatorScore, language: Language) -> str:
    """The share of the yardstick, or of the points of several scored parts; empty without one."""
    if indicator.share is None:
        return ""
    share = shown_share(indicator.share, language)
    if len(indicator.scored) <= 1:
        return share
    return f"{share} {text('share_counted', language)}"


def newest_words(indicator: IndicatorScore, language: Language) -> str:
    """Return the only value, or only rated one, with its year; the points of several; or nothing.

    The share of a single value would read as the value itself.
    """
    if len(indicator.scores) == 1 or len(indicator.scored) == 1:
        (score,) = indicator.scored or indicator.scores
        words, observation = value_words(score, language), score.observation
        when = period(observation.period, language) if observation and observation.period else ""
    elif indicator.share is None:
        return ""
    else:
        words, when = share_words(indicator, language), years_words(indicator.years)
    return text("dated_value", language, value=words, period=when) if words and when else words


def parts_finding(indicator: IndicatorScore, language: Language) -> str:
    """Return the verdict on each rated part of an indicator, the furthest first; empty without.

    The years stand behind each, or once at the end where all are the same.
    """
    parts = [score for score in indicator.scored if score.data_point]
    parts.sort(key=lambda score: score.share or 0)
    years = [score.observation.period if score.observation else "" for score in parts]
    verdicts = []
    for index, score in enumerate(parts):
        name, words = name_of(score, language), verdict_of(score, language).words
        named = uncapitalised(name) if index else name
        part = text("part_verdict", language, name=named, words=words)
        if index + 1 == len(parts) or len(set(years)) > 1:
            when = period(years[index], language)
            part = text("dated_value", language, value=part, period=when)
        verdicts.append(part)
    return "; ".join(verdicts) + "." if verdicts else ""


def indicator_sentence(indicator: IndicatorScore, language: Language) -> str:
    """Return the verdict on one indicator in a sentence, or how many of its parts are scored."""
    scored = indicator.scored
    if len(indicator.scores) == 1:
        return verdict_of(indicator.scores[0], language).named
    if len(scored) == 1 and not scored[0].label:  # The whole; other parts are no more than shown.
        return verdict_of(scored[0], language).named
    name = indicator.indicator.title[language]
    with_value = [score for score in indicator.scores if score.observation is not None]
    if not with_value:
        return text("sentence_no_value", language, name=name)
    parts = text("sentence_parts", language, n=len(indicator.scores))
    if indicator.share is None:
        return text(
            "sentence_parts_unscored", language, name=name, known=len(with_value), parts=parts
        )
    if len(scored) == 1:
        verdict = verdict_of(scored[0], language).named
        return text(
            "sentence_parts_one", language, name=name, scored=1, parts=parts, verdict=verdict
        )
    return text(
        "sentence_parts_scored",
        language,
        name=name,
        scored=len(scored),
        parts=parts,
        share=shown_share(indicator.share, language),
        years=years_words(indicator.years),
    )
