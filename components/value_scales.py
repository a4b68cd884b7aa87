"""A value without a past on a scale, beside its yardstick and values of other cities."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dash import html

from components.formats import number
from components.markup import Markup, content
from components.pictures.svg_boxes import words_width
from components.strips import anchor_at, dot_look, end_labels, position, scale_of, strip_svg
from components.texts import text
from data.city_values import OFF_SCALE
from data.models import Language, Observation, Words
from data.scores import Score

_AXIS, _ROW = 10, 20  # Where the axis lies, and how high a row of names is, in pixels.
# Pixels of the scale on the narrowest phone, of its words, and between two dots or two names.
_WIDTH, _SIZE, _APART = 290, 13, 9
_RESERVE = 1.2  # Readers' fonts are up to a fifth wider than the one that measures.
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # Of a name, left of its place.


def value_scale(
    score: Score,
    other_cities: Iterable[tuple[Words, Observation]],
    recent_from: int,
    language: Language,
) -> html.Div | None:
    """Draw a value that has no past beside its yardstick and values of other cities.

    Those of ``other_cities``, each with the name of its city, that share data point and unit are
    grey dots with their names in rows above. The scale begins at 0 and ends at a number that is
    written, as is that of the yardstick. None for what may not be compared, or has nothing
    beside it.
    """
    observation = score.observation
    if observation is None or not observation.rate:
        return None
    beside = [
        (city, other)
        for city, other in other_cities
        if other.rate
        and (other.data_point, other.unit_code) == (score.label, observation.unit_code)
        and other.unit_code not in OFF_SCALE
    ]
    scale = scale_of(score, [other for _, other in beside])
    if scale is None or not (scale.yardstick or beside):
        return None
    places = [float(position(other.value or Decimal(0), scale.end)) for _, other in beside]
    heights = _heights(float(scale.value), places)
    names = [
        f"{city[language]} {number(other.value or Decimal(0), language)}" for city, other in beside
    ]
    svg = strip_svg(
        scale.value,
        scale.yardstick,
        scale.direction,
        dot_look(score, recent_from),
        "".join(
            f'<circle class="dot other" cx="{place:.4g}%" cy="{height}" r="4"/>'
            for place, height in zip(places, heights, strict=True)
        ),
        end_labels(
            scale.end, score.target.value if scale.yardstick and score.target else None, language
        ),
    )
    key = html.P(text("trend_key_city", language), className="note") if beside else None
    # A row has room for one dot above the axis.
    rows = [*_rows(names, places), *[_row("")] * ((_AXIS - min(heights, default=_AXIS)) // _ROW)]
    return html.Div([Markup("".join([*rows, svg]), className="scale-box"), key])


def _heights(own: float, places: Sequence[float]) -> list[int]:
    """Return where dots stand: one that would lie on another above it, for height means nothing."""
    dots: list[tuple[float, int]] = [(own, _AXIS)]
    for place in places:
        height = _AXIS
        while any(
            abs(place - at) * _WIDTH / 100 < _APART and level == height for at, level in dots
        ):
            height -= _APART
        dots.append((place, height))
    return [height for _, height in dots[1:]]


def _rows(names: Sequence[str], places: Sequence[float]) -> list[str]:
    """Write names above their places, the highest row first; none reaches another of its row."""
    rows: list[list[tuple[float, float, str]]] = []
    for place, name in sorted(zip(places, names, strict=True)):
        width = words_width(name, _SIZE) * _RESERVE
        left = place * _WIDTH / 100 - _SHARE[anchor_at(place)] * width
        written = f'<text x="{place:.4g}%" y="12" text-anchor="{anchor_at(place)}">'
        label = left, left + width + _APART, f"{written}{content(name)}</text>"
        row = next((row for row in rows if row[-1][1] <= left), None)
        if row is None:
            rows.append([label])
        else:
            row.append(label)
    return [_row("".join(words for *_, words in row)) for row in reversed(rows)]


def _row(words: str) -> str:
    return f'<svg class="scale" aria-hidden="true">{words}</svg>'
