"""State of an indicator in a picture: mark, words and years, and the bands of its parts."""

from components.ages import years_words
from components.bands import band_words, look_of
from components.bands import state_line as state_line_words
from components.pictures.svg_boxes import (
    MARK_INDENT,
    RESERVE,
    Box,
    beside,
    chip_width,
    marked,
    stack,
    swatched,
    words_width,
    year_chip,
)
from components.theme import BAND_CLASSES
from data.models import Language
from data.scores import IndicatorScore
from data.scoring import BANDS


def state_line(
    indicator_score: IndicatorScore, recent_from: int, language: Language, room: float, size: float
) -> Box:
    """The state of the whole indicator: mark, words and the years of the scored values."""
    words = state_line_words(indicator_score, language)
    years = years_words(indicator_score.years)
    chip_span = chip_width(years, size)
    state = marked(
        look_of(indicator_score, recent_from), words, size, room - chip_span, look="bold"
    )
    if not years:
        return state
    # Beside the words where they are one line, or else at the end of the first of several.
    indent = size * MARK_INDENT
    one_line = words_width(words, size, "bold") / RESERVE <= room - chip_span - indent
    wide = words_width(words, size, "bold") / RESERVE if one_line else room - chip_span - indent
    older = not indicator_score.is_recent(recent_from)
    chip = year_chip(years, size * 0.95, indent + wide + chip_span, older=older)
    return Box(state.markup + chip, state.height)


def state_key(indicator_score: IndicatorScore, language: Language, room: float, size: float) -> Box:
    """The bands of the parts, side by side; what is not rated has its reason beside it."""
    bands = {indicator_score.band, *(score.band for score in indicator_score.scored)} - {"none"}
    small = size * 0.8
    rows: list[list[tuple[float, Box]]] = [[]]
    x = 0.0
    for band in (band for band in BANDS if band in bands):
        words = band_words(band, language)
        wide = small * 2.3 + words_width(words, small) / RESERVE
        if x + wide > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, swatched(BAND_CLASSES[band], words, small, float("inf"), look="soft")))
        x += wide + small * 1.6
    return stack([beside(row) for row in rows], small * 0.3)
