"""The city's figures worked out from the files alone, by the rule in words, not by our code.

Per data point the newest ratable value not later than a year is held against the first
yardstick in the order of bases; points by band make the shares of groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tests import builders
from tests.builders import Row

CITY = "moscow"
EDGES = {"95-100": 95, "66-95": 66, "33-66": 33, "0-33": 0}
POINTS = {"95-100": 4, "66-95": 3, "33-66": 2, "0-33": 1}
RANK = {"reported": 0, "exact": 1, "close": 2, "proxy": 3}
EVIDENCE = ["verified", "statistics", "authority", "press", "study", "other"]
# The order of bases and of kinds as the method prints it.
BASES = ["sdg un itu who", "natural_limit", "eu oecd", "national"]
BASES += ["leading_city international_average other"]
KINDS = ["goal", "limit", "natural_limit", "norm", "city", "average"]
VIEWS = {
    "common": {*KINDS},
    "goals": {"goal"},
    "own_goals": {"own_goal"},
    "without_natural_limits": {*KINDS} - {"natural_limit"},
}
EDITION_YEAR = 2026


@cache
def table_rows(table: str) -> list[Row]:
    """The rows of a table of the edition in force, read once."""
    return builders.table_rows(table)


@dataclass(frozen=True)
class Scored:
    """One data point with the rows that its colour rests on; rows are None where missing."""

    code: str
    label: str
    value: Row | None
    target: Row | None
    share: Fraction | None
    other_targets: tuple[Row, ...] = ()

    @property
    def band(self) -> str:
        """The band of the exact share."""
        return band_of(self.share)

    @property
    def is_robust(self) -> bool:
        """Return whether every other yardstick gives the same band."""
        assert self.value is not None
        value = Fraction(self.value["value"])
        return all(band_of(share_of(value, other)) == self.band for other in self.other_targets)


def band_of(share: Fraction | None) -> str:
    """The name of the band that a share in percent falls into."""
    if share is None:
        return "none"
    return next(band for band, edge in EDGES.items() if share >= edge)


def year_of(row: Row) -> int:
    """The first year of a period; one before all others where it is not given."""
    return int(row["period"][:4] or -1)


def points_share(scored: Iterable[Scored]) -> Fraction | None:
    """The share of the possible points over the data points that have a band."""
    points = [POINTS[part.band] for part in scored if part.share is not None]
    return Fraction(100 * sum(points), 4 * len(points)) if points else None


def share_of(value: Fraction, target: Row) -> Fraction:
    """How far a value reaches a target, in percent."""
    wanted = Fraction(target["target"])
    if target["direction"] == "higher_is_better":
        return min(Fraction(100), 100 * value / wanted)
    return Fraction(100) if value <= wanted else 100 * wanted / value


@cache
def recount(
    as_of: int = EDITION_YEAR, view: str = "common", since: int = 0
) -> dict[str, list[Scored]]:
    """Every indicator's data points that have a published number, by code, in table order."""
    numbers: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table_rows("observations"):
        # What has no year is known as of the edition's year.
        known_in = year_of(row) if row["period"] else EDITION_YEAR
        if row["city"] == CITY and row["value"] and known_in <= as_of:
            numbers[row["code"], row["data_point"]].append(row)
    scored: dict[str, list[Scored]] = {row["code"]: [] for row in table_rows("indicators")}
    for (code, label), rows in numbers.items():
        ratable = [row for row in rows if row["rate"] == "yes" and row["period"]]
        best = min(ratable or rows, key=weight)
        fitting = yardsticks(code, label)
        target = min(
            (row for row in fitting if row["kind"] in VIEWS[view]), key=place, default=None
        )
        rated = target is not None and ratable and year_of(best) >= since
        share = share_of(Fraction(best["value"]), target) if target and rated else None
        other_targets = tuple(row for row in fitting if row["kind"] in KINDS and row is not target)
        scored[code].append(Scored(code, label, best, target, share, other_targets))
    return scored


def weight(row: Row) -> tuple[int, int, int]:
    """The newest value counts, of one year the more comparable one, then the better proven."""
    return -year_of(row), RANK[row["comparability"]], EVIDENCE.index(row["evidence"])


@cache
def yardsticks(code: str, label: str) -> list[Row]:
    """The yardsticks that values of a data point may be held against."""
    (indicator,) = (row for row in table_rows("indicators") if row["code"] == code)
    units = {
        row["data_point"]: row["unit"] for row in table_rows("data_points") if row["code"] == code
    }
    return [
        row
        for row in table_rows("targets")
        if row["code"] == code
        if (label or "-") in row["applies_to"].split(";")
        if row["scope"] in ("all", CITY)
        if row["unit"] == units.get(label, indicator["unit"])
        if indicator["direction"] in ("neutral", row["direction"])
        if row["doubtful"] == "no"
    ]


def place(row: Row) -> tuple[int, int, int, Fraction]:
    """The place of a yardstick: its basis, its kind, the newer source, the stricter value."""
    (year, *_) = [
        *(
            source["year"]
            for source in table_rows("sources")
            if source["source_id"] == row["source_id"]
        ),
        "",
    ]
    basis = next((n for n, bases in enumerate(BASES) if row["basis"] in bases.split()), 9)
    kind = KINDS.index(row["kind"]) if row["kind"] in KINDS else 9
    stricter = Fraction(row["target"]) * (1 if row["direction"] == "lower_is_better" else -1)
    return basis, kind, -int(year or 0), stricter


def is_by_points(scored: list[Scored]) -> bool:
    """Whether points make the share of an indicator: more than one of its parts has a band."""
    return sum(part.share is not None for part in scored) > 1


def share_of_indicator(scored: list[Scored]) -> Fraction | None:
    """The exact share of its only scored part, or the share of points where there are more."""
    if is_by_points(scored):
        return points_share(scored)
    return next((part.share for part in scored if part.share is not None), None)


def is_recent(scored: list[Scored], as_of: int = EDITION_YEAR) -> bool:
    """Return whether all values with a band are of the last five years, and there is one."""
    years = [year_of(part.value) for part in scored if part.value and part.share is not None]
    return bool(years) and min(years) >= as_of - 5
