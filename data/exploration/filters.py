"""Rows of scores that a selection leaves, and counts of those that it leaves out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from data.exploration.score_rows import Row, Rows, score_rows
from data.exploration.selection import FILTERS, Selection, vocabulary_of
from data.models import Edition

# What filters look at by the names of their parameters; a verdict is an indicator's.
_ATTRIBUTES = {
    "dimension": "dimension",
    "kpi": "code",
    "level": "level",
    "kind": "target_kind",
    "evidence": "evidence",
    "age": "age",
    "comparability": "comparability",
    "band": "indicator_band",
}
# Filters that say nothing of values.
_DEFINED = ("dimension", "topic", "kpi", "level")
Topics = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Selected:
    """Rows of a selection; ``rows`` are as of its last year and all have a value.

    ``left_out`` counts indicators: ``"no_value"`` pass what filters say of definitions but have no
    published number, ``"filters"`` have one and do not pass, and each active filter has the number
    that would come back without it. ``facets`` counts the indicators that each choice of a filter
    would leave, with the other filters as they are. ``topics`` are those of each indicator by its
    code; ``before`` is the edition that the selection names, where it names one.
    """

    edition: Edition
    selection: Selection
    before: Edition | None
    rows: Rows
    left_out: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    topics: Topics

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators that are left."""
        return frozenset(row.code for row in self.rows)

    @property
    def count(self) -> int:
        """The number of indicators that are left."""
        return len(self.codes)

    @cached_property
    def history(self) -> Rows:
        """Every data point of these indicators as of each year between the first and the last."""
        chosen = self.selection
        return tuple(
            row
            for city in chosen.cities
            for year in range(chosen.first_year, chosen.last_year + 1)
            for row in score_rows(self.edition, city, chosen.yardsticks, year)
            if row.code in self.codes
        )

    @cached_property
    def earlier(self) -> Rows:
        """Rows as of the year ``before`` or of its edition: what passes the filters then or now."""
        chosen, before = self.selection, self.before
        if isinstance(chosen.before, int):
            rows = _as_of(self.edition, chosen, chosen.before)
        elif before is not None and chosen.cities[0] in before.cities:
            rows = score_rows(before, chosen.cities[0], chosen.yardsticks, before.year)
        else:
            return ()
        return tuple(
            row for row in rows if row.code in self.codes or not _failed(row, chosen, self.topics)
        )


def select(edition: Edition, selection: Selection, before: Edition | None = None) -> Selected:
    """Apply a selection to the scores of its cities.

    ``before`` is the edition that ``selection.before`` names, where it names one.
    """
    topics = {indicator.code: indicator.topics for indicator in edition.indicators}
    rows: list[Row] = []
    defined: set[str] = set()
    known: set[str] = set()
    # The rows that each filter would leave if it did not ask for anything.
    others: dict[str, list[Row]] = {name: [] for name in FILTERS}
    for row in _as_of(edition, selection, selection.last_year):
        failed = _failed(row, selection, topics)
        if not failed.intersection(_DEFINED):
            defined.add(row.code)
        if row.value is None:
            continue
        known.add(row.code)
        if not failed:
            rows.append(row)
        elif len(failed) == 1:
            others[failed.pop()].append(row)
    shown = {row.code for row in rows}
    left_out = {"no_value": len(defined - known), "filters": len(known - shown)}
    facets, choices = {}, vocabulary_of(edition, selection.cities[0]).choices
    for name, back in others.items():
        left = [*rows, *back]
        facets[name] = _counts(left, name, choices[name], topics)
        if selection.filter(name):
            left_out[name] = len({row.code for row in left} - shown)
    return Selected(edition, selection, before, tuple(rows), left_out, facets, topics)


def _as_of(edition: Edition, selection: Selection, year: int) -> Iterable[Row]:
    for city in selection.cities:
        yield from score_rows(edition, city, selection.yardsticks, year)


def _words(row: Row, name: str, topics: Topics) -> tuple[str, ...]:
    return topics.get(row.code, ()) if name == "topic" else (getattr(row, _ATTRIBUTES[name]),)


def _failed(row: Row, selection: Selection, topics: Topics) -> set[str]:
    return {
        name
        for name in FILTERS
        if (chosen := selection.filter(name))
        and not any(word in chosen for word in _words(row, name, topics))
    }


def _counts(
    rows: Iterable[Row], name: str, choices: Iterable[str], topics: Topics
) -> dict[str, int]:
    codes: dict[str, set[str]] = {choice: set() for choice in choices}
    for row in rows:
        for word in _words(row, name, topics):
            if word in codes:
                codes[word].add(row.code)
    return {choice: len(members) for choice, members in codes.items()}
