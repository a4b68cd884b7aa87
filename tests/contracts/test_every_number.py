"""Every number that pages of indicators show stands in a file that readers can load."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from lxml.html import HtmlElement

from data.editions import newest_folder
from data.models import Language
from tests.builders import Row
from tests.contracts.documents import DIMENSIONS, slug_of
from tests.contracts.readings import INDICATORS, Pages

# A number that is part of a name, such as PM2.5 or CO2, is none.
NUMBER = re.compile(r"(?<![\w.,/–-])[-−]?\d[\d\u00a0\u202f]*(?:[.,]\d+)*(?![\w/])")
# What the method says of every score: edges, points, years that count as recent.
METHOD = {"0", "33", "66", "95", "100", "1", "2", "3", "4", "5"}
# Ticks of axes, sizes of pictures, code and citations are no data.
OTHER = ".//script | .//style | .//svg | .//pre | .//*[@id='reuse']"
WHOLE = ("values", "scores", "fulfilment", "gaps", "targets", "indicators", "data_points")
WHOLE += ("sources", "observations", "population", "corrections")


@cache
def rows_of(table: str) -> list[Row]:
    (texts,) = (newest_folder() / "files").iterdir()
    text = (texts / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def plain(number: str) -> str:
    """A number as files write it: a decimal point, no space, no needless zero."""
    digits = re.sub(r"[\u00a0\u202f ]", "", number).replace("−", "-")
    digits = re.sub(r",(?=\d{3}(?!\d))", "", digits) if digits.count(",") else digits
    digits = digits.replace(",", ".")
    return digits.rstrip("0").rstrip(".") if digits.count(".") == 1 else digits


def numbers_in(words: str) -> Iterator[str]:
    for number in NUMBER.findall(words):
        yield plain(number)
        # English writes thousands with a comma, Russian decimals.
        yield plain(number.replace(",", "."))


@cache
def shown(cell: str) -> tuple[str, ...]:
    """The ways in which a page may write the number of a cell."""
    ways = [*numbers_in(cell)]
    if re.fullmatch(r"-?\d+(\.\d+)?", cell):
        for step in ("1", "0.1", "0.01"):
            rounded = Decimal(cell).quantize(Decimal(step), ROUND_HALF_UP)
            # A share is never rounded into another band.
            ways += plain(str(rounded)), plain(str(rounded - Decimal(step)))
    return tuple(ways)


def numbers_of(rows: Iterable[Row]) -> set[str]:
    return {number for row in rows for cell in row.values() for number in shown(cell)}


@cache
def numbers_for(dimension: str) -> frozenset[str]:
    """All numbers that files say of a dimension, or of the city where it is empty."""
    own = {code for code, row in INDICATORS.items() if dimension in ("", row["dimension"])}
    rows = [
        row
        for table in WHOLE
        for row in rows_of(table)
        if not row.get("code") or row["code"] in own
    ]
    return frozenset(numbers_of(rows) | counts_of(rows))


def counts_of(rows: list[Row]) -> set[str]:
    """Numbers of rows with the same word in a column, which need not be printed."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for name in ("code", "band", "reason", "comparability", "evidence", "scored"):
            key = name, row.get(name) or ""
            counts[key] = counts.get(key, 0) + 1
    # Values that are counted the same way are some of those of one indicator.
    longest = max((count for (name, _), count in counts.items() if name == "code"), default=0)
    return {str(count) for count in (*counts.values(), *range(longest + 1))}


def category_of(code: str) -> str:
    return INDICATORS[code]["category"]


def missing(page: HtmlElement, published: Iterable[str]) -> list[str]:
    (main,) = deepcopy(page).xpath("//main")
    for other in main.xpath(OTHER):
        other.drop_tree()
    words = " ".join(main.itertext())
    allowed = {*published, *METHOD}
    return [
        number
        for number in NUMBER.findall(words)
        if allowed.isdisjoint({plain(number), plain(number.replace(",", "."))})
    ]


def test_every_number_of_an_overview_is_in_a_file(pages: Pages, language: Language) -> None:
    dimensions = {f"{slug}/": slug.replace("-", "_") for slug in DIMENSIONS}
    for path, dimension in {"": "", "kpi/": "", **dimensions}.items():
        assert missing(pages[f"/{language}/{path}"].root, numbers_for(dimension)) == [], path


def test_every_number_of_an_indicator_is_in_a_file(pages: Pages, language: Language) -> None:
    lost = {}
    for code in INDICATORS:
        # The page names its neighbours with their shares.
        near = {other for other, row in INDICATORS.items() if row["category"] == category_of(code)}
        rows = [row for table in WHOLE for row in rows_of(table) if row.get("code") in near]
        named = {cell for row in rows for name, cell in row.items() if "source" in name}
        rows += [row for row in rows_of("sources") if row["source_id"] in named]
        page = pages[f"/{language}/kpi/{slug_of(code)}/"].root
        if numbers := missing(page, numbers_of(rows) | counts_of(rows)):
            lost[code] = numbers
    assert lost == {}
