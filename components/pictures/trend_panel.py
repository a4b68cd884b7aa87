"""Values over the years at any size: gaps stay gaps, proxies stand apart, labels never touch."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from components.formats import number, period, quantity
from components.markup import attribute, content
from components.pictures.svg_boxes import Box, label, words_width
from components.pictures.trend_names import DOT, RESERVE, Plot, edge_names, scored_name
from components.texts import text
from components.trend import TrendSeries, axis_ticks
from components.verdicts import line_words
from components.wheel_labels import short
from data.models import Language, Observation, Words

# In documents: one drawing for columns, one for phones, so that lettering keeps its size in both.
_ROOMS = {"wide": (680.0, 280.0), "narrow": (320.0, 240.0)}
_SIZE = 15.0


def trend_svgs(series: TrendSeries, language: Language, unit: Words, title: str) -> str:
    """One series as drawings for a document, which shows the one that its width calls for.

    ``title`` says what they show. The style sheet hides ``wide`` or ``narrow``.
    """
    return "".join(
        f'<svg class="trend {name}" viewBox="0 0 {room[0]:.0f} {room[1]:.0f}" role="img" '
        f'aria-label="{attribute(title)}">'
        f"{trend_panel(series, language, unit, room, _SIZE).markup}</svg>"
        for name, room in _ROOMS.items()
    )


def trend_panel(
    series: TrendSeries,
    language: Language,
    unit: Words,
    room: tuple[float, float],
    size: float,
) -> Box:
    """One series in a field of ``room`` (width, height), with words of ``size``.

    The vertical axis holds zero, so that lengths do not lie. The newest value and the target
    are named at the right edge.
    """
    ticks = _ticks(series)
    tick_words = {tick: number(_plain(tick), language) for tick in ticks}
    last_words = number(series.observations[-1].value or Decimal(0), language)
    target_words = _target_words(series, language)
    plot = _plot(series, ticks, list(tick_words.values()), (last_words, target_words), room, size)
    parts = [label(unit[language], size * 0.9, 0, size, look="soft")]
    parts += [_grid_line(plot, tick, words, size) for tick, words in tick_words.items()]
    parts += [_year(plot, year, size) for year in _years(plot, size)]
    if series.target is not None:
        height = short(plot.y(series.target.value))
        ends = f"M{short(plot.left)} {height}H{short(plot.right)}"
        parts.append(f'<path class="t-target" d="{ends}"/>')
    parts += [_break(plot, left, right) for left, right in series.breaks()]
    parts += [_line(plot, left, right) for left, right in series.segments()]
    parts += [_dot(plot, observation, language, unit) for observation in series.observations]
    parts += edge_names(plot, series, last_words, target_words, size)
    parts.append(scored_name(plot, series, language, size))
    return Box("".join(parts), room[1])


def _ticks(series: TrendSeries) -> list[Decimal]:
    """Round steps that hold zero, all values and the target."""
    values = [
        observation.value for observation in series.observations if observation.value is not None
    ]
    if series.target is not None:
        values.append(series.target.value)
    ticks = list(axis_ticks(max(abs(value) for value in values)))
    step = ticks[1] - ticks[0]
    while ticks[0] > min(values):
        ticks.insert(0, ticks[0] - step)
    return ticks


def _plain(tick: Decimal) -> Decimal:
    """A tick without an exponent: ``normalize`` writes 20 as 2E+1."""
    return tick.quantize(Decimal(1)) if tick == tick.to_integral() else tick


def _target_words(series: TrendSeries, language: Language) -> str:
    if series.target is None:
        return ""
    return line_words(series.target, number(series.target.value, language), language)


def _plot(
    series: TrendSeries,
    ticks: list[Decimal],
    tick_words: list[str],
    edge_words: tuple[str, str],
    room: tuple[float, float],
    size: float,
) -> Plot:
    years = [
        observation.year for observation in series.observations if observation.year is not None
    ]
    widest_tick = RESERVE * max(words_width(words, size * 0.9) for words in tick_words)
    last, target = edge_words
    widest_name = RESERVE * max(
        words_width(last, size * 1.1, "bold"), words_width(target, size * 0.9)
    )
    return Plot(
        left=widest_tick + size * 0.6,
        right=room[0] - widest_name - size * 0.9,
        top=size * 2.1,
        bottom=room[1] - size * 1.8,
        first=min(years),
        last=max(years),
        lowest=float(ticks[0]),
        highest=float(ticks[-1]),
    )


def _grid_line(plot: Plot, tick: Decimal, words: str, size: float) -> str:
    height = plot.y(tick)
    ends = f"M{short(plot.left)} {short(height)}H{short(plot.right)}"
    words_end = plot.left - size * 0.5
    return f'<path class="t-grid" d="{ends}"/>' + label(
        words, size * 0.9, words_end, height + size * 0.31, look="soft", end=True
    )


def _years(plot: Plot, size: float) -> list[int]:
    """As many years as fit side by side, evenly spaced, the last one always among them."""
    span = plot.last - plot.first
    needed = words_width("0000", size * 0.9) + size
    most = max(1, int((plot.right - plot.left) / needed))
    step = -(-span // most) or 1
    return list(range(plot.last, plot.first - 1, -step))[::-1]


def _year(plot: Plot, year: int, size: float) -> str:
    half = words_width("0000", size * 0.9) / 2
    return label(str(year), size * 0.9, plot.x(year) - half, plot.bottom + size * 1.5, look="soft")


def _break(plot: Plot, left: Observation, right: Observation) -> str:
    """A rule between the last value of one definition and the first of the next."""
    middle = (plot.at(left)[0] + plot.at(right)[0]) / 2
    return f'<path class="t-break" d="M{short(middle)} {short(plot.top)}V{short(plot.bottom)}"/>'


def _line(plot: Plot, left: Observation, right: Observation) -> str:
    (x1, y1), (x2, y2) = plot.at(left), plot.at(right)
    return f'<path class="t-line" d="M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}"/>'


def _dot(plot: Plot, observation: Observation, language: Language, unit: Words) -> str:
    x, y = (short(length) for length in plot.at(observation))
    value = quantity(observation.value or Decimal(0), unit, language)
    words = f"{period(observation.period, language)}: {value}"
    title = f"<title>{content(words)}</title>"
    if observation.rate:
        return f'<circle class="t-dot" cx="{x}" cy="{y}" r="{DOT}">{title}</circle>'
    return f'<path class="t-proxy" d="M{x} {y}m0 -6l6 6l-6 6l-6 -6z">{title}</path>'


def has_proxies(series: TrendSeries) -> bool:
    """Return whether some values are shown without a score."""
    return any(not observation.rate for observation in series.observations)


def key_words(series: Iterable[TrendSeries], language: Language, first: str) -> str:
    """Explain the signs of trends: lines by the text ``first``, the rest where it occurs."""
    shown = tuple(series)
    sentences = [text(first, language)]
    if any(member.breaks() for member in shown):
        sentences.append(text("trend_key_break", language))
    if any(has_proxies(member) for member in shown):
        sentences.append(text("trend_key_hollow", language))
    return " ".join(sentences)
