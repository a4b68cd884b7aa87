"""Widths of words and line breaks, measured in the font of the pictures."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont

# Arimo has the widths of Arial, Helvetica and Liberation Sans, one of which nearly every
# reader's machine has: lines that are measured here fit in browsers as well as in the PNG.
FAMILY = "Arimo"
_BOLD = 700
_UNKNOWN_WIDTH = 0.75
ELLIPSIS = "…"


def font_file() -> Path:
    """The font that measures the words and draws them in the PNG; regular to bold in one."""
    return Path(fontpkg.path(FAMILY))


@cache
def _widths(bold: bool) -> Mapping[str, float]:
    """The width of every letter the font has, in parts of the font size."""
    font = TTFont(font_file())
    glyphs = font.getGlyphSet(location={"wght": _BOLD} if bold else None)
    scale = font["head"].unitsPerEm
    return {chr(code): glyphs[name].width / scale for code, name in font.getBestCmap().items()}


def covers(words: str) -> bool:
    """Return whether the font has every letter of ``words``."""
    return all(letter in _widths(False) for letter in words)


def width(words: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, in the unit of ``size``."""
    return size * _relative_width(words, bold)


# The same words are tried in lines of many widths.
@lru_cache(8192)
def _relative_width(words: str, bold: bool) -> float:
    letters = _widths(bold)
    return sum(letters.get(letter, _UNKNOWN_WIDTH) for letter in words)


def lines(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break ``words`` at their spaces so that no line is wider than ``room``.

    A no-break space holds. A single word that is too wide is broken after its hyphens, or
    else between letters.
    """
    broken: list[str] = []
    for word in words.split(" "):
        longer = f"{broken[-1]} {word}" if broken else word
        if broken and width(longer, size, bold=bold) <= room:
            broken[-1] = longer
        else:
            broken.extend(_pieces(word, size, room, bold=bold))
    return broken


def _pieces(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    if width(word, size, bold=bold) <= room:
        return [word]
    boxes = [""]
    for part in re.split("(?<=-)", word):
        units = [part] if width(part, size, bold=bold) <= room else part
        for unit in units:
            if boxes[-1] and width(boxes[-1] + unit, size, bold=bold) > room:
                boxes.append("")
            boxes[-1] += unit
    return boxes


def balanced(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """As few lines as ``lines`` makes, but of similar width, so that none holds a lone word."""
    best = lines(words, size, room, bold=bold)
    if len(best) < 2:
        return best
    longest = max(width(word, size, bold=bold) for word in words.split(" "))
    for part in range(95, 50, -5):
        if room * part / 100 < longest:
            break
        narrower = lines(words, size, room * part / 100, bold=bold)
        if len(narrower) > len(best):
            break
        best = narrower
    return best


def shortened(words: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """At most ``most`` lines; what does not fit ends in an ellipsis."""
    broken = lines(words, size, room, bold=bold)
    if len(broken) <= most:
        return broken
    last = broken[most - 1]
    while last and width(last + ELLIPSIS, size, bold=bold) > room:
        last = last[:-1]
    return [*broken[: most - 1], last.rstrip(" ,;:–—") + ELLIPSIS]
