"""One indicator in a picture: values over the years, shares of its parts, or what is missing."""

from collections.abc import Mapping

from components.ages import is_older, state_class
from components.formats import percent, period, shown_share
from components.indicator_facts import part_name
from components.pictures.indicator_state import state_key
from components.pictures.rows import Row, row_box
from components.pictures.svg_boxes import (
    EMPTY,
    RESERVE,
    Box,
    block,
    label,
    share_bar,
    stack,
    words_width,
)
from components.pictures.trend_panel import key_words, trend_panel
from components.texts import text
from components.trend import TrendSeries
from components.verdicts import (
    line_words,
    target_words,
    unit_of,
    value_words,
    whose_words,
    yardstick_label,
)
from data.models import Language
from data.scores import IndicatorScore, Score
from data.scoring import BAND_EDGES

Trends = Mapping[str, TrendSeries]
_TREND_RATIO, _LOWEST_TREND = 0.36, 240.0
_LARGE_WORDS = 1.6  # Where they are all there is, in font sizes.


def drawable(series: tuple[TrendSeries, ...]) -> Trends:
    """The series that have at least two dated values, by label."""
    return {member.name: member for member in series if len(member.observations) > 1}


def indicator_chart(
    indicator_score: IndicatorScore,
    trends: Trends,
    recent_from: int,
    language: Language,
    room: float,
    size: float,
) -> Box:
    """The whole chart, as high as it needs to be."""
    if len(indicator_score.scores) == 1:
        key = trend_key(trends, language, room, size).height + size * 0.8
        height = max(room * _TREND_RATIO, _LOWEST_TREND + key)
        return _single(indicator_score, trends, recent_from, language, (room, height), size)
    boxes = [_parts(indicator_score, recent_from, language, room, size)]
    height = max(room * _TREND_RATIO, _LOWEST_TREND)
    for score in indicator_score.scores:
        if score.label in trends:
            panel = _trend(score, trends, language, (room, height), size)
            heading = block(part_name(score, language), size * 1.1, room, look="bold")
            boxes.append(stack([heading, panel], size * 0.3))
    boxes += [
        trend_key(trends, language, room, size),
        state_key(indicator_score, language, room, size),
    ]
    return stack(boxes, size * 1.2)


def indicator_card(
    indicator_score: IndicatorScore,
    trends: Trends,
    recent_from: int,
    language: Language,
    room: tuple[float, float],
    size: float,
) -> Box:
    """The same in a field of ``room`` (width, height): one trend, or all parts as rows."""
    if len(indicator_score.scores) == 1:
        return _single(indicator_score, trends, recent_from, language, room, size)
    scale = 1.0
    while True:
        parts = _parts(indicator_score, recent_from, language, room[0], size * scale)
        if parts.height <= room[1] or scale < 0.5:
            return parts
        scale -= 0.05


def trend_key(trends: Trends, language: Language, room: float, size: float) -> Box:
    """Explain lines, gaps and diamonds; empty where no trend is drawn."""
    if not trends:
        return EMPTY
    words = key_words(trends.values(), language, "picture_trend_key")
    return block(words, size * 0.85, room, look="soft")


def _single(
    indicator_score: IndicatorScore,
    trends: Trends,
    recent_from: int,
    language: Language,
    room: tuple[float, float],
    size: float,
) -> Box:
    score = indicator_score.scores[0]
    if score.label in trends:
        key = trend_key(trends, language, room[0], size)
        height = room[1] - key.height - size * 0.8
        return stack(
            [_trend(score, trends, language, (room[0], height), size), key],
            size * 0.8,
        )
    if score.observation is None:
        return lacking_words(text("lacks_no_value", language), room[0], size)
    value = _value(score, language, room[0], size)
    if score.share is None:
        lacking = block(text(f"lacks_{score.reason}", language), size, room[0])
        return stack([value, lacking], size * 0.9)
    return stack([value, _scale(score, recent_from, language, room[0], size)], size * 0.9)


def lacking_words(words: str, room: float, size: float) -> Box:
    """Draw the words in place of a chart where there is nothing to draw."""
    return block(words, size * _LARGE_WORDS, room)


def _value(score: Score, language: Language, room: float, size: float) -> Box:
    """The value as large as the room allows, and its year."""
    words = value_words(score, language)
    large = size * 3.4
    while words_width(words, large, "bold") > room * RESERVE and large > size * 1.4:
        large *= 0.93
    year = period(score.observation.period, language) if score.observation else ""
    return stack(
        [block(words, large, room, look="bold"), block(year, size * 1.1, room, look="soft")], 0
    )


def _scale(score: Score, recent_from: int, language: Language, room: float, size: float) -> Box:
    """The share as a bar whose band edges are named, and the yardstick it is compared with."""
    if score.share is None or score.target is None:
        return EMPTY
    thickness = size * 1.7
    share = shown_share(score.share, language)
    edges = [(edge.lowest, percent(edge.lowest, language)) for edge in BAND_EDGES if edge.lowest]
    length = room - words_width(share, size * 1.5, "bold") - size
    names = "".join(
        label(
            words,
            size * 0.8,
            # The name of the highest edge keeps clear of the share at the end of the bar.
            length * lowest / 100 - words_width(words, size * 0.8) / 2,
            thickness + size,
            look="soft",
        )
        for lowest, words in edges
    )
    older = is_older(score, recent_from)
    bar = share_bar(score.share, score.band, length, thickness, older=older)
    share_label = label(
        share, size * 1.5, room, thickness * 0.5 + size * 0.53, look="bold", end=True
    )
    drawn = Box(bar + share_label + names, thickness + size * 1.3)
    return stack([drawn, block(scale_words(score, language), size, room)], size * 0.6)


def scale_words(score: Score, language: Language) -> str:
    """Return the yardstick of a bar with who set it; empty without one."""
    if score.target is None:
        return ""
    return text(
        "picture_yardstick",
        language,
        label=yardstick_label(score.target, language),
        target=target_words(score, language),
        whose=whose_words(score.target, language),
    )


def _trend(
    score: Score, trends: Trends, language: Language, room: tuple[float, float], size: float
) -> Box:
    return trend_panel(trends[score.label], language, unit_of(score), room, size)


def _parts(
    indicator_score: IndicatorScore, recent_from: int, language: Language, room: float, size: float
) -> Box:
    return stack(
        [
            row_box(part_row(score, language, recent_from), language, room, size)
            for score in indicator_score.scores
        ],
        size * 0.7,
    )


def part_row(score: Score, language: Language, recent_from: int) -> Row:
    """One of several data points as a row: name, value, year and target, and share or reason."""
    reason = text(f"reason_{score.reason}", language) if score.reason else ""
    year = score.observation.year if score.observation and score.share is not None else None
    return Row(
        part_name(score, language),
        score.share,
        score.band,
        state_class(score),
        reason,
        _facts(score, language),
        str(year or ""),
        is_older(score, recent_from),
    )


def _facts(score: Score, language: Language) -> str:
    if score.observation is None:
        return ""
    value = value_words(score, language)
    facts = f"{value} ({period(score.observation.period, language)})"
    if score.target is None:
        return facts
    return f"{facts}; {line_words(score.target, target_words(score, language), language)}"
