"""The names of the categories around the wheel, and the wheel's geometry that they share."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from components.markup import content

_CATEGORY_ARC, _LABEL_FOOT = 323, 340
_LINE_HEIGHT, _LABEL_SIZE = 19, 17
_LONGEST_LINE = 16


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


def category_labels(categories: list[Arc]) -> list[str]:
    """Category arcs and names, moved apart where they would touch, with a line back."""
    texts = [_lines(arc.name) for arc in categories]
    heights = [(len(lines) * _LINE_HEIGHT + 4) / _LABEL_FOOT for lines in texts]
    angles = _apart([arc.middle for arc in categories], heights)
    drawn = ['<g class="w-labels">']
    for arc, lines, angle in zip(categories, texts, angles, strict=True):
        arc_line = (
            f"M{point(_CATEGORY_ARC, arc.start)}A{_CATEGORY_ARC} {_CATEGORY_ARC} 0 0 1 "
            f"{point(_CATEGORY_ARC, arc.end)}"
        )
        lead = f"M{point(_CATEGORY_ARC, arc.middle)}L{point(_LABEL_FOOT - 5, angle)}"
        drawn.append(f'<path d="{arc_line}{lead}"/>{_radial_text(lines, angle)}')
    return [*drawn, "</g>"]


def _radial_text(lines: list[str], angle: float) -> str:
    left = angle > pi
    turn = angle * 180 / pi + (90 if left else -90)
    foot = -_LABEL_FOOT if left else _LABEL_FOOT
    first = -(len(lines) - 1) * _LINE_HEIGHT / 2 + _LABEL_SIZE * 0.34
    spans = "".join(
        f'<tspan x="{foot}" y="{short(first + index * _LINE_HEIGHT)}">{content(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    anchor = ' text-anchor="end"' if left else ""
    return f'<text transform="rotate({short(turn)})"{anchor}>{spans}</text>'


def _lines(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _apart(angles: list[float], heights: list[float]) -> list[float]:
    """Push neighbouring labels apart along the circle until none overlaps."""
    moved = list(angles)
    for _ in range(200):
        overlapping = False
        for left, right in pairwise(range(len(moved))):
            needed = (heights[left] + heights[right]) / 2
            missing = needed - (moved[right] - moved[left])
            if missing > 1e-4:
                moved[left] -= missing / 2
                moved[right] += missing / 2
                overlapping = True
        if not overlapping:
            break
    return moved
