"""Shapes on the axis of a row, and rows in groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from components.wheel_labels import short
from data.models import Indicator

ROW = 20.0  # The height of a picture in a document, in pixels.
DOT = 6.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A field from ``start`` to ``end``, or a dot at ``start``, in parts of the axis.

    ``height`` is in pixels of a row of 20; ``words`` show where a reader points.
    """

    look: str
    start: float
    end: float
    height: float
    kind: Literal["field", "dot"] = "field"
    words: str = ""

    def svg(self, width: float, unit: str, height: float) -> str:
        """Draw it on an axis of ``width``, written with ``unit``, in a row of ``height``."""
        if self.kind == "dot":
            radius = self.height / 2 * height / ROW
            return (
                f'<circle class="{self.look}" cx="{short(self.start * width)}{unit}" '
                f'cy="{short(height / 2)}" r="{short(radius)}"/>'
            )
        tall = self.height * height / ROW
        return (
            f'<rect class="{self.look}" x="{short(self.start * width)}{unit}" '
            f'y="{short((height - tall) / 2)}" '
            f'width="{short((self.end - self.start) * width)}{unit}" height="{short(tall)}"/>'
        )


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One indicator or data point; ``said`` are its words in a document, ``words`` in a file.

    ``city`` is whose value it is, empty for the first of the selection.
    """

    indicator: Indicator
    name: str
    shapes: Sequence[Shape]
    said: Sequence[Any]
    words: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading; ``axis`` are words at parts of the axis, ``below`` follows in pages."""

    heading: str
    axis: Sequence[tuple[float, str]]
    rows: Sequence[ViewRow]
    below: Sequence[Any] = ()


Sign = tuple[Shape, str]
