"""The city's figures worked out from the files alone, by the rule in words, not by our code.

Per data point the newest ratable value not later than a year is held against the primary
target that applies to its label; points by band make the shares of groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tests.builders import Row, table_rows

CITY = "moscow"
EDGES = {"95-100": 95, "66-95": 66, "33-66": 33, "0-33": 0}
POINTS = {"95-100": 4, "66-95": 3, "33-66": 2, "0-33": 1}
RANK = {"reported": 0, "exact": 1, "close": 2, "proxy": 3}


@dataclass(frozen=True)
class Scored:
    """One data point with the rows that its colour rests on; rows are None where missing."""

    code: str
    label: str
    value: Row | None
    target: Row | None
    share: Fraction | None

    @property
    def band(self) -> str:
        """The band of the exact share."""
        return band_of(self.share)


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
    points = [POINTS[one.band] for one in scored if one.share is not None]
    return Fraction(100 * sum(points), 4 * len(points)) if points else None


def share_of(value: Fraction, target: Row) -> Fraction:
    """How far a value reaches a target, in percent."""
    wanted = Fraction(target["target"])
    if target["direction"] == "higher_is_better":
        return min(Fraction(100), 100 * value / wanted)
    return Fraction(100) if value <= wanted else 100 * wanted / value


def recount(as_of: int | None = None) -> dict[str, list[Scored]]:
    """Every indicator's data points that have a published number, by code, in table order."""
    numbers: dict[tuple[str, str], list[Row]] = defaultdict(list)
    own = [row for row in table_rows("observations") if row["city"] == CITY and row["value"]]
    newest = max(map(year_of, own))
    for row in own:
        # What has no year is known as of the newest one.
        if as_of is None or (year_of(row) if row["period"] else newest) <= as_of:
            numbers[row["code"], row["data_point"]].append(row)
    targets = {
        (row["code"], "" if label == "-" else label): row
        for row in table_rows("targets")
        if row["primary"] == "yes" and row["scope"] in ("all", CITY)
        for label in row["applies_to"].split(";")
    }
    found: dict[str, list[Scored]] = {row["code"]: [] for row in table_rows("indicators")}
    for (code, label), rows in numbers.items():
        ratable = [row for row in rows if row["rate"] == "yes" and row["period"]]
        best = min(ratable or rows, key=lambda row: (-year_of(row), RANK[row["comparability"]]))
        target = targets.get((code, label))
        share = share_of(Fraction(best["value"]), target) if target and ratable else None
        found[code].append(Scored(code, label, best, target, share))
    return found


def is_by_points(scored: list[Scored]) -> bool:
    """Whether points make the share of an indicator: more than one of its parts has a band."""
    return sum(one.share is not None for one in scored) > 1


def share_of_indicator(scored: list[Scored]) -> Fraction | None:
    """The exact share of its only scored part, or the share of points where there are more."""
    if is_by_points(scored):
        return points_share(scored)
    return next((one.share for one in scored if one.share is not None), None)
