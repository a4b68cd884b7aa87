"""Monthly snapshots of the published statistics: made once, and never changed.

A snapshot beside the one before shows the answers in between, and they may be few. So a series
moves on only where its new answers could be published by themselves (decision 0142).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from sqlalchemy import func, select

from quiz.bank import Bank
from quiz.counter_rows import INSERT
from quiz.counters import CounterKey, Counts
from quiz.database import READING
from quiz.exports import COLUMNS, Record, row, series_rows, summary_document
from quiz.models import Series
from quiz.statistics import Statistics, Summary, summarise, summary_of
from quiz.store import Store
from quiz.subgroups import Subgroups, subgroups_of
from quiz.tables import snapshots
from quiz.tokens import utc_today

# Counters that the next snapshot is held against; the others are published as single figures.
_GUARDING = ("runs", "score", "option", "right")
# Figures that may come and go; all others stay once a snapshot has shown them.
_VARIABLE = {"chosen", "runs_with_score", "median_seconds", "discrimination"}
# A clock that was wrong by years must not fill the store.
_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The published statistics when ``month``, such as 2026-11, had ended.

    ``document`` and ``table`` are those of ``quiz.exports``, but have each series by itself, and
    ``as_of`` names the month at whose end the figures of a series stood.
    """

    month: str
    document: Mapping[str, Any]
    table: list[Record]


def make_snapshots(store: Store, bank: Bank, today: date | None = None) -> list[str]:
    """Store the snapshots of the months that have ended since the last one; return the months.

    Whoever comes first makes them. The first of all is that of the month just over.

    Raises:
        StoreFault: the last of them, or all, are not made.
    """
    today = today or utc_today()
    with store.transaction(READING) as connection:
        last = connection.scalar(select(func.max(snapshots.c.month)))
    first_day = store.first_day()
    months = _months(last, today)
    if not months or first_day is None or first_day >= today.replace(day=1):
        return []
    counts = store.counts()
    statistics = summarise(counts, bank, first_day)
    kept = [[*key, total] for key, total in counts.items() if key.name in _GUARDING]
    former = find_snapshot(store, last) if last else None
    stored_months = []
    for month in months:
        series = []
        for name in get_args(Series):
            before = _series_of(former, name) if former else None
            base = _counts_of(store, before.as_of) if before else {}
            series.append(next_series(name, month, counts, bank, before, base))
        former = _snapshot(month, today, statistics, series)
        table = [[record[name] for name in COLUMNS] for record in former.table]
        with store.transaction() as connection:
            insert = INSERT[connection.dialect.name](snapshots).on_conflict_do_nothing()
            insert = insert.returning(snapshots.c.month)
            content = {"document": former.document, "table": table}
            values = {"month": month, "made_on": today, "document": content, "counts": kept}
            if connection.scalar(insert, values) is None:
                break  # Another process was faster, and its figures may be others.
        stored_months.append(month)
    return stored_months


def find_snapshot(store: Store, month: str) -> Snapshot | None:
    """Return the snapshot of a month; None where there is none."""
    query = select(snapshots.c.document).where(snapshots.c.month == month)
    with store.transaction(READING) as connection:
        stored = connection.scalar(query)
    if stored is None:
        return None
    table = [dict(zip(COLUMNS, cells, strict=True)) for cells in stored["table"]]
    return Snapshot(month, stored["document"], table)


def snapshot_days(store: Store) -> dict[str, date]:
    """Return the months that have a snapshot, newest first, with the day it was made on."""
    query = select(snapshots.c.month, snapshots.c.made_on).order_by(snapshots.c.month.desc())
    with store.transaction(READING) as connection:
        return {row.month: row.made_on for row in connection.execute(query)}


def _months(last: str | None, today: date) -> list[str]:
    """Return the months after ``last`` that are over, oldest first."""
    number = today.year * 12 + today.month - 1
    ended = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(number - _MOST_MONTHS, number)]
    return [month for month in ended if month > last] if last else ended[-1:]


@dataclass(frozen=True, slots=True)
class SeriesSnapshot:
    """One series in a snapshot: its figures at the end of the month ``as_of``."""

    name: Series
    as_of: str
    document: Mapping[str, Any]
    table: list[Record]


def next_series(
    name: Series,
    month: str,
    counts: Counts,
    bank: Bank,
    former: SeriesSnapshot | None,
    base: Counts,
) -> SeriesSnapshot:
    """Return a series as of ``month``, or ``former`` again while the new answers are too few.

    ``base`` has the counts behind ``former``. A series moves on where every lasting figure that
    was shown may be shown again, beside what the new answers alone may tell.
    """
    whole = subgroups_of(counts, bank, name)
    former_keys = _lasting(former.table) if former else set()
    if not former or not former_keys:
        return _moved(name, month, summary_of(whole, (whole,), bank))
    keys = [key for key in {**base, **counts} if key.series == name and key.name in _GUARDING]
    new = {key: counts.get(key, 0) - base.get(key, 0) for key in keys}
    if min(new.values(), default=0) < 0:  # An older backup was restored.
        return former
    since = subgroups_of({key: number for key, number in new.items() if number}, bank, name)
    guards = (whole, subgroups_of(base, bank, name), since)
    summary = _hide_again(summary_of(whole, guards, bank), since, former.document)
    moved = _moved(name, month, summary)
    return moved if former_keys <= _lasting(moved.table) else former


def _moved(name: Series, month: str, summary: Summary) -> SeriesSnapshot:
    return SeriesSnapshot(name, month, summary_document(summary), series_rows(name, summary))


def _series_of(snapshot: Snapshot, name: Series) -> SeriesSnapshot:
    own = [row for row in snapshot.table if row["series"] == name and row["measure"] != "as_of"]
    return SeriesSnapshot(name, snapshot.document["as_of"][name], snapshot.document[name], own)


def _snapshot(
    month: str, today: date, statistics: Statistics, series: Iterable[SeriesSnapshot]
) -> Snapshot:
    by_name = {entry.name: entry for entry in series}
    first_day = statistics.first_day
    head = {
        "month": month,
        "made_on": today.isoformat(),
        "first_day": first_day and first_day.isoformat(),
        "chance": float(statistics.chance),
        "participants": by_name["first"].document["runs"],
    }
    as_of = {entry.name: entry.as_of for entry in by_name.values()}
    documents: dict[str, Any] = {entry.name: entry.document for entry in by_name.values()}
    excluded = dict(statistics.exclusions)
    table = [row(name, value) for name, value in head.items()]
    for entry in by_name.values():
        table += [row("as_of", entry.as_of, series=entry.name), *entry.table]
    table += [row(f"excluded_{reason}", times) for reason, times in excluded.items()]
    return Snapshot(month, {**head, "as_of": as_of, **documents, "excluded": excluded}, table)


def _counts_of(store: Store, month: str) -> Counts:
    query = select(snapshots.c.counts).where(snapshots.c.month == month)
    with store.transaction(READING) as connection:
        return {CounterKey(*key): total for *key, total in connection.scalar(query) or ()}


def _lasting(records: Iterable[Record]) -> set[tuple[str, ...]]:
    """Return the places of published figures that later snapshots must show as well."""
    return {
        tuple(cell for name, cell in record.items() if name != "value")
        for record in records
        if record["value"] and record["measure"] not in _VARIABLE
    }


def _hide_again(summary: Summary, since: Subgroups, former: Mapping[str, Any]) -> Summary:
    """Withhold what ``former`` withheld of questions that nobody was asked ``since``.

    Their options stood in it as they stand now, and an earlier snapshot may have shown them.
    """
    before = {(each["question"], each["version"]): each["options"] for each in former["questions"]}
    questions = dict(summary.questions)
    for key in before.keys() & questions.keys() - since.questions.keys():
        options = {name: n for name, n in questions[key].options.items() if name in before[key]}
        questions[key] = replace(questions[key], options=options)
    return replace(summary, questions=questions)
