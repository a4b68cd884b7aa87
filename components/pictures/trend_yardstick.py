"""Yardstick of a trend: its line, its name and the side of it that is good."""

from components.formats import number
from components.pictures.trend_names import Anchor, Field, Names
from components.texts import text
from components.trend import TrendSeries
from components.verdicts import line_words, whose_words
from data.models import Language


def across(field: Field) -> str:
    """Return the ends of a line from one side of the field to the other."""
    return f'x1="{field.write_x(0)}" x2="{field.write_x(field.width)}"'


def good_side(field: Field, series: TrendSeries) -> str:
    """Shade the values that meet the yardstick."""
    if series.target is None:
        return ""
    line = field.y(series.target.value)
    top, bottom = (0.0, line) if _is_higher_better(series) else (line, field.height)
    return (
        f'<rect class="t-good" x="{field.write_x(0)}" y="{field.write_y(top)}" '
        f'width="{field.write_width(field.width)}" height="{field.write_height(bottom - top)}"/>'
    )


def _is_higher_better(series: TrendSeries) -> bool:
    return series.target is not None and series.target.direction == "higher_is_better"


def yardstick(field: Field, series: TrendSeries, names: Names, language: Language) -> str:
    """The line of the yardstick, and its name and direction on the side that misses it."""
    target = series.target
    if target is None:
        return ""
    y = field.y(target.value)
    height = field.write_y(y)
    line = f'<line class="t-target" {across(field)} y1="{height}" y2="{height}"/>'
    names.lines.append(((0, y), (field.width, y)))
    value = number(target.value, language)
    name = line_words(target, value, language)
    better = text(f"trend_{target.direction}", language)
    whose = whose_words(target, language)
    words = [f"{name}{whose}, {better}", f"{name}, {better}", name, value]
    below = _is_higher_better(series)
    heights = (1.2, -0.45) if below else (-0.45, 1.2)
    anchors: list[tuple[float, Anchor]] = []
    for dy in heights:
        anchors += [(0, (0.3, dy, "start")), (field.width, (-0.3, dy, "end"))]
    return line + names.along(words, anchors, y, look="t-name t-yard")
