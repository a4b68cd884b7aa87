"""The five states in a picture: field, count and words; the fifth says how many lack what."""

from __future__ import annotations

from components.bands import band_words
from components.formats import integer
from components.pictures.svg_boxes import (
    Box,
    beside,
    block,
    label,
    stack,
    swatch,
    swatched,
    words_width,
)
from components.texts import text
from components.theme import BAND_CLASSES, NO_VALUE_CLASS
from data.groups import GroupScore
from data.models import Language
from data.scoring import BANDS

_WIDE = 560  # From this width on the legend stands in two columns.


def legend(
    group: GroupScore, without_value: int, language: Language, room: float, size: float
) -> Box:
    """Draw the count of indicators in each band; in two columns where they fit."""
    columns = 2 if room >= _WIDE else 1
    column = room / columns - (columns - 1) * size
    rows = [
        _row(BAND_CLASSES[band], group.bands[band], band_words(band, language), language, size)
        for band in BANDS
    ]
    with_value = group.bands["none"] - without_value
    for band_class, key, n in (
        (BAND_CLASSES["none"], "legend_with_value", with_value),
        (NO_VALUE_CLASS, "legend_without_value", without_value),
    ):
        words = text(key, language, n=n)
        rows.append(
            _indented(swatched(band_class, words, size * 0.92, column - size * 2), size * 2)
        )
    gap = size * 0.35
    if columns == 1:
        return stack(rows, gap)
    return beside([(0, stack(rows[:4], gap)), (room / 2 + size, stack(rows[4:], gap))])


def _row(band_class: str, count: int, words: str, language: Language, size: float) -> Box:
    counted = integer(count, language)
    count_end = size * 2.3 + words_width("00", size, "bold")
    named = block(words, size, float("inf"), x=count_end + size * 0.6)
    number = label(counted, size, count_end, size * 0.93, look="bold", end=True)
    field = swatch(band_class, size)
    if band_class == BAND_CLASSES["none"]:
        # This state is drawn in two ways, which the rows below tell apart.
        field += f'<g transform="translate({size * 0.85:.1f} 0)">{_half(size)}</g>'
    return Box(field + number + named.markup, named.height)


def _half(size: float) -> str:
    return (
        f'<rect class="paper" y="{size * 0.2:.1f}" width="{size * 0.85:.1f}" '
        f'height="{size * 0.95:.1f}"/>'
        f'<rect class="{NO_VALUE_CLASS}" y="{size * 0.2:.1f}" width="{size * 0.85:.1f}" '
        f'height="{size * 0.95:.1f}"/>'
    )


def _indented(box: Box, indent: float) -> Box:
    return beside([(indent, box)])
