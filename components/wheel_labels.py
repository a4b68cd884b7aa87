"""The names of the categories around the wheel, and the wheel's geometry that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, degrees, pi, sin, sqrt

from components.markup import content

# Lengths are in units of the wheel, whose middle is 0 0.
HALF_WIDTH, HALF_HEIGHT = 560, 452
LABEL_SIZE, _LINE_HEIGHT, _LABEL_GAP = 21, 22, 4
_CATEGORY_ARC, _LABEL_RADIUS = 388, 410
_ELBOW = 6
_LONGEST_LINE = 13
# Near twelve and six o'clock names of both sides would meet in the middle.
_LEAST_X = 24.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A named part of the circle, in radians clockwise from twelve o'clock."""

    name: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        """The angle of its name, in radians."""
        return (self.start + self.end) / 2


def point(radius: float, angle: float) -> str:
    """A place by radius and angle, clockwise from twelve o'clock."""
    return f"{short(radius * sin(angle))} {short(-radius * cos(angle))}"


def short(length: float) -> str:
    """One decimal at most, since a picture carries hundreds of coordinates."""
    rounded = round(length, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


@lru_cache(16)  # They are the same in every year.
def category_labels(categories: tuple[Arc, ...]) -> str:
    """Draw the arc of each category and its upright name at the side, joined by an elbow."""
    drawn = ['<g class="w-labels">']
    for right in (True, False):
        arcs = [arc for arc in categories if (arc.middle <= pi) is right]
        arcs.sort(key=lambda arc: -cos(arc.middle))
        lines = [_lines(arc.name) for arc in arcs]
        heights = [len(words) * _LINE_HEIGHT + _LABEL_GAP for words in lines]
        heads = _apart([-_LABEL_RADIUS * cos(arc.middle) for arc in arcs], heights)
        drawn += [
            _label(arc, words, head, right=right)
            for arc, words, head in zip(arcs, lines, heads, strict=True)
        ]
    return "".join([*drawn, "</g>"])


def _label(arc: Arc, lines: list[str], middle: float, *, right: bool) -> str:
    half = len(lines) * _LINE_HEIGHT / 2
    nearest = max(0.0, abs(middle) - half)
    x = max(_LEAST_X, sqrt(max(0.0, _LABEL_RADIUS**2 - nearest**2))) * (1 if right else -1)
    # Whole units, and arcs drawn at twelve o'clock and turned: names are a third of the drawing.
    half_arc = (arc.end - arc.start) / 2
    across, down = f"{_CATEGORY_ARC * sin(half_arc):.0f}", f"{_CATEGORY_ARC * cos(half_arc):.0f}"
    drawn = (
        f'<path transform="rotate({degrees(arc.middle):.0f})" '
        f'd="M-{across}-{down}A{_CATEGORY_ARC} {_CATEGORY_ARC} 0 0 1 {across}-{down}"/>'
        f'<path d="M{_CATEGORY_ARC * sin(arc.middle):.0f} {-_CATEGORY_ARC * cos(arc.middle):.0f}'
        f'L{x:.0f} {middle:.0f}"/>'
    )
    foot, first = x + (_ELBOW if right else -_ELBOW), middle - half + _LINE_HEIGHT * 0.76
    spans = "".join(
        f'<tspan x="{foot:.0f}" y="{first + place * _LINE_HEIGHT:.0f}">{content(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    anchor = "" if right else ' text-anchor="end"'
    return f"{drawn}<text{anchor}>{spans}</text>"


def _lines(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Move names of one side apart until none overlaps, and none leaves the picture."""
    middles = list(wanted)
    for _ in range(400):
        for upper, lower in pairwise(range(len(middles))):
            missing = (heights[upper] + heights[lower]) / 2 - (middles[lower] - middles[upper])
            if missing > 0:
                middles[upper] -= missing / 2
                middles[lower] += missing / 2
        for index, height in enumerate(heights):
            limit = HALF_HEIGHT - height / 2
            middles[index] = min(max(middles[index], -limit), limit)
    return middles
