"""Patterns of bands as lines: not all programs that draw SVG fill shapes with patterns."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil, cos, pi, radians, sin

from components.theme import Hatch
from components.wheel_labels import short

_Point = tuple[float, float]
_CORNERS = 24  # Of a circle.


def hatch_lines(tag: str, attributes: str, hatch: Hatch, ink: str) -> str:
    """Return the pattern of a shape in the colour ``ink``, as a path that stays inside it.

    The shape is a ``rect``, a ``circle``, or a ``path`` of a bar, by its tag and attributes.
    """
    corners = _corners(tag, attributes)
    drawn: list[str] = []
    for angle in hatch.angles:
        for start, end in _across(corners, radians(angle), hatch.gap):
            if hatch.dot:
                drawn += _dots(start, end, hatch)
            else:
                drawn.append(
                    f"M{short(start[0])} {short(start[1])}L{short(end[0])} {short(end[1])}"
                )
    look = (
        f'fill="{ink}"'
        if hatch.dot
        else f'fill="none" stroke="{ink}" stroke-width="{hatch.width:g}"'
    )
    if hatch.opacity < 1:
        look += f' stroke-opacity="{hatch.opacity:g}"'
    return f'<path {look} d="{"".join(drawn)}"/>'


def _corners(tag: str, attributes: str) -> list[_Point]:
    """Return the corners of a convex shape in order."""
    if tag == "path":
        left, head, right, low_right, foot, low_left = (
            float(number) for number in re.findall(r"-?[\d.]+", attributes)
        )
        return [(left, head), (right, head), (low_right, foot), (low_left, foot)]
    sizes = {name: float(size) for name, size in re.findall(r' (\w+)="(-?[\d.]+)"', attributes)}
    if tag == "circle":
        x, y, radius = sizes.get("cx", 0), sizes.get("cy", 0), sizes["r"]
        turns = (2 * pi * corner / _CORNERS for corner in range(_CORNERS))
        return [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]
    left, top = sizes.get("x", 0), sizes.get("y", 0)
    right, foot = left + sizes["width"], top + sizes["height"]
    return [(left, top), (right, top), (right, foot), (left, foot)]


def _across(corners: list[_Point], angle: float, gap: float) -> Iterator[tuple[_Point, _Point]]:
    """Yield the parts inside the shape of parallel lines, each half a gap from where tiles end.

    Their normal has the angle, in radians.
    """
    depths = [x * cos(angle) + y * sin(angle) for x, y in corners]
    level = (ceil(min(depths) / gap - 0.5) + 0.5) * gap
    while level < max(depths):
        ends = []
        closed = [*zip(corners, depths, strict=True), (corners[0], depths[0])]
        for (start, low), (end, high) in pairwise(closed):
            if (low < level) != (high < level):
                part = (level - low) / (high - low)
                (x1, y1), (x2, y2) = start, end
                ends.append((x1 + (x2 - x1) * part, y1 + (y2 - y1) * part))
        yield ends[0], ends[1]
        level += gap


def _dots(start: _Point, end: _Point, hatch: Hatch) -> Iterator[str]:
    """Yield whole dots at their places on a level line."""
    (left, y), (right, _) = sorted((start, end))
    radius = hatch.dot
    x = (ceil((left + radius) / hatch.gap - 0.5) + 0.5) * hatch.gap
    while x + radius <= right:
        arc, width = f"a{radius:g} {radius:g} 0 1 0 ", short(2 * radius)
        yield f"M{short(x - radius)} {short(y)}{arc}{width} 0{arc}-{width} 0z"
        x += hatch.gap
