"""The choice of the yardstick that a value is held against, by the order that the method prints."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, get_args

from data.models import EVERY_CITY, Edition, Indicator, Source, Target, YardstickKind

# Which yardsticks a reader wants to see values held against.
View = Literal["common", "goals", "own_goals", "without_natural_limits"]
VIEWS: tuple[View, ...] = get_args(View)
COMMON: View = "common"

# The order of bases: the first one that has a fitting yardstick decides.
BASES: tuple[tuple[str, ...], ...] = (
    ("sdg", "un", "itu", "who"),
    ("natural_limit",),
    ("eu", "oecd"),
    ("national",),
    ("leading_city", "international_average", "other"),
)
# The first tie-break among yardsticks of one rank; then the newer source, then the stricter value.
# Another city goes before an average, which says no more than what is usual.
KINDS: tuple[YardstickKind, ...] = ("goal", "limit", "natural_limit", "norm", "city", "average")
_RANKS: Mapping[str, int] = {
    basis: rank for rank, bases in enumerate(BASES) for basis in bases
}  # fmt: skip


def fitting_yardsticks(
    edition: Edition, city: str, indicator: Indicator, label: str
) -> tuple[Target, ...]:
    """Return the yardsticks that values of a data point of a city may be held against.

    They are published for this label, in the unit of the values and in the sense of the
    indicator (in a neutral one each data point has its own), for every city or for this one, and
    not doubtful. In table order.
    """
    unit = indicator.unit_of(label)
    return tuple(
        target
        for target in edition.targets_by_indicator.get(indicator.code, ())
        if label in target.applies_to
        and target.scope in (EVERY_CITY, city)
        and target.unit_code == unit
        # The parts of a neutral indicator, such as ways of waste, have senses of their own.
        and indicator.direction in ("neutral", target.direction)
        and not target.doubtful
    )


def yardstick_of(
    edition: Edition, city: str, indicator: Indicator, label: str, view: View
) -> Target | None:
    """Return the yardstick of a data point under a view, or None where there is none.

    The common one is marked primary in the table, and the check of a draft holds that it is
    what ``first_yardstick`` gives.
    """
    if view == COMMON:
        return next(
            (
                target
                for target in edition.targets_by_indicator.get(indicator.code, ())
                if target.primary and target.scope in (EVERY_CITY, city)
                if label in target.applies_to
            ),
            None,
        )
    fitting = fitting_yardsticks(edition, city, indicator, label)
    return first_yardstick(
        (target for target in fitting if _belongs(target.yardstick_kind, view)), edition.sources
    )


def _belongs(kind: YardstickKind, view: View) -> bool:
    if view == "goals":
        return kind == "goal"
    if view == "own_goals":
        return kind == "own_goal"
    return kind not in ("own_goal", "natural_limit")


def first_yardstick(targets: Iterable[Target], sources: Mapping[str, Source]) -> Target | None:
    """Return the yardstick that comes first by basis, kind, year of the source and strictness."""

    def rank(target: Target) -> tuple[int, int, int, Decimal]:
        source = sources.get(target.source_id)
        year = (source.year if source else None) or 0
        stricter = target.value if target.direction == "lower_is_better" else -target.value
        return basis_rank(target.basis), kind_rank(target.yardstick_kind), -year, stricter

    return min(targets, key=rank, default=None)


def basis_rank(basis: str) -> int:
    """The place of a basis in the order of bases, from 0; unranked ones come last."""
    return _RANKS.get(basis, len(BASES))


def kind_rank(kind: YardstickKind) -> int:
    """The place of a kind in the tie-break, from 0; a city's own goal comes last."""
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
