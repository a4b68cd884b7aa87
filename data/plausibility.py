"""Warnings about a draft: what fits together and is improbable all the same."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from data.faults import Fault, quoted
from data.table_files import Row, TableFiles
from data.tables import OBSERVATIONS, TARGETS

# The unit of a share of a whole; what may pass 100 has a unit such as “% of city GDP”.
SHARE = "%"
# A change by more than this factor within a year is looked at.
LARGEST_FACTOR = 3
_LOOK = "look at the source again"
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"(?<=[0-9])[ ,.\u00a0\u202f](?=[0-9]{3}(?![0-9]))")
# A note of a target that reckons: 590 km / 13 258 thousand, 3.7 * 100.
_FORMULA = re.compile(r"[0-9a-z] ?[*/=×] ?[0-9]")
_YEARS = range(1900, 2101)
_LARGE_UNITS = re.compile(r"thousand|million|тыс|млн|миллион", re.IGNORECASE)
_PER_MANY = re.compile(r"100( 000)?\b")
# Words that say a share without a digit.
_WORDS = {
    Decimal(100): re.compile(
        r"\b(all|every|everyone|universal|(one )?hundred|вс[еёюя]|всех|всем|сто)\b", re.IGNORECASE
    ),
    Decimal(50): re.compile(r"\b(half|половин\w*)\b", re.IGNORECASE),
    Decimal(0): re.compile(r"\b(no|none|zero|нет|ноль|нул[её]\w*)\b", re.IGNORECASE),
}


def improbable(tables: TableFiles) -> list[Fault]:
    """Return a warning for each cell that an editor ought to look at once more.

    The tables have no faults of form. A warning may be wrong: a real number can be improbable.
    """
    observations = tables.rows("observations", "value", "unit", "value_text", "derived", "break")
    targets = tables.rows("targets", "target", "unit", "value_text", "note")
    years = {row["source_id"]: row["year"] for row in tables.rows("sources", "source_id", "year")}
    return [
        *_shares(observations, OBSERVATIONS.file, "value"),
        *_shares(targets, TARGETS.file, "target"),
        *_jumps(observations),
        *_quotations(
            (row for row in observations if row["derived"] == "no"), OBSERVATIONS.file, "value"
        ),
        *_quotations(
            (row for row in targets if not _FORMULA.search(row["note"])), TARGETS.file, "target"
        ),
        *_old_sources(observations, years),
    ]


def _shares(rows: tuple[Row, ...], file: str, column: str) -> Iterator[Fault]:
    for row in rows:
        if row["unit"] == SHARE and row[column] and not 0 <= Decimal(row[column]) <= 100:
            problem = f"{row[column]} is no share of a whole, from 0 to 100"
            remedy = f"{_LOOK}, or name in the unit what it is a ratio to, as in “% of city GDP”"
            yield Fault(file, row.number, column, problem, remedy)


def _jumps(rows: tuple[Row, ...]) -> Iterator[Fault]:
    """Changes within a year between values of one series; a declared break ends a series."""
    series: dict[tuple[str, ...], dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["value"] and row["period"]:
            name = (row["city"], row["code"], row["data_point"])
            series[name][int(row["period"][:4])].append(row)
    for years in series.values():
        for year, after in years.items():
            for before, row in product(years.get(year - 1, ()), after):
                low, high = sorted((Decimal(before["value"]), Decimal(row["value"])))
                if row["break"] == "no" and 0 < LARGEST_FACTOR * low < high:
                    problem = f"{row['value']} follows {before['value']} of {year - 1}"
                    problem += f" (row {before.number}): more than {LARGEST_FACTOR} times"
                    remedy = f"{_LOOK}, or write yes into break with the reason in the note"
                    yield Fault(OBSERVATIONS.file, row.number, "value", problem, remedy)


def _quotations(rows: Iterator[Row], file: str, column: str) -> Iterator[Fault]:
    """Quoted words that do not hold the number; a cell read in a table has no quotation."""
    for row in rows:
        number, words = row[column], row["value_text"]
        if number and words and row["unit"] != "yes/no" and not _says(words, number, row["unit"]):
            problem = f"{number} is not in its quotation {quoted(words)}"
            remedy = "quote the words that hold it, or mark the value as derived"
            yield Fault(file, row.number, column, problem, remedy)


def _says(words: str, number: str, unit: str) -> bool:
    """Return whether a quotation holds a number, in digits or in the words for a share."""
    wanted = abs(Decimal(number))
    plain = {words, _THOUSANDS.sub("", words)}
    numbers = {
        Decimal(digits.replace(",", ".")) for text in plain for digits in _NUMBER.findall(text)
    }
    if wanted in numbers:
        return True
    if wanted in _WORDS and all(number in _YEARS for number in numbers):
        return bool(_WORDS[wanted].search(words))
    if not numbers and wanted and wanted % 1000 == 0:
        return bool(_LARGE_UNITS.search(words))  # “about eight thousand”
    # Per thousand or per million residents in the source, per 100 000 here.
    scaled = _PER_MANY.search(unit) or _LARGE_UNITS.search(words)
    return bool(scaled) and wanted.normalize().as_tuple().digits in {
        number.normalize().as_tuple().digits for number in numbers
    }


def _old_sources(rows: tuple[Row, ...], years: dict[str, str]) -> Iterator[Fault]:
    for row in rows:
        last_year = row["period"].split("/")[-1][:4]
        source_year = years.get(row["source_id"], "")
        if row["value"] and source_year and source_year < last_year:
            problem = f"the source of {source_year} is older than the value of {row['period']}"
            remedy = f"{_LOOK}: it can only forecast it"
            yield Fault(OBSERVATIONS.file, row.number, "period", problem, remedy)
