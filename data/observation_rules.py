"""The rules of observations.csv: names, labels, units, what may be rated and why not, repeats."""

import re
from collections.abc import Iterator, Mapping

from data.faults import Fault, quoted
from data.labels import Labels
from data.models import slug_of
from data.table_files import Row, TableFiles
from data.tables import OBSERVATIONS

_IDENTITY = OBSERVATIONS.identity
_VALUE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_observations(tables: TableFiles, labels: Labels) -> Iterator[Fault]:
    """Yield every fault that one observation or two of them show."""
    for row in tables.rows("observations", *_IDENTITY, "value", "unit", "value_text"):
        yield from _label_faults(row, labels)
        yield from _words_faults(row)
    for row in tables.rows("observations", "period", "value", "comparability", "rate"):
        if row["rate"] == "yes":
            yield from _rated_faults(row)
        elif row["rate"] == "no":
            yield from _withheld_faults(row)
    yield from _repeats(tables.rows("observations", *_IDENTITY, "value", "value_text"))
    yield from _value_id_faults(tables.rows("observations", "value_id", "city", "code"))
    classes = {
        row["source_id"]: row["class"] for row in tables.rows("sources", "source_id", "class")
    }
    for row in tables.rows("observations", "evidence", "source_id"):
        yield from _evidence_faults(row, classes)
    for row in tables.rows("observations", "derived", "input_source_ids"):
        yield from _input_faults(row)
    for row in tables.rows("observations", "break", "series_break"):
        yield from _break_faults(row)


def _fault(row: Row, column: str, problem: str, remedy: str) -> Fault:
    return Fault(OBSERVATIONS.file, row.number, column, problem, remedy)


def _label_faults(row: Row, labels: Labels) -> Iterator[Fault]:
    code, label, unit = row["code"], row["data_point"], row["unit"]
    if labels.unlisted(code, label):
        problem = f"{quoted(code)} has no data point {quoted(label)}"
        yield _fault(row, "data_point", problem, "correct it, or list it in data_points.csv")
    wanted = labels.unit(code, label)
    if wanted is not None and unit != wanted and (unit or row["value"]):
        problem = f"the unit is {quoted(unit)}, but values here are in {quoted(wanted)}"
        yield _fault(row, "unit", problem, f"convert the value and write {quoted(wanted)}")


def _words_faults(row: Row) -> Iterator[Fault]:
    if not row["value"] and not row["value_text"].strip():
        remedy = "give the number, or the words of the source in value_text"
        yield _fault(row, "value", "the row has neither value nor words", remedy)
    if "note" in row.cells and not row["note"].strip():
        if row["derived"] == "yes":
            problem = "the value is derived, but no note says how"
            yield _fault(row, "note", problem, "write the formula and its figures")
        if row["break"] == "yes":
            problem = "the series breaks here, but no note says why"
            yield _fault(row, "note", problem, "write what changed")


def _rated_faults(row: Row) -> Iterator[Fault]:
    for column in ("value", "period"):
        if not row[column]:
            problem = f"the row is rated, but has no {column}"
            yield _fault(row, "rate", problem, f"give the {column}, or write no with a reason")
    if row["comparability"] == "proxy":
        problem = "the row is rated, but is a proxy: it measures something else"
        yield _fault(row, "rate", problem, "write no with a reason")
    for column in ("rate_reason", "reason"):
        if row[column]:
            problem = f"the row is rated, but {column} says why it is not"
            yield _fault(row, column, problem, "empty it, or write no into rate")


def _withheld_faults(row: Row) -> Iterator[Fault]:
    for column in ("rate_reason", "reason"):
        if column in row.cells and not row[column].strip():
            problem = "the row is not rated, but nothing says why"
            yield _fault(row, column, problem, "give the reason")
    reason = row["reason"]
    if reason and (reason == "no_value") != (not row["value"]):
        problem = f"the reason is {reason}, but there is {'a' if row['value'] else 'no'} value"
        yield _fault(row, "reason", problem, "use no_value where, and only where, there is none")
    if reason == "no_year" and row["period"]:
        problem = "the reason is no_year, but there is a period"
        yield _fault(row, "reason", problem, "give another reason, or empty the period")


def _value_id_faults(rows: tuple[Row, ...]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        name = row["value_id"]
        start = f"{row['city']}-{slug_of(row['code'])}-"
        if not (_VALUE_ID.fullmatch(name) and name.startswith(start)):
            problem = f"{quoted(name)} does not name the value"
            remedy = f"begin it with {start}, in small letters, digits and hyphens"
            yield _fault(row, "value_id", problem, remedy)
        if name in first:
            problem = f"{quoted(name)} stands in row {first[name]} already"
            yield _fault(row, "value_id", problem, "add the source, as in …-2023-rosstat")
        first.setdefault(name, row.number)


def _evidence_faults(row: Row, classes: Mapping[str, str]) -> Iterator[Fault]:
    source = row["source_id"]
    # A source whose class cannot be read has a fault of its own.
    unread = source and source not in classes
    if row["evidence"] == "verified" and not unread and classes.get(source) != "itu":
        problem = "the value is verified, but its source is no report of U4SSC"
        yield _fault(row, "evidence", problem, "name the evidence that the source gives")


def _input_faults(row: Row) -> Iterator[Fault]:
    if (row["derived"] == "yes") != bool(row["input_source_ids"]):
        empty = row["derived"] == "yes"
        problem = f"derived is {row['derived']}, but inputs are {'not ' if empty else ''}named"
        remedy = "name the sources of all numbers in the formula" if empty else "empty the cell"
        yield _fault(row, "input_source_ids", problem, remedy)


def _break_faults(row: Row) -> Iterator[Fault]:
    if row["series_break"] != row["break"]:
        problem = f"series_break is {row['series_break']}, but break is {row['break']}"
        yield _fault(row, "series_break", problem, "write the same into both")


def _repeats(rows: tuple[Row, ...]) -> Iterator[Fault]:
    """One source gives one value for a period; without one it may say different things in words.

    So city, code, data point, period and source name a row with a value among all rows, and a
    row without one together with its words.
    """
    first: dict[tuple[str, ...], int] = {}
    valued: dict[tuple[str, ...], int] = {}
    worded: dict[tuple[str, ...], int] = {}
    for row in rows:
        identity = tuple(row[column] for column in _IDENTITY)
        words = (*identity, row["value_text"])
        other = first.get(identity) if row["value"] else valued.get(identity, worded.get(words))
        if other is not None:
            problem = f"row {other} has the same {', '.join(_IDENTITY)} already"
            remedy = "keep one of the two rows, or tell them apart by period or data point"
            yield _fault(row, "value" if row["value"] else "value_text", problem, remedy)
        first.setdefault(identity, row.number)
        if row["value"]:
            valued.setdefault(identity, row.number)
        else:
            worded.setdefault(words, row.number)
