"""Sparklines: the values of one data point over the years, as a tiny picture beside words."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from components.markup import Markup
from components.trend import TrendSeries
from data.models import Observation

# Percent of the picture that stays free around the values, so that dots are whole.
_SIDE, _HEAD = 5.0, 12.0


def sparkline(
    values: Sequence[Observation],
    until: int,
    look: str,
    yardstick: Decimal | None = None,
    other_values: Sequence[Observation] = (),
) -> Markup:
    """Draw dated values from the first year to ``until``, the newest as a dot of class ``look``.

    A line joins successive years of one source and definition, as in larger charts; other values
    stand alone. The yardstick is a dashed line, ``other_values`` are grey dots. Lengths are in
    percent of the picture, so that it has no size of its own. Words must stand beside it.
    """
    levels = [float(value.value) for value in (*values, *other_values) if value.value is not None]
    levels += [float(yardstick)] if yardstick is not None else []
    low, spread = min(levels), max(levels) - min(levels) or 1.0
    years = [value.year or until for value in (*values, *other_values)]
    first, length = min(years), max(until - min(years), 1)

    def place(value: Observation) -> tuple[str, str]:
        x = _SIDE + (100 - 2 * _SIDE) * ((value.year or until) - first) / length
        return f"{x:.0f}", level(value.value)

    def level(number: Decimal | None) -> str:
        return f"{100 - _HEAD - (100 - 2 * _HEAD) * (float(number or 0) - low) / spread:.0f}"

    segments = TrendSeries("", tuple(values), None).segments()
    path = _path(segments, place)
    joined = {value.value_id or value.period for segment in segments for value in segment}
    alone = [value for value in values[:-1] if (value.value_id or value.period) not in joined]
    yard = level(yardstick)
    parts = [
        f'<line class="spark-yard" x2="100%" y1="{yard}%" y2="{yard}%"/>'
        if yardstick is not None
        else "",
        # A picture of its own, so that it can be stretched and text and dots are not.
        f'<svg viewBox="0 0 100 100" preserveAspectRatio="none"><path d="{path}"/></svg>'
        if path
        else "",
    ]
    for radius, css_class, members in (
        ("2.5", ' class="spark-other"', other_values),
        ("2", "", alone),
        ("4", f' class="{look}"', values[-1:]),
    ):
        for value in members:
            x, y = place(value)
            parts.append(f'<circle{css_class} cx="{x}%" cy="{y}%" r="{radius}"/>')
    return Markup(
        f'<svg class="spark" aria-hidden="true">{"".join(parts)}</svg>',
        inline=True,
        className="spark-box",
    )


def _path(
    segments: Sequence[tuple[Observation, Observation]],
    place: Callable[[Observation], tuple[str, str]],
) -> str:
    """Return the path through all segments, without a break where one begins at another's end."""
    path = ""
    for number, (left, right) in enumerate(segments):
        joins = number and segments[number - 1][1] is left
        path += ("" if joins else "M{} {}".format(*place(left))) + "L{} {}".format(*place(right))
    return path
