"""The rules of targets.csv, and of the bands that a target puts a value into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from data.faults import Fault, quoted
from data.labels import Labels
from data.models import EVERY_CITY
from data.records import labels_of
from data.scoring import BANDS, BandEdge
from data.table_files import Row, TableFiles
from data.tables import TARGETS


def check_targets(tables: TableFiles, labels: Labels) -> Iterator[Fault]:
    """Yield every fault that one target or two of them show."""
    directions = {
        row["code"]: row["direction"] for row in tables.rows("indicators", "code", "direction")
    }
    cities = tables.cells("cities", "city")
    for row in tables.rows("targets", "scope"):
        if cities is not None and row["scope"] and row["scope"] not in {EVERY_CITY, *cities}:
            problem = f"{quoted(row['scope'])} is not a city"
            yield _fault(row, "scope", problem, f"write {EVERY_CITY} or a city of cities.csv")
    for row in tables.rows("targets", "code", "data_point", "applies_to", "unit", "primary"):
        yield from _label_faults(row, labels)
    for row in tables.rows("targets", "code", "direction", "primary", "doubtful"):
        yield from _sense_faults(row, directions.get(row["code"]))
    yield from _primary_twice(tables.rows("targets", "code", "applies_to", "scope", "primary"))


def _fault(row: Row, column: str, problem: str, remedy: str) -> Fault:
    return Fault(TARGETS.file, row.number, column, problem, remedy)


def _label_faults(row: Row, labels: Labels) -> Iterator[Fault]:
    code, applies_to = row["code"], labels_of(row["applies_to"])
    if labels.unlisted(code, row["data_point"]):
        problem = f"{quoted(code)} has no data point {quoted(row['data_point'])}"
        yield _fault(row, "data_point", problem, "correct it, or list it in data_points.csv")
    for label in applies_to:
        if labels.unlisted(code, label):
            problem = f"{quoted(code)} has no data point {quoted(label)}"
            yield _fault(row, "applies_to", problem, "correct it; - stands for no data point")
        wanted = labels.unit(code, label)
        # Only a primary target is ever held against values; the others are context.
        if row["primary"] == "yes" and wanted is not None and row["unit"] != wanted:
            problem = f"the unit is {quoted(row['unit'])}, but values are in {quoted(wanted)}"
            yield _fault(row, "unit", problem, f"convert the target and write {quoted(wanted)}")
    if len(set(applies_to)) < len(applies_to):
        yield _fault(row, "applies_to", "a label stands twice", "keep one of them")


def _sense_faults(row: Row, direction: str | None) -> Iterator[Fault]:
    if direction not in (None, "neutral", row["direction"]):
        problem = f"the direction is {quoted(row['direction'])}, the indicator's {direction}"
        yield _fault(row, "direction", problem, f"write {direction}")
    if row["primary"] == "yes" and row["doubtful"] == "yes":
        problem = "a doubtful target is context only, but this one is primary"
        yield _fault(row, "doubtful", problem, "write no into doubtful or into primary")


def _primary_twice(rows: tuple[Row, ...]) -> Iterator[Fault]:
    """Per label and city there is one primary target; scopes overlap if one is every city."""
    primary: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["primary"] == "yes":
            for label in dict.fromkeys(labels_of(row["applies_to"])):
                primary[row["code"], label].append(row)
    for (code, label), group in primary.items():
        for first, second in combinations(group, 2):
            scopes = {first["scope"], second["scope"]}
            if len(scopes) == 1 or EVERY_CITY in scopes:
                problem = f"row {first.number} is primary too for {quoted(code)}"
                problem += f", data point {quoted(label)}" if label else ""
                yield _fault(second, "primary", problem, "leave only one of them primary")


def check_band_edges(edges: Sequence[BandEdge]) -> list[Fault]:
    """Return what is wrong with the bands: from the best to 0, each named by its edges."""
    faults = []

    def fault(problem: str, remedy: str) -> None:
        faults.append(Fault("data/scoring.py", None, "BAND_EDGES", problem, remedy))

    for higher, lower in pairwise(edges):
        if lower.lowest >= higher.lowest:
            problem = f"the edge {lower.lowest} is out of order: it follows {higher.lowest}"
            fault(problem, "order the edges from the highest to 0")
        if lower.points >= higher.points:
            problem = f"band {lower.band} earns {lower.points} points, no fewer than {higher.band}"
            fault(problem, "give the lower band fewer points")
    for edge, upper in zip(edges, (100, *(edge.lowest for edge in edges)), strict=False):
        if edge.band != f"{edge.lowest}-{upper}":
            problem = f"band {edge.band} reaches from {edge.lowest} to {upper}"
            fault(problem, "let its name say its edges")
    if not edges or edges[-1].lowest != 0:
        fault("the last band does not begin at 0", "let it begin at 0")
    if {edge.band for edge in edges} != set(BANDS) - {"none"}:
        fault("the edges are not one for each band", "give each band one edge")
    return faults
