"""The rules of targets.csv: sense, sources, which ones are primary; and of the bands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from data.faults import Fault, quoted
from data.labels import Labels
from data.models import EVERY_CITY, Edition, Target
from data.records import labels_of
from data.scoring import BANDS, BandEdge
from data.table_files import Row, TableFiles
from data.tables import TARGETS
from data.yardsticks import COMMON, first_yardstick, fitting_yardsticks, yardstick_of


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
    years = {row["source_id"]: row["year"] for row in tables.rows("sources", "source_id", "year")}
    for row in tables.rows("targets", "target", "kind", "source_id", "primary"):
        yield from _kind_faults(row, years.get(row["source_id"], ""))
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


def _kind_faults(row: Row, source_year: str) -> Iterator[Fault]:
    natural = row["kind"] == "natural_limit"
    if row["target"].startswith("-"):
        yield _fault(row, "target", "the target is below zero", "correct it")
    elif row["direction"] == "higher_is_better" and not row["target"].strip("0."):
        problem = "the target is zero where more is better: every value would reach it"
        yield _fault(row, "target", problem, "correct the target or the direction")
    if natural and row["source_id"]:
        problem = "a natural limit has a source, but nobody set it"
        yield _fault(row, "source_id", problem, "empty the cell, or write another kind")
    elif not natural and not row["source_id"]:
        problem = f"the kind is {row['kind']}, but no source says so"
        yield _fault(row, "source_id", problem, "name the source, or write natural_limit")
    if "set_by_en" in row.cells and natural == bool(row["set_by_en"]):
        problem = "nobody set a natural limit" if natural else "nothing says who set it"
        remedy = "empty the cell" if natural else "name who set it, or whose level it is"
        yield _fault(row, "set_by_en", problem, remedy)
    if row["kind"] == "own_goal":
        if row["primary"] == "yes":
            problem = "a goal that the city set itself is primary"
            yield _fault(row, "primary", problem, "write no: own goals have a page of their own")
        if row["scope"] == EVERY_CITY:
            problem = "a city's own goal holds for every city"
            yield _fault(row, "scope", problem, "write the city that set it")
    year = row["target_year"]
    if year and source_year > year:
        problem = f"the year to reach it is {year}, but the source is of {source_year}"
        remedy = "cite who set it before; where the source only looks back, empty the year"
        yield _fault(row, "target_year", problem, f"{remedy} and say it in the note")


def check_primaries(edition: Edition, rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield each yardstick that is primary, or is not, against the order of bases.

    ``rows`` are those of the edition's yardsticks, in the same order. A city's own goals stand
    outside: they are primary nowhere.
    """
    numbers = {id(target): row for target, row in zip(edition.targets, rows, strict=True)}
    faults: dict[tuple[int, int], Fault] = {}
    for city in edition.cities:
        for indicator in edition.indicators:
            for label in ("", *(point.label for point in indicator.data_points)):
                fitting = fitting_yardsticks(edition, city, indicator, label)
                common = [target for target in fitting if target.kind != "own_goal"]
                first = first_yardstick(common, edition.sources)
                primary = yardstick_of(edition, city, indicator, label, COMMON)
                if first is not None and primary is not first:
                    fault = _primary_fault(first, primary, label, numbers)
                    faults.setdefault((id(first), id(primary)), fault)
    yield from faults.values()


def _primary_fault(
    first: Target, primary: Target | None, label: str, rows: Mapping[int, Row]
) -> Fault:
    where = f" for {quoted(label)}" if label else ""
    if primary is None:
        problem = f"nothing is primary{where}, and this comes first by the order of bases"
        remedy = "write yes, or write yes into doubtful with a reason in the note"
        return _fault(rows[id(first)], "primary", problem, remedy)
    problem = f"row {rows[id(first)].number} comes first{where} by the order of bases"
    return _fault(rows[id(primary)], "primary", problem, "make that row primary, and this one not")


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
