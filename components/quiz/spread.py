"""Distribution of scores: the picture with chance and the reader's own score, and its words."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.formats import integer, number, round_half_up
from components.markup import Markup, attribute, content
from components.quiz.feedback import whole_percent
from components.tables import body_row, column_heads, full_table, table_box
from components.texts import text
from data.models import Language
from quiz.models import RUN_LENGTH
from quiz.statistics import ScoreBin

# Lengths in units of the picture. It is narrow, so that its words can be read on a phone.
_WIDTH, _HEIGHT = 360, 200
_FOOT, _TOP = 160, 42
# What is cut off above the line of the scores where there are no columns.
_LINE_HEAD = 100
_COLUMN = _WIDTH / (RUN_LENGTH + 1)
_GAP = 2


def spread_part(
    bins: Sequence[ScoreBin], chance: Fraction, sentence: str, language: Language, own: int | None
) -> list[Component]:
    """Picture, notes and the table behind a disclosure; ``own`` is the reader's score."""
    label = text("quiz_spread_label", language, sentence=sentence)
    parts: list[Component] = [
        Markup(spread_svg(bins, chance, language, label, own), className="q-spread-box")
    ]
    if any(score_bin.lowest != score_bin.highest for score_bin in bins):
        parts.append(html.P(text("quiz_spread_together", language), className="note"))
    total = sum(score_bin.runs for score_bin in bins)
    rows = [
        (
            range_words(score_bin, language),
            [integer(score_bin.runs, language), whole_percent(score_bin.runs, total, language)],
        )
        for score_bin in bins
    ]
    table = figure_table(
        text("quiz_spread_caption", language), ("score", "runs", "share"), rows, language
    )
    return [*parts, html.Details([html.Summary(text("quiz_spread_table", language)), table])]


def figure_table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, Iterable[Any]]],
    language: Language,
    *,
    caption_seen: bool = True,
) -> html.Div:
    """Return a table of names and their cells, which becomes cards on a phone.

    ``columns`` are keys of texts without ``stats_column_``, the first one that of the names.
    A caption that repeats the words above the table is for screen readers only.
    """
    keys = [f"stats_column_{column}" for column in columns]
    body = [body_row(name, zip(keys[1:], cells, strict=True), language) for name, cells in rows]
    hidden = None if caption_seen else "visually-hidden"
    heads = column_heads(keys, language)
    return table_box(full_table(caption, heads, body, "q-table", hidden), caption)


def spread_svg(
    bins: Sequence[ScoreBin], chance: Fraction, language: Language, label: str, own: int | None
) -> str:
    """Columns of the scores from 0 to 10; areas are runs, a joined range is drawn as its mean.

    Without ``bins`` it is the line of the scores, with chance and the reader's own one.
    """
    tallest = max((_runs_per_score(score_bin) for score_bin in bins), default=Fraction(0))
    head = 0 if bins else _LINE_HEAD
    columns = "".join(_column(score_bin, tallest, language, own) for score_bin in bins)
    ticks = "".join(
        f'<text class="q-tick" x="{_middle(score):.1f}" y="{_FOOT + 16}">{score}</text>'
        for score in range(RUN_LENGTH + 1)
    )
    axis = content(text("quiz_spread_axis", language))
    return (
        f'<svg class="q-spread" viewBox="0 {head} {_WIDTH} {_HEIGHT - head}" role="img"'
        f' aria-label="{attribute(label)}">{columns}'
        f'<path class="q-axis" d="M0 {_FOOT}.5H{_WIDTH}"/>{ticks}'
        f'<text class="q-tick" x="{_WIDTH / 2:.0f}" y="{_FOOT + 34}">{axis}</text>'
        f"{_chance_line(chance, head, language)}{_own_mark(bins, own, tallest, language)}</svg>"
    )


def compare_sentence(bins: Sequence[ScoreBin], own: int, language: Language) -> str:
    """Say what share of the finished runs scored below, at and above ``own``."""
    around = _bin_of(bins, own)
    total = sum(score_bin.runs for score_bin in bins)
    below = sum(score_bin.runs for score_bin in bins if score_bin.highest < around.lowest)
    above = sum(score_bin.runs for score_bin in bins if score_bin.lowest > around.highest)
    shares = {
        "below": whole_percent(below, total, language),
        "same": whole_percent(around.runs, total, language),
        "above": whole_percent(above, total, language),
        "count": integer(total, language),
    }
    if around.lowest == around.highest:
        return text("quiz_compare", language, n=total, **shares)
    low, high = integer(around.lowest, language), integer(around.highest, language)
    return text("quiz_compare_range", language, n=total, low=low, high=high, **shares)


def range_words(score_bin: ScoreBin, language: Language) -> str:
    """``7``, or ``8–10`` where scores are counted together."""
    low, high = integer(score_bin.lowest, language), integer(score_bin.highest, language)
    return low if low == high else f"{low}–{high}"


def chance_words(chance: Fraction, language: Language) -> str:
    """An average score with one decimal."""
    return number(round_half_up(chance, 1), language)


def _bin_of(bins: Sequence[ScoreBin], score: int) -> ScoreBin:
    return next(score_bin for score_bin in bins if score_bin.lowest <= score <= score_bin.highest)


def _runs_per_score(score_bin: ScoreBin) -> Fraction:
    return Fraction(score_bin.runs, score_bin.highest - score_bin.lowest + 1)


def _middle(score: float) -> float:
    return (score + 0.5) * _COLUMN


def _height(score_bin: ScoreBin, tallest: Fraction) -> float:
    return float((_FOOT - _TOP) * _runs_per_score(score_bin) / tallest) if tallest else 0.0


def _column(score_bin: ScoreBin, tallest: Fraction, language: Language, own: int | None) -> str:
    height = _height(score_bin, tallest)
    left, right = score_bin.lowest * _COLUMN + _GAP, (score_bin.highest + 1) * _COLUMN - _GAP
    kind = "q-own" if own is not None and score_bin.lowest <= own <= score_bin.highest else "q-all"
    title = f"{range_words(score_bin, language)}: {integer(score_bin.runs, language)}"
    return (
        f'<g><title>{content(title)}</title><rect class="{kind}" x="{left:.1f}"'
        f' y="{_FOOT - height:.1f}" width="{right - left:.1f}" height="{height:.1f}"/></g>'
    )


def _chance_line(chance: Fraction, head: int, language: Language) -> str:
    place = _middle(float(chance))
    words = content(text("quiz_spread_chance", language, chance=chance_words(chance, language)))
    return (
        f'<path class="q-chance" d="M{place:.1f} {head + 18}V{_FOOT}"/>'
        f'<text class="q-chance-name" x="{place:.1f}" y="{head + 13}">{words}</text>'
    )


def _own_mark(
    bins: Sequence[ScoreBin], own: int | None, tallest: Fraction, language: Language
) -> str:
    if own is None:
        return ""
    height = _height(_bin_of(bins, own), tallest) if bins else 0.0
    place, top = _middle(own), _FOOT - height
    words = content(text("quiz_spread_you", language))
    return (
        f'<path class="q-you" d="M{place - 5:.1f} {top - 10:.1f}h10l-5 6z"/>'
        f'<text class="q-you-name" x="{place:.1f}" y="{top - 14:.1f}">{words}</text>'
    )
