"""Contents of the statistics' picture: the headline figures, and the spread of scores."""

import math
from collections.abc import Sequence
from dataclasses import replace

from components.pictures.frame import Sheet
from components.pictures.page_card import PHONE_SCALE, figures_in, rows_box, rows_sheet
from components.pictures.svg_boxes import Box, block, label, stack, words_width
from components.quiz.spread import chance_words
from components.quiz.statistics import finding, headline_part
from components.texts import text
from components.wheel_labels import short
from data.models import Language
from quiz.models import RUN_LENGTH
from quiz.statistics import ScoreBin, Statistics

_GAP = 24.0
_HIGH, _SHARE_OF_CARD = 220.0, 0.5
_FOOT, _HEAD = 2.7, 1.8  # Room for words below and above the columns, in font sizes.


def statistics_sheet(statistics: Statistics, language: Language) -> Sheet:
    """Return words and drawings; while too few have answered it says so, without figures."""
    rows = (
        () if statistics.participants is None else figures_in(headline_part(statistics, language))
    )
    sheet = rows_sheet(text("stats_title", language), finding(statistics, language), rows)
    if not statistics.first.scores:
        return sheet

    def drawn(room: float, scale: float, size: float) -> Box:
        figures = rows_box(rows, (room, math.inf), scale)
        return stack([figures, _spread(statistics, language, room, _HIGH, size)], _GAP)

    def card(room: tuple[float, float]) -> Box:
        figures = rows_box(rows, (room[0], room[1] * _SHARE_OF_CARD))
        spread_height = room[1] - figures.height - _GAP
        return stack([figures, _spread(statistics, language, room[0], spread_height, 18)], _GAP)

    return replace(
        sheet,
        chart=lambda room: drawn(room, 1, 15),
        card=card,
        phone=lambda room: drawn(room, PHONE_SCALE, 14),
    )


def _spread(
    statistics: Statistics, language: Language, room: float, height: float, size: float
) -> Box:
    """Draw a column per score from 0 to 10, and where guessing would lead, ``height`` high.

    Areas are runs: scores that are counted together are drawn as their mean.
    """
    caption = block(text("quiz_spread_caption", language), size, room, look="bold")
    column, top = room / (RUN_LENGTH + 1), caption.height + _HEAD * size
    foot = height - _FOOT * size
    chance = (float(statistics.chance) + 0.5) * column
    words = text("quiz_spread_chance", language, chance=chance_words(statistics.chance, language))
    parts = [
        caption.markup,
        _columns(statistics.first.scores, column, top, foot),
        f'<rect class="soft" y="{short(foot)}" width="{short(room)}" height="1"/>',
        *(
            _centred(str(score), size, (score + 0.5) * column, foot + 1.2 * size)
            for score in range(RUN_LENGTH + 1)
        ),
        _centred(text("quiz_spread_axis", language), size, room / 2, foot + 2.5 * size),
        _mark(chance, top, foot),
        _centred(words, size, max(chance, words_width(words, size) / 2), top - size * 0.4),
    ]
    return Box("".join(parts), height)


def _columns(bins: Sequence[ScoreBin], column: float, top: float, foot: float) -> str:
    mean = {scores: scores.runs / (scores.highest - scores.lowest + 1) for scores in bins}
    tallest = max(mean.values())
    drawn = []
    for scores, runs in mean.items():
        high = (foot - top) * runs / tallest if tallest else 0
        wide = (scores.highest - scores.lowest + 1) * column - 4
        drawn.append(
            f'<rect class="way" x="{short(scores.lowest * column + 2)}" y="{short(foot - high)}" '
            f'width="{short(wide)}" height="{short(high)}"/>'
        )
    return "".join(drawn)


def _mark(x: float, top: float, foot: float) -> str:
    """Draw a dotted line that is seen on columns too."""
    return (
        f'<rect class="paper" x="{short(x - 2)}" y="{short(top)}" width="4" '
        f'height="{short(foot - top)}"/>'
        f'<path class="t-break" d="M{short(x)} {short(top)}V{short(foot)}"/>'
    )


def _centred(words: str, size: float, x: float, y: float) -> str:
    return label(words, size, x - words_width(words, size) / 2, y, look="soft")
