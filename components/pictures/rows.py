"""Rows of a picture: names with their share or its reason, and the legend of the bands."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from components.ages import years_words
from components.bands import age_key, class_of, state_counts, state_name, state_words
from components.formats import integer, shown_share
from components.pictures.svg_boxes import (
    Box,
    beside,
    block,
    chip_width,
    label,
    marked,
    placed,
    share_bar,
    stack,
    swatch,
    swatched,
    words_width,
    year_chip,
)
from components.texts import text
from data.ages import ages_of
from data.models import Language
from data.scores import IndicatorScore
from data.scoring import Band

_NAME_PART = 0.5  # Of the room; the rest is for bar and share.
_YEAR_SIZE = 0.87  # Of the other words.
_WIDEST_YEARS = "2000–2000"
_NARROW = 420  # Below this width the bar stands under the name.
_TWO_COLUMNS = 560  # From this width on the legend stands in two columns.


@dataclass(frozen=True, slots=True)
class Row:
    """Words, share and years of a row; ``share`` is None where ``reason`` tells why.

    ``counted`` says what the share is of, where that is not the yardstick.
    """

    name: str
    share: Fraction | None
    band: Band
    state_class: str
    reason: str
    more: str = ""
    years: str = ""
    older: bool = False
    counted: str = ""


def indicator_row(score: IndicatorScore, recent_from: int, language: Language) -> Row:
    """An indicator among others."""
    return Row(
        score.indicator.title[language],
        score.share,
        score.band,
        class_of(score),
        state_words(score, language),
        years=years_words(score.years),
        older=not score.is_recent(recent_from),
        counted=text("share_counted", language) if len(score.scored) > 1 else "",
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
        reason = marked(row.state_class, row.reason, size * 0.93, room - start, look="soft")
        return beside([(0, named), (start, reason)])
    written = shown_share(row.share, language)
    small, end = size * _YEAR_SIZE, room - _chip_width(row, size)
    length = end - start - words_width("000,0 %", size, "bold") - size * 0.5
    bar = Box(share_bar(row.share, row.band, length, size, older=row.older), size)
    chip = Box(year_chip(row.years, small, room, older=row.older), small)
    markup = (
        placed(named, 0, 0)
        + placed(bar, start, size * 0.15)
        + label(written, size, end, size * 0.93, look="bold", end=True)
        + _counted(row, end, size * 2.1, small)
        + placed(chip, 0, size * 0.07)
    )
    return Box(markup, max(named.height, size * 2.4) if row.counted else named.height)


def _narrow_row(row: Row, language: Language, room: float, size: float) -> Box:
    """The name above the bar and its share, or above the reason why there is none."""
    named = [block(row.name, size, room), block(row.more, size * 0.87, room, look="soft")]
    if row.share is None:
        reason = marked(row.state_class, row.reason, size * 0.93, room, look="soft")
        return stack([*named, reason], size * 0.15)
    written = shown_share(row.share, language)
    small, end = size * _YEAR_SIZE, room - _chip_width(row, size)
    length = end - words_width("000,0 %", size, "bold") - size * 0.5
    chip = Box(year_chip(row.years, small, room, older=row.older), small)
    drawn = (
        share_bar(row.share, row.band, length, size, older=row.older)
        + label(written, size, end, size * 0.83, look="bold", end=True)
        + _counted(row, end, size * 2, small)
        + placed(chip, 0, -size * 0.03)
    )
    return stack([*named, Box(drawn, size * 2.3 if row.counted else size)], size * 0.15)


def _counted(row: Row, end: float, base: float, size: float) -> str:
    """Below the share what it is of, so that both read as one."""
    return label(row.counted, size, end, base, look="soft", end=True) if row.counted else ""


def _chip_width(row: Row, size: float) -> float:
    """The room of the years; as much for one year as for two, so that bars are of one length."""
    return chip_width(_WIDEST_YEARS, size * _YEAR_SIZE) if row.years else 0


def legend(
    members: Iterable[IndicatorScore],
    recent_from: int,
    language: Language,
    room: float,
    size: float,
) -> Box:
    """Draw the count of indicators in each state and by age; in two columns where they fit."""
    columns = 2 if room >= _TWO_COLUMNS else 1
    column = room / columns - (columns - 1) * size
    scores = tuple(members)
    rows = [
        _legend_row(look, count, language, column, size)
        for look, count in state_counts(scores).items()
    ]
    ages = age_key(ages_of(scores, recent_from), language)
    rows += [swatched(look, words, size * 0.92, column - size) for look, words in ages]
    gap, half = size * 0.35, ceil(len(rows) / columns)
    drawn = [(0.0, stack(rows[:half], gap)), (room / 2 + size, stack(rows[half:], gap))]
    return beside(drawn[:columns])


def _legend_row(look: str, count: int, language: Language, room: float, size: float) -> Box:
    count_end = size * 2.3 + words_width("00", size, "bold")
    start = count_end + size * 0.6
    named = block(state_name(look, language), size, room - start, x=start)
    number = label(integer(count, language), size, count_end, size * 0.93, look="bold", end=True)
    return Box(swatch(look, size) + number + named.markup, named.height)
