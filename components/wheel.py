"""The U4SSC wheel: three dimensions, their categories and every indicator as one SVG."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, degrees, pi, sin
from typing import NamedTuple

from components.ages import top_band_count
from components.bands import look_of, value_and_state
from components.markup import attribute, content
from components.texts import text
from components.wheel_labels import (
    HALF_HEIGHT,
    HALF_WIDTH,
    Arc,
    category_labels,
    letters_along,
    point,
    short,
)
from data.models import Language
from data.scores import Fulfilment, IndicatorScore
from data.scoring import BAND_EDGES

# Lengths are in units of the picture; 0 0 is the hub.
_RING_INNER, _RING_OUTER = 172, 206
_BAR_FOOT, _BAR_TOP = 214, 374
_UNRATED, _DOT = 224, 5.5  # Where the dots of unrated indicators stand, and how large they are.
_FILLED = 0.86  # of a sector; the rest keeps bars apart
BARE_RADIUS = 382
WHEEL_BOX = (-HALF_WIDTH, -HALF_HEIGHT, 2 * HALF_WIDTH, 2 * HALF_HEIGHT)
_CATEGORY_GAP, _DIMENSION_GAP = 0.35, 1.4  # in sectors


@dataclass(frozen=True, slots=True)
class _Sector:
    score: IndicatorScore
    start: float
    end: float


class Part(NamedTuple):
    """Some indicators of a wheel, and the code of the one that is marked, or none."""

    fulfilment: Fulfilment
    highlighted: str


def wheel_svg(
    fulfilment: Fulfilment,
    language: Language,
    title: str,
    indicator_address: Callable[[str], str],
    dimension_address: Callable[[str], str],
    *,
    listed: bool = False,
) -> str:
    """Draw the wheel; each sector is a link whose title says name, value, year and verdict.

    A bar's length is the share of the yardstick (the rings stand at the band edges), its colour
    and pattern the band; one of an older value is an outline on a tint. A small ring is a value
    without a score, a hatched dot no value at all. Angles run clockwise from twelve o'clock.

    Where the same links are ``listed`` beside it, it is a picture for eyes and pointers only: it
    has no name, its links have no titles and no tab stops, and its hub is empty for words of the
    page. A picture with a name (``img``) may hold no links.
    """
    box = " ".join(f"{length:g}" for length in WHEEL_BOX)
    drawing = wheel_drawing(
        fulfilment, language, indicator_address, dimension_address, listed=listed
    )
    named = 'aria-hidden="true"' if listed else f'role="group" aria-label="{attribute(title)}"'
    return f'<svg class="wheel" viewBox="{box}" {named}>{drawing}</svg>'


def wheel_drawing(  # noqa: PLR0913  # The choices that documents, files and cards make of one drawing.
    fulfilment: Fulfilment,
    language: Language,
    indicator_address: Callable[[str], str] | None = None,
    dimension_address: Callable[[str], str] | None = None,
    *,
    labels: bool = True,
    captioned: bool = True,
    listed: bool = False,
    part: Part | None = None,
) -> str:
    """The wheel around 0 0 without its ``svg``; no links without addresses.

    With ``labels`` it fills WHEEL_BOX, without them a circle of BARE_RADIUS. ``captioned`` says in
    the middle what the figure there counts. Of a ``part`` only its indicators are drawn, each at
    its usual place, and counted in the hub.
    """
    sectors, categories, dimensions = _layout(fulfilment, language)
    tab = ' tabindex="-1"' if listed else ""
    parts = [_rings(language if labels else None)]
    # The field that a pointer meets is the same for all sectors: documents hold it once.
    field = _bar(_BAR_TOP, (sectors[0].end - sectors[0].start) / 2)
    reach = f'<path class="{{}}" d="{field}"/>'
    if indicator_address:
        parts.append(f'<defs><path id="w-reach" d="{field}"/></defs>')
        reach = '<use class="{}" href="#w-reach"/>'
    for arc, key in zip(dimensions, fulfilment.dimensions(), strict=True):
        parts.append(_dimension(arc, key, dimension_address and dimension_address(key), tab))
    kept, highlighted = part or Part(fulfilment, "")
    codes = {score.indicator.code for score in kept.indicators}
    for sector in sectors:
        if sector.score.indicator.code not in codes:
            continue
        title = "" if listed else sector_title(sector.score, language)
        address = indicator_address and indicator_address(sector.score.indicator.slug)
        look = look_of(sector.score, fulfilment.recent_from)
        drawn = _sector(sector, look, title, reach)
        # Drawn at twelve o'clock and turned: bars that share coordinates compress to a third.
        turn = f' transform="rotate({degrees((sector.start + sector.end) / 2):.1f})"'
        on = ' class="on"' if sector.score.indicator.code == highlighted else ""
        parts.append(_linked(address, drawn, attributes=f"{tab}{turn}{on}"))
    if labels:
        parts.append(category_labels(tuple(categories)))
    if not listed:
        parts.append(_hub(kept, language, captioned=captioned))
    return "".join(parts)


def _linked(address: str | None, drawn: str, *, attributes: str) -> str:
    """Wrap a drawing in a link, or only in a group where there is no address."""
    if address is None:
        return f"<g{attributes}>{drawn}</g>"
    return f'<a{attributes} href="{attribute(address)}">{drawn}</a>'


def _layout(
    fulfilment: Fulfilment, language: Language
) -> tuple[list[_Sector], list[Arc], list[Arc]]:
    """Share the circle among the sectors, with a gap after each category and dimension."""
    groups = fulfilment.categories()
    ends_dimension = [
        index + 1 == len(groups) or groups[index + 1].dimension != group.dimension
        for index, group in enumerate(groups)
    ]
    gaps = [_DIMENSION_GAP if last else _CATEGORY_GAP for last in ends_dimension]
    unit = 2 * pi / (len(fulfilment.indicators) + sum(gaps))
    angle = unit * _DIMENSION_GAP / 2
    sectors: list[_Sector] = []
    categories: list[Arc] = []
    dimensions: list[Arc] = []
    dimension_start = angle
    for group, gap, last in zip(groups, gaps, ends_dimension, strict=True):
        start = angle
        for score in group.indicators:
            sectors.append(_Sector(score, angle, angle + unit))
            angle += unit
        categories.append(Arc((group.label or group.name)[language], start, angle))
        if last:
            name = text(f"dimension_short_{group.dimension}", language)
            dimensions.append(Arc(name, dimension_start, angle))
            dimension_start = angle + unit * gap
        angle += unit * gap
    return sectors, categories, dimensions


def _sector_path(inner: float, outer: float, start: float, end: float) -> str:
    far = int(end - start > pi)
    return (
        f"M{point(outer, start)}A{short(outer)} {short(outer)} 0 {far} 1 {point(outer, end)}"
        f"L{point(inner, end)}A{short(inner)} {short(inner)} 0 {far} 0 {point(inner, start)}Z"
    )


def _rings(language: Language | None) -> str:
    """Circles at the band edges and at 100 percent, whose name stands in the gap at the top."""
    circles = "".join(
        f'<circle r="{short(_BAR_FOOT + (_BAR_TOP - _BAR_FOOT) * edge / 100)}"/>'
        for edge in (*sorted(edge.lowest for edge in BAND_EDGES if edge.lowest), 100)
    )
    name = (
        f'<text class="w-ring" transform="rotate(-90)" x="{_BAR_TOP - 4}" y="5">'
        f"{content(text('ring_whole', language))}</text>"
        if language
        else ""
    )
    return f'<g class="w-rings">{circles}</g>{name}'


def _sector(sector: _Sector, look: str, title: str, reach: str) -> str:
    """Return title, field and shape of an indicator at twelve o'clock; ``reach`` takes classes."""
    score, width = sector.score, sector.end - sector.start
    if score.share is None:
        field, shape = "w-reach", f'<circle class="{look}" cy="-{_UNRATED}" r="{_DOT}"/>'
    else:
        # A share near zero still needs a bar that can be seen.
        top = _BAR_FOOT + max(6.0, (_BAR_TOP - _BAR_FOOT) * float(score.share) / 100)
        bar = _bar(top, width * _FILLED / 2)
        field, shape = "w-reach w-bed", f'<path class="{look}" d="{bar}"/>'
    named = f"<title>{content(title)}</title>" if title else ""
    return f"{named}{reach.format(field)}{shape}"


def _bar(top: float, half: float) -> str:
    """Draw a bar of half an angle at twelve o'clock; its ends are too short to look curved."""
    outer, inner = short(top * sin(half)), short(_BAR_FOOT * sin(half))
    head, foot = short(-top * cos(half)), short(-_BAR_FOOT * cos(half))
    return f"M-{outer} {head}H{outer}L{inner} {foot}H-{inner}Z"


def sector_title(score: IndicatorScore, language: Language) -> str:
    """Return what a sector says: name, value, year and verdict."""
    return f"{score.indicator.title[language]}: {value_and_state(score, language)}"


def _dimension(arc: Arc, key: str, address: str | None, tab: str) -> str:
    """A dimension's part of the inner ring, its name set along the ring as a link.

    Without an address, in files, its letters stand one by one: not all that draw SVG set text
    along a path.
    """
    band = _sector_path(_RING_INNER, _RING_OUTER, arc.start, arc.end)
    lower_half = pi / 2 < arc.middle < 3 * pi / 2
    radius = (_RING_INNER + _RING_OUTER) / 2 + (8 if lower_half else -8)
    if address is None:
        letters = letters_along(arc, radius, lower_half=lower_half)
        return (
            f'<g><title>{content(arc.name)}</title><path class="w-band" d="{band}"/>{letters}</g>'
        )
    start, end = (arc.end, arc.start) if lower_half else (arc.start, arc.end)
    line = (
        f"M{point(radius, start)}A{short(radius)} {short(radius)} 0 "
        f"{int(arc.end - arc.start > pi)} {int(not lower_half)} {point(radius, end)}"
    )
    return _linked(
        address,
        f'<path class="w-band" d="{band}"/><path id="w-{key}" fill="none" d="{line}"/>'
        f'<text class="w-name"><textPath href="#w-{key}" startOffset="50%">{content(arc.name)}'
        "</textPath></text>",
        attributes=f' class="w-dimension"{tab}',
    )


def _hub(fulfilment: Fulfilment, language: Language, *, captioned: bool) -> str:
    """The finding in the middle: how many of the scored indicators reach the top band."""
    reached, scored = top_band_count(fulfilment)
    lines = text("wheel_hub", language, n=reached).split("\n")
    small = "".join(
        f'<text class="w-hub" y="{40 + 26 * index}">{content(line)}</text>'
        for index, line in enumerate(lines)
    )
    figure = text("wheel_hub_figure", language, reached=reached, scored=scored)
    if not captioned:
        return f'<text class="w-figure" y="22">{content(figure)}</text>'
    return f'<text class="w-figure" y="4">{content(figure)}</text>{small}'
