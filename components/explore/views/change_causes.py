"""Changes of scores between two years or editions, each with its causes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from components.explore.views.protocol import Context, once, own_rows
from data.exploration.filters import Selected
from data.exploration.score_rows import Row, Rows, score_rows
from data.models import Edition
from data.scoring import Band, points_of

# ``weaker``: the same band by a value that is worse; ``same``: the same band by another value.
Kind = Literal["worse", "weaker", "better", "known", "gone", "same"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# ``value``: another value counts; ``known``: one counts for the first time; ``gone``: none counts
# any more; ``yardstick``: another one holds; ``definition``: values are of another definition;
# ``correction``: a published value was corrected; ``method``: the rule or the parts changed.
Cause = Literal["value", "known", "gone", "yardstick", "definition", "correction", "method"]
ByLabel = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator whose verdict or value differs; rows are by data point, decisive first."""

    code: str
    kind: Kind
    causes: tuple[Cause, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    @property
    def comparable(self) -> bool:
        """Return whether both verdicts are of one definition, so that a line may join them."""
        return not {"definition", "known", "gone"} & set(self.causes)


@once
def changes_of(selected: Selected, context: Context) -> tuple[Change, ...]:
    """Return the changed indicators of the first city: worse ones first, then as ``KINDS``."""
    selection = selected.selection
    city = selection.cities[0]
    edition, year = before_of(selected, context)
    codes = {row.code for row in (*own_rows(selected), *selected.earlier)}
    view = selection.yardsticks
    olds = _by_code(score_rows(edition, city, view, year), codes)
    news = _by_code(score_rows(context.edition, city, view, selection.last_year), codes)
    judge = _Judge(context.edition, city, is_edition=edition is not context.edition)
    changes = [
        change
        for code in context.indicators
        if code in codes and code in news
        if (change := judge.change(code, olds.get(code, {}), news[code]))
    ]
    return tuple(sorted(changes, key=lambda change: KINDS.index(change.kind)))


def before_of(selected: Selected, context: Context) -> tuple[Edition, int]:
    """Return the edition and the year that changes are counted from; by default the first year."""
    before = selected.selection.before
    if isinstance(before, int):
        return context.edition, before
    edition = next((edition for edition in context.editions if edition.version == before), None)
    if edition is None:
        return context.edition, selected.selection.first_year
    return edition, edition.year


def _by_code(rows: Rows, codes: set[str]) -> dict[str, dict[str, Row]]:
    """Return rows by code and data point, the decisive one first."""
    grouped: dict[str, dict[str, Row]] = {}
    ordered = sorted((row for row in rows if row.code in codes), key=lambda row: not row.decisive)
    for row in ordered:
        grouped.setdefault(row.code, {})[row.label] = row
    return grouped


class _Judge:
    """Knows the observations of a city, and so where a series changed its definition."""

    def __init__(self, edition: Edition, city: str, *, is_edition: bool) -> None:
        self._edition, self._city, self._is_edition = edition, city, is_edition

    def change(self, code: str, old: ByLabel, new: ByLabel) -> Change | None:
        """Return how an indicator changed; None where nothing that counts did."""
        bands = _band(old), _band(new)
        causes: dict[Cause, None] = {}
        for label in dict.fromkeys([*new, *old]):
            causes.update(dict.fromkeys(self._causes(code, old.get(label), new.get(label))))
        if bands[0] == bands[1] and (bands[0] == "none" or not causes):
            return None
        before, after = tuple(old.values()), tuple(new.values())
        kind = _kind(*bands)
        if kind == "same" and list(causes) == ["value"] and _is_weaker(before[0], after[0]):
            kind = "weaker"
        return Change(code, kind, tuple(causes) or ("method",), before, after)

    def _causes(self, code: str, old: Any, new: Any) -> Iterator[Cause]:
        was, now = _is_rated(old), _is_rated(new)
        if was and now:
            if _value(old) != _value(new):
                yield "correction" if self._is_corrected(old, new) else "value"
            if _yardstick(old) != _yardstick(new):
                yield "yardstick"
            if old.comparability != new.comparability or self._breaks(code, old, new):
                yield "definition"
        elif now:
            yield _why(old) or "known"
        elif was:
            yield _why(new) or "gone"

    def _is_corrected(self, old: Any, new: Any) -> bool:
        same = (old.period, old.source_id) == (new.period, new.source_id)
        return self._is_edition and same

    def _breaks(self, code: str, old: Any, new: Any) -> bool:
        return any(
            observation.breaks_series
            and observation.data_point == new.label
            and observation.year is not None
            and old.year < observation.year <= new.year
            for observation in self._edition.of_city(self._city, code)
        )


def _band(rows: ByLabel) -> Band:
    band: Band = next(iter(rows.values())).indicator_band if rows else "none"
    return band


def _kind(before: Band, after: Band) -> Kind:
    if before == after:
        return "same"
    old, new = points_of(before), points_of(after)
    if old is None or new is None:
        return "known" if old is None else "gone"
    return "better" if new > old else "worse"


def _is_weaker(old: Row, new: Row) -> bool:
    """Return whether the decisive value of one definition and yardstick is worse than before."""
    if old.label != new.label or old.value is None or new.value is None:
        return False
    if new.direction == "neutral":
        return False
    fell = new.value < old.value
    return fell if new.direction == "higher_is_better" else new.value > old.value


def _is_rated(row: Any) -> bool:
    return row is not None and row.band != "none"


def _value(row: Any) -> object:
    return row.value_text, row.period, row.source_id


def _yardstick(row: Any) -> object:
    return row.target_text, row.target_kind, row.target_basis, row.direction


def _why(unrated: Any) -> Cause | None:
    """Return why a data point with a value has no verdict; None without a value."""
    if unrated is None or not unrated.value_text:
        return None
    return "yardstick" if unrated.reason == "no_target" else "definition"
