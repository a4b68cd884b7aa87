"""The field of a trend, and names in it, each placed where it covers neither value nor name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from components.markup import content
from components.pictures.svg_boxes import words_width
from components.wheel_labels import short
from data.models import Observation

DOT = 4.5  # The radius of a value, in pixels.
# Distance of words from their point in sizes, right and down to the baseline; and their end.
Anchor = tuple[float, float, Literal["start", "middle", "end"]]
# Readers' fonts are up to a fifth wider than the one that measures.
_RESERVE = 1.2
# The outermost values keep this part of the width off the edges.
_INSET = 0.03


@dataclass(frozen=True, slots=True)
class Field:
    """The field between the axes: places inside it in pixels, written as the drawing needs them.

    ``left`` and ``top`` are its corner in a drawing; a ``relative`` one fills its drawing and is
    written in percent of it, with words of the reader's size instead of ``size``.
    """

    left: float
    top: float
    width: float
    height: float
    first: int
    last: int
    low: float
    high: float
    size: float
    relative: bool

    def x(self, year: float) -> float:
        """Return the distance of a year from the left edge."""
        if self.first == self.last:
            return self.width / 2
        part = (year - self.first) / (self.last - self.first)
        return self.width * (_INSET + (1 - 2 * _INSET) * part)

    def y(self, value: Decimal) -> float:
        """Return the distance of a value from the upper edge."""
        return self.height * (1 - (float(value) - self.low) / (self.high - self.low))

    def place(self, observation: Observation) -> tuple[float, float]:
        """Return the position of an observation."""
        return self.x(observation.year or self.first), self.y(observation.value or Decimal(0))

    def write_x(self, x: float) -> str:
        """Write a distance from the left edge."""
        return _percent(x, self.width) if self.relative else short(self.left + x)

    def write_y(self, y: float) -> str:
        """Write a distance from the upper edge."""
        return _percent(y, self.height) if self.relative else short(self.top + y)

    def write_width(self, width: float) -> str:
        """Write a length across."""
        return _percent(width, self.width) if self.relative else short(width)

    def write_height(self, height: float) -> str:
        """Write a length downward."""
        return _percent(height, self.height) if self.relative else short(height)

    def text(
        self,
        words: str,
        x: float,
        y: float,
        anchor: Anchor,
        *,
        look: str = "soft",
        scale: float = 1,
    ) -> str:
        """Return one line of words at an anchor of a place."""
        dx, dy, end = anchor
        ended = "" if end == "start" else f' text-anchor="{end}"'
        written = f'class="{look}"{ended}>{content(words)}</text>'
        if self.relative:
            moved = f' dx="{short(dx / scale)}em"' if dx else ""
            place = f'x="{self.write_x(x)}" y="{self.write_y(y)}"{moved}'
            return f'<text {place} dy="{dy / scale:.2f}em" {written}'
        place = f'x="{short(self.left + x + dx * self.size)}"'
        place += f' y="{short(self.top + y + dy * self.size)}"'
        start = f'<text font-size="{short(self.size * scale)}" {place}'
        halo = ""
        if "t-name" in look:
            halo = f'{start} aria-hidden="true" {written.replace("t-name", "t-halo")}'
        return f"{halo}{start} {written}"


def _percent(part: float, whole: float) -> str:
    return f"{short(100 * part / whole)}%"


@dataclass(slots=True)
class Names:
    """Names placed in a field so far, as boxes (left, top, right, bottom) with its values."""

    field: Field
    boxes: list[tuple[float, float, float, float]] = dataclasses.field(default_factory=list)

    def keep_clear(self, x: float, y: float) -> None:
        """Keep names off a value."""
        self.boxes.append((x - DOT, y - DOT, x + DOT, y + DOT))

    def fixed(self, words: str, x: float, y: float, anchor: Anchor, *, look: str) -> str:
        """Return words at a place of their own, which other names avoid."""
        self.boxes.append(self._box(words, x, y, anchor, look, 1))
        return self.field.text(words, x, y, anchor, look=look)

    def placed(
        self,
        words: Sequence[str],
        x: float,
        y: float,
        anchors: Iterable[Anchor],
        *,
        look: str,
        scale: float = 1,
        needed: bool = False,
    ) -> str:
        """Return the first of ``words`` at the first anchor with room; empty where none has it.

        What is ``needed`` stands at the first anchor then.
        """
        places = [(x, y, anchor) for anchor in anchors]
        # Beside the field only the width of a needed name is kept free.
        room = self.field.width if needed else self.field.size
        for wording in words:
            for left, top, anchor in places:
                box = self._box(wording, left, top, anchor, look, scale)
                if self._is_free(box, room):
                    self.boxes.append(box)
                    return self.field.text(wording, left, top, anchor, look=look, scale=scale)
        if not needed:
            return ""
        self.boxes.append(self._box(words[-1], *places[0], look, scale))
        return self.field.text(words[-1], *places[0], look=look, scale=scale)

    def along(
        self, words: Sequence[str], anchors: Sequence[tuple[float, Anchor]], y: float, *, look: str
    ) -> str:
        """Return the first of ``words`` that fits at one of several places of one height."""
        for wording in words:
            for x, anchor in anchors:
                if drawn := self.placed([wording], x, y, [anchor], look=look):
                    return drawn
        x, anchor = anchors[0]
        return self.placed(words[-1:], x, y, [anchor], look=look, needed=True)

    def _box(
        self, words: str, x: float, y: float, anchor: Anchor, look: str, scale: float
    ) -> tuple[float, float, float, float]:
        size = self.field.size
        dx, dy, end = anchor
        width = words_width(words, size * scale, look) * _RESERVE
        start = x + dx * size - {"start": 0, "middle": width / 2, "end": width}[end]
        foot = y + dy * size
        return start, foot - 0.8 * size * scale, start + width, foot + 0.25 * size * scale

    def _is_free(self, box: tuple[float, float, float, float], room: float) -> bool:
        left, top, right, bottom = box
        if (
            left < 0
            or right > self.field.width + room
            or top < -1.2 * self.field.size
            or bottom > self.field.height
        ):
            return False
        # Every anchor clears the value it belongs to, so that no box needs an exception.
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self.boxes
        )
