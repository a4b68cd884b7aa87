"""Parts that every view of a selection has, and what views read."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property, wraps
from math import inf
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from dash import html
from dash.development.base_component import Component

from components.ages import year_chip
from components.formats import brief_quantity, number, quantity
from components.observation_table import unit_of_label
from components.pictures.svg_boxes import Box, block, stack
from components.plotly_template import Figure
from components.texts import text
from data.exploration.filters import Selected
from data.exploration.score_rows import Row, Rows
from data.models import Edition, Indicator, Language

Table = tuple[list[str], list[list[str]]]


@dataclass(frozen=True)  # Without slots, since ``cached_property`` needs a dictionary.
class Context:
    """Editions, language, words of the site's city, and the URL that a press on a row leads to.

    The edition in force is the last. ``narrow`` is a figure for a phone: names stand above rows.
    """

    editions: tuple[Edition, ...]
    language: Language
    words: Mapping[str, str]
    url: Callable[[Indicator], str]
    narrow: bool = False

    @property
    def edition(self) -> Edition:
        """The edition in force."""
        return self.editions[-1]

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators by code, in table order."""
        return {indicator.code: indicator for indicator in self.edition.indicators}

    def publisher(self, source_id: str) -> str:
        """Return who published a source; empty for an unknown one."""
        source = self.edition.sources.get(source_id)
        return source.publisher[self.language] if source else ""


class View(ABC):
    """One way to look at a selection.

    ``keeps_places`` says that a highlighted indicator stays where it was: nothing but its mark
    changes, which the browser draws.
    """

    keeps_places = True

    @abstractmethod
    def paint(self, selected: Selected, context: Context) -> Component:
        """Return the picture for documents and frames; its words are HTML."""

    @abstractmethod
    def legend(self, selected: Selected, context: Context, room: float, size: float) -> Box:
        """Return the explanation of the signs, for files."""

    @abstractmethod
    def drawing(
        self, selected: Selected, context: Context, room: float, size: float, height: float = inf
    ) -> Box:
        """Return the picture for files, ``room`` pixels wide, in words of ``size`` pixels.

        Rows that would need more than ``height`` are counted instead.
        """

    @abstractmethod
    def figure(self, selected: Selected, context: Context) -> Figure:
        """Return the interactive form; ``customdata`` begins with code and city."""

    @abstractmethod
    def table(self, selected: Selected, context: Context) -> Table:
        """Return header and rows of the same facts in words."""

    @abstractmethod
    def sentence(self, selected: Selected, context: Context) -> str:
        """Return the finding in a sentence or two."""

    def reason_empty(self, selected: Selected, context: Context) -> str:
        """Say why there is nothing to draw; empty where there is something.

        It is filters that leave no row, or that no number was published. Views that need more
        than a row say more.
        """
        if own_rows(selected):
            return ""
        left_out = selected.left_out
        key = "view_empty_filters" if left_out["filters"] else "view_empty_values"
        return text(key, context.language, n=left_out["filters"] or left_out["no_value"])


_Made = TypeVar("_Made")
# What views derive from a selection, as long as somebody holds the selection.
_kept: WeakKeyDictionary[Selected, dict[tuple[str, str], Any]] = WeakKeyDictionary()


def once(make: Callable[[Selected, Context], _Made]) -> Callable[[Selected, Context], _Made]:
    """Derive something from a selection once: picture, sentence and table of a view share it.

    It depends on the selection and on the edition in force, never on the language.
    """

    @wraps(make)
    def derived(selected: Selected, context: Context) -> _Made:
        kept = _kept.setdefault(selected, {})
        key = make.__qualname__, context.edition.digest
        if key not in kept:
            kept[key] = make(selected, context)
        made: _Made = kept[key]
        return made

    return derived


def own_rows(selected: Selected) -> Rows:
    """Return the rows of the first city, which are all that most views draw."""
    return _of_first_city(selected.rows, selected)


def own_history(selected: Selected) -> Rows:
    """Return the same as of every chosen year."""
    return _of_first_city(selected.history, selected)


def _of_first_city(rows: Rows, selected: Selected) -> Rows:
    cities = selected.selection.cities
    return rows if len(cities) == 1 else tuple(row for row in rows if row.city == cities[0])


def printed_value(value_text: str, value: float | None) -> Decimal | None:
    """Return a number with the digits that its source printed, None where there is none."""
    try:
        return Decimal(value_text)
    except InvalidOperation:
        return None if value is None else Decimal(str(value))


def value_words(row: Row, context: Context, *, brief: bool = False) -> str:
    """Return the value of a row with its unit, which a ``brief`` one has one word of; or empty."""
    printed = printed_value(row.value_text, row.value)
    if printed is None:
        return ""
    unit = unit_of_label(context.indicators[row.code], row.label)
    return (brief_quantity if brief else quantity)(printed, unit, context.language)


def year_words(year: int | None) -> str:
    """Return the year of a row; empty where the source gives none."""
    return "" if year is None else str(year)


def dated_value(row: Row, context: Context, *, part: bool = False) -> list[Any]:
    """Return a value and its year as a chip; with ``part`` the name of its data point below."""
    older = row.age == "older"
    point = context.indicators[row.code].data_point(row.label) if part else None
    return [
        html.B(value_words(row, context)),
        " ",
        year_chip(year_words(row.year), older=older),
        html.Small(point.title[context.language]) if point else None,
    ]


def name_of(code: str, label: str, context: Context) -> str:
    """Return the name of an indicator, with that of its data point where it has several."""
    return context.indicators[code].title_of(label)[context.language]


def rating_words(band: str, reason: str, language: Language) -> str:
    """Return the band in words, or the reason for none."""
    if band != "none":
        return text(f"band_{band}", language)
    return text(f"reason_{reason or 'no_value'}", language)


def yardstick_words(row: Row, context: Context) -> str:
    """Return the number of the yardstick of a row; empty without one."""
    if not row.target_text:
        return ""
    return number(Decimal(row.target_text), context.language)


def origin_words(row: Row, context: Context) -> tuple[str, str]:
    """Return comparability and publisher of the value of a row; empty without a value."""
    if not row.comparability:
        return "", ""
    return (
        text(f"comparability_{row.comparability}", context.language),
        context.publisher(row.source_id),
    )


def fitting(boxes: Sequence[Box], size: float, height: float, language: Language) -> Box:
    """Return rows below each other as far as they fit, and the number of the others in words."""
    gap = size * 0.35
    if stack(boxes, gap).height <= height:
        return stack(boxes, gap)
    kept = len(boxes)
    while kept and stack(boxes[:kept], gap).height > height - 2 * size:
        kept -= 1
    more = text("picture_sources_more", language, n=len(boxes) - kept)
    return stack([*boxes[:kept], block(more, size, inf, look="soft")], gap)
