"""Changes between two years or editions: where verdicts stood before and stand now, and why."""

from itertools import groupby
from typing import Any

from dash import html

from components.ages import aged_class, capitalised
from components.bands import mark
from components.explore.views.change_causes import KINDS, Change, before_of, changes_of
from components.explore.views.protocol import (
    Context,
    Table,
    name_of,
    origin_words,
    rating_words,
    value_words,
    year_words,
)
from components.explore.views.rows import RowsView
from components.explore.views.shapes import DOT, Group, Shape, Sign, ViewRow
from components.formats import listing, percent
from components.texts import text
from components.theme import BAND_CLASSES
from data.exploration.filters import Selected
from data.scoring import BAND_EDGES

_BEFORE = 8.0  # The width of the dot of the earlier verdict, in pixels.
_MOST_NAMED = 5


class Changes(RowsView):
    """A row per indicator on the share of its yardstick: a small dot before, a large one now."""

    def groups(self, selected: Selected, context: Context) -> list[Group]:
        """Return worse verdicts and values, then better, new and lost ones, then other values."""
        axis = [(edge.lowest / 100, percent(edge.lowest, context.language)) for edge in BAND_EDGES]
        groups = []
        for kind, members in groupby(changes_of(selected, context), key=lambda change: change.kind):
            changes = list(members)
            heading = text(f"change_{kind}", context.language, n=len(changes))
            rows = [_view_row(change, context) for change in changes]
            groups.append(Group(heading, axis, rows))
        return groups

    def signs(self, context: Context) -> list[Sign]:
        """Explain both dots and the line between them."""
        language, look = context.language, BAND_CLASSES["66-95"]
        return [
            (Shape(look, 0.5, 0.5, _BEFORE, "dot"), text("change_key_before", language)),
            (Shape(look, 0.5, 0.5, 2 * DOT, "dot"), text("change_key_after", language)),
            (Shape("way", 0.05, 0.95, 2), text("change_key_line", language)),
        ]

    def table(self, selected: Selected, context: Context) -> Table:
        """Return verdict, value and year before and now, and the causes."""
        language = context.language
        names = [text(f"column_{key}", language) for key in ("state", "value", "year")]
        said = (text("change_before", language), text("change_after", language))
        header = [
            text("column_indicator", language),
            *(f"{name} ({said[0]})" for name in names),
            *names,
            text("change_column_cause", language),
            text("column_comparability", language),
            text("column_source", language),
        ]
        rows = []
        for change in changes_of(selected, context):
            after = change.after[0]
            rows.append(
                [
                    context.indicators[change.code].title[language],
                    *_state(change.before, context),
                    *_state(change.after, context),
                    _causes(change, context),
                    *origin_words(after, context),
                ]
            )
        return header, rows

    def sentence(self, selected: Selected, context: Context) -> str:
        """Count better, worse, new and lost verdicts, and name what got worse."""
        if reason := self.reason_empty(selected, context):
            return reason
        language, changes = context.language, changes_of(selected, context)
        numbers = {kind: sum(change.kind == kind for change in changes) for kind in KINDS}
        counted = [text(f"change_count_{kind}", language, n=n) for kind, n in numbers.items() if n]
        if not numbers["worse"]:
            counted.insert(0, text("change_count_worse_none", language))
        said = text(
            "change_finding",
            language,
            since=_since(selected, context),
            counts=listing(counted, language),
        )
        for kind in ("worse", "weaker"):
            codes = [change.code for change in changes if change.kind == kind]
            names = [context.indicators[code].title[language] for code in codes[:_MOST_NAMED]]
            if rest := len(codes[_MOST_NAMED:]):
                names.append(text("change_more", language, n=rest))
            if names:
                said += " " + text(f"change_{kind}_names", language, names=listing(names, language))
        return capitalised(said)

    def reason_empty(self, selected: Selected, context: Context) -> str:
        """Say that nothing is left, that there is no earlier year, or that nothing changed."""
        edition, year = before_of(selected, context)
        if edition is context.edition and year >= selected.selection.last_year:
            return text("change_no_before", context.language)
        if changes_of(selected, context):
            return ""
        since = _since(selected, context)
        return super().reason_empty(selected, context) or capitalised(
            text("change_nothing", context.language, since=since)
        )


def _since(selected: Selected, context: Context) -> str:
    edition, year = before_of(selected, context)
    if edition is context.edition:
        return text("change_since_year", context.language, year=year)
    return text("change_since_edition", context.language, version=edition.version)


def _view_row(change: Change, context: Context) -> ViewRow:
    before = _dot(change.before, _BEFORE, context)
    after = _dot(change.after, 2 * DOT, context)
    shapes = [Shape("grid", edge, edge + 0.002, 20) for edge in _edges()]
    if before and after and change.comparable:
        start, end = sorted((before.start, after.start))
        shapes.append(Shape("way", start, end, 2))
    shapes += [dot for dot in (before, after) if dot]
    causes = _causes(change, context)
    now = _value(change.after, context)
    was = _value(change.before, context, brief=_label(change.before) == _label(change.after))
    words = " → ".join(filter(None, (was, now)))
    said: list[Any] = [
        *([mark(before.look), " → "] if before else []),
        *([mark(after.look)] if after else []),
        html.B(words),
        html.Small(causes, className="line"),
    ]
    indicator = context.indicators[change.code]
    name = indicator.title[context.language]
    return ViewRow(indicator, name, shapes, said, f"{words}. {capitalised(causes)}")


def _edges() -> list[float]:
    return [edge.lowest / 100 for edge in BAND_EDGES]


def _dot(rows: tuple[Any, ...], size: float, context: Context) -> Shape | None:
    """Return the verdict of an indicator as a dot at its share; None without one."""
    if not rows or rows[0].indicator_band == "none":
        return None
    rated = [row for row in rows if row.band != "none"]
    older = any(row.age == "older" for row in rated)
    look = aged_class(BAND_CLASSES[rows[0].indicator_band], older=older)
    share = rows[0].indicator_share / 100
    return Shape(look, share, share, size, "dot", _value(rows, context))


def _label(rows: tuple[Any, ...]) -> str | None:
    """Return the data point whose value counts; None without one."""
    return next((row.label for row in rows if row.value_text), None)


def _value(rows: tuple[Any, ...], context: Context, *, brief: bool = False) -> str:
    """Return the decisive value with its year; of several rated parts, with its name.

    A ``brief`` one stands before another of the same unit.
    """
    row = next((row for row in rows if row.value_text), None)
    if row is None:
        return ""
    value = value_words(row, context, brief=brief)
    if sum(other.band != "none" for other in rows) > 1:
        value = f"{name_of(row.code, row.label, context).rpartition(': ')[2]}: {value}"
    year = year_words(row.year)
    return text("dated_value", context.language, value=value, period=year) if year else value


def _state(rows: tuple[Any, ...], context: Context) -> list[str]:
    if not rows:
        return [text("reason_no_value", context.language), "", ""]
    row = rows[0]
    return [
        rating_words(row.indicator_band, row.indicator_reason, context.language),
        value_words(row, context),
        year_words(row.year),
    ]


def _causes(change: Change, context: Context) -> str:
    return "; ".join(text(f"change_cause_{cause}", context.language) for cause in change.causes)
