"""A row of a picture: a name, and its share as a bar or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from components.bands import class_of, state_words
from components.formats import shown_share
from components.pictures.svg_boxes import (
    Box,
    beside,
    block,
    label,
    placed,
    share_bar,
    stack,
    swatched,
    words_width,
)
from components.texts import text
from data.fulfilment import IndicatorScore
from data.models import Language
from data.scoring import Band

_NAME_PART = 0.5  # Of the room; the rest is for bar and share.
_NARROW = 420  # Below this width the bar stands under the name.


@dataclass(frozen=True, slots=True)
class Row:
    """Words and share of a row; ``share`` is None where ``reason`` tells why."""

    name: str
    share: Fraction | None
    band: Band
    state_class: str
    reason: str
    more: str = ""


def indicator_row(score: IndicatorScore, language: Language) -> Row:
    """An indicator among others."""
    return Row(
        score.indicator.name[language],
        score.share,
        score.band,
        class_of(score),
        state_words(score, language),
        text("picture_by_points", language) if len(score.scored) > 1 else "",
    )


def row_box(row: Row, language: Language, room: float, size: float) -> Box:
    """A row ``room`` wide; names and reasons take as many lines as they need."""
    if room < _NARROW:
        return _narrow_row(row, language, room, size)
    name_room = room * _NAME_PART - size
    named = stack(
        [
            block(row.name, size, name_room),
            block(row.more, size * 0.87, name_room, look="soft"),
        ],
        0,
    )
    start = room * _NAME_PART
    if row.share is None:
        reason = swatched(row.state_class, row.reason, size * 0.93, room - start, look="soft")
        return beside([(0, named), (start, reason)])
    written = shown_share(row.share, language)
    length = room - start - words_width("000,0 %", size, "bold") - size * 0.5
    bar = Box(share_bar(row.share, row.band, length, size), size)
    markup = (
        placed(named, 0, 0)
        + placed(bar, start, size * 0.15)
        + label(written, size, room, size * 0.93, look="bold", end=True)
    )
    return Box(markup, named.height)


def _narrow_row(row: Row, language: Language, room: float, size: float) -> Box:
    """The name above the bar and its share, or above the reason why there is none."""
    named = [block(row.name, size, room), block(row.more, size * 0.87, room, look="soft")]
    if row.share is None:
        reason = swatched(row.state_class, row.reason, size * 0.93, room, look="soft")
        return stack([*named, reason], size * 0.15)
    written = shown_share(row.share, language)
    length = room - words_width("000,0 %", size, "bold") - size * 0.5
    drawn = share_bar(row.share, row.band, length, size) + label(
        written, size, room, size * 0.83, look="bold", end=True
    )
    return stack([*named, Box(drawn, size)], size * 0.15)
