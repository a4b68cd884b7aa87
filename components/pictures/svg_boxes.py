"""Boxes of a picture: SVG that is measured, stacked and placed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from components.ages import aged_class
from components.markup import content
from components.pictures import lettering
from components.theme import BAND_CLASSES, MARKS, OLDER_CLASS
from components.wheel_labels import short
from data.scoring import BAND_EDGES, Band

_ASCENT = 0.93  # From the top of a line to its baseline, in parts of the font size.
_LEADING, _TIGHT_LEADING = 1.3, 1.17
RESERVE = 0.885  # What lines may fill, since a reader's font may be an eighth wider.
_LARGE = 18  # From this size on lines are balanced, and bold ones set tightly.
MARK_INDENT = 1.4  # From the left of a disc to the words beside it, in font sizes.
_MARK_TOP = 0.1
_PILL = 0.5  # Before and after the year in a pill, in font sizes.
_SHORTEST = 0.8  # Even a share of zero leaves something to see, in percent.


@dataclass(frozen=True, slots=True)
class Box:
    """Markup drawn from 0 0 downward, and the height it takes."""

    markup: str
    height: float


EMPTY = Box("", 0)


def placed(box: Box, x: float, y: float) -> str:
    """The markup of a box moved to ``x`` ``y``."""
    if not box.markup:
        return ""
    return f'<g transform="translate({short(x)} {short(y)})">{box.markup}</g>'


def stack(boxes: Iterable[Box], gap: float) -> Box:
    """Boxes below each other, ``gap`` apart; empty ones take no room."""
    parts: list[str] = []
    height = 0.0
    for box in boxes:
        if not box.height:
            continue
        top = height + gap if parts else 0.0
        parts.append(placed(box, 0, top))
        height = top + box.height
    return Box("".join(parts), height)


def beside(boxes: Sequence[tuple[float, Box]]) -> Box:
    """Boxes side by side, each with the x it starts at."""
    tallest = max((box.height for _, box in boxes), default=0)
    return Box("".join(placed(box, x, 0) for x, box in boxes), tallest)


def block(
    words: str, size: float, room: float, *, look: str = "", most: int = 0, x: float = 0
) -> Box:
    """Words in as many lines as they need within ``room``, or in at most ``most``.

    ``look`` is a list of classes, of which ``bold`` and ``link`` are set in bold.
    """
    if not words:
        return EMPTY
    bold = _is_bold(look)
    room *= RESERVE
    if most:
        broken = lettering.shortened(words, size, room, most, bold=bold)
    elif size >= _LARGE:
        broken = lettering.balanced(words, size, room, bold=bold)
    else:
        broken = lettering.lines(words, size, room, bold=bold)
    leading = size * (_TIGHT_LEADING if size >= _LARGE and bold else _LEADING)
    spans = "".join(
        f'<tspan x="{short(x)}" y="{short(size * _ASCENT + index * leading)}">{content(line)}'
        "</tspan>"
        for index, line in enumerate(broken)
    )
    named = f' class="{look}"' if look else ""
    return Box(f'<text font-size="{short(size)}"{named}>{spans}</text>', len(broken) * leading)


def flowing(parts: Sequence[tuple[str, str]], size: float) -> Box:
    """Words of several looks in one line, each where the one before it ends in any font."""
    gap = f' dx="{short(size)}"'
    spans = "".join(
        f'<tspan class="{look}"{gap if at else ""}>{content(words)}</tspan>'
        for at, (words, look) in enumerate(parts)
    )
    line = f'<text font-size="{short(size)}" y="{short(size * _ASCENT)}">{spans}</text>'
    return Box(line, size * _LEADING)


def label(words: str, size: float, x: float, y: float, *, look: str = "", end: bool = False) -> str:
    """One line whose baseline starts, or ends, at ``x`` ``y``."""
    named = f' class="{look}"' if look else ""
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text font-size="{short(size)}" x="{short(x)}" y="{short(y)}"{named}{anchor}>'
        f"{content(words)}</text>"
    )


def _is_bold(look: str) -> bool:
    return not {"bold", "link"}.isdisjoint(look.split())


def words_width(words: str, size: float, look: str = "") -> float:
    """The width of one line in a look."""
    return lettering.width(words, size, bold=_is_bold(look))


def swatch(band_class: str, size: float) -> str:
    """A field in a state's colour and pattern, as wide as two lines are high."""
    return (
        f'<rect class="{band_class}" y="{short(size * 0.2)}" width="{short(size * 1.7)}" '
        f'height="{short(size * 0.95)}" rx="2"/>'
    )


def mark(state: str, size: float) -> str:
    """The disc of a state, or of one with an older value, as high as letters of ``size``."""
    name, _, older = state.partition(" ")
    shape = re.sub(r'class="(m\d)"', rf'class="\1 {OLDER_CLASS}"', MARKS[name])
    move = f"translate(0 {short(size * _MARK_TOP)}) scale({size / 16:.4f})"
    return f'<g transform="{move}">{shape if older else MARKS[name]}</g>'


def marked(state: str, words: str, size: float, room: float, *, look: str = "") -> Box:
    """A state's disc and the words beside it, as pages and frames have them."""
    indent = size * MARK_INDENT
    words_box = block(words, size, room - indent, look=look, x=indent)
    return Box(mark(state, size) + words_box.markup, words_box.height)


def swatched(band_class: str, words: str, size: float, room: float, *, look: str = "") -> Box:
    """The key to bars and fields in a state, and the words beside it."""
    indent = size * 2.3
    words_box = block(words, size, room - indent, look=look, x=indent)
    return Box(swatch(band_class, size) + words_box.markup, words_box.height)


def year_chip(words: str, size: float, right: float, *, older: bool) -> str:
    """Years on the first line of a row, ending at ``right``; in a pill for an older value."""
    if not words:
        return ""
    base, pad = size * _ASCENT, size * _PILL
    text = label(words, size, right - pad, base, look="soft", end=True)
    if not older:
        return text
    # Wider than the words by what a reader's font may be.
    width = words_width(words, size) / RESERVE + 2 * pad
    return (
        f'<rect class="pill" x="{short(right - width)}" y="{short(size * 0.02)}" '
        f'width="{short(width)}" height="{short(size * 1.24)}" rx="{short(size * 0.62)}"/>{text}'
    )


def chip_width(words: str, size: float) -> float:
    """Return the width that ``year_chip`` takes, the gap before it included; 0 without words."""
    return words_width(words, size) / RESERVE + (2 * _PILL + 0.6) * size if words else 0


def share_bar(
    share: Fraction, band: Band, length: float, thickness: float, *, older: bool = False
) -> str:
    """A bar from 0 to 100 percent of the yardstick, with ticks at the band edges."""
    look = aged_class(BAND_CLASSES[band], older=older)
    reached = length * max(_SHORTEST, float(share)) / 100
    height = short(thickness)
    ticks = "".join(
        f'<rect class="tick" x="{short(length * edge.lowest / 100)}" width="1" height="{height}"/>'
        for edge in BAND_EDGES
        if edge.lowest
    )
    return (
        f'<rect class="bed" width="{short(length)}" height="{height}"/>'
        f'<rect class="{look}" width="{short(reached)}" height="{height}"/>{ticks}'
    )
