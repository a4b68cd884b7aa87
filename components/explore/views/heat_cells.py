"""Cells of the heat map: the verdict of each indicator as of each year, and its age."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from components.ages import aged_class
from components.explore.views.protocol import (
    Context,
    once,
    own_history,
    own_rows,
    rating_words,
)
from components.texts import text
from components.theme import BAND_CLASSES
from data.exploration.filters import Selected
from data.exploration.score_rows import Row
from data.models import Indicator
from data.scores import RECENT_YEARS
from data.scoring import Band, points_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator as of one year.

    ``years`` are those of the scored values, oldest first, or that of the value shown without a
    score; ``measured`` says that one is of this very year.
    """

    as_of: int
    band: Band
    reason: str
    years: tuple[int, ...]
    has_value: bool

    @property
    def older(self) -> bool:
        """Return whether the verdict rests on a value that was not recent in that year."""
        return self.band != "none" and self.years[0] < self.as_of - RECENT_YEARS

    @property
    def measured(self) -> bool:
        """Return whether a value of this very year is among those of the verdict."""
        return self.as_of in self.years

    @property
    def look(self) -> str:
        """The classes of the cell; empty where there is nothing to draw."""
        return aged_class(BAND_CLASSES[self.band], older=self.older) if self.has_value else ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One indicator over the years; ``newest`` is its decisive row as of the last one."""

    indicator: Indicator
    cells: tuple[Cell, ...]
    newest: Row | None

    @property
    def last(self) -> Cell:
        """The cell of the last year."""
        return self.cells[-1]

    def stretches(self) -> Iterator[tuple[tuple[Cell, ...], bool]]:
        """Yield cells of one look that are drawn as one, and whether they were measured."""
        drawn = (cell for cell in self.cells if cell.look)
        for key, group in groupby(
            drawn, key=lambda cell: (cell.look, cell.measured and cell.as_of)
        ):
            cells = tuple(group)
            start = 0
            for index in range(1, len(cells) + 1):
                if index == len(cells) or cells[index].as_of != cells[index - 1].as_of + 1:
                    yield cells[start:index], bool(key[1])
                    start = index


@once
def heat_rows(selected: Selected, context: Context) -> tuple[HeatRow, ...]:
    """Return the chosen indicators: by dimension, in each the best verdict first, gaps last."""
    cells: dict[str, dict[int, list[Row]]] = {}
    for row in own_history(selected):
        cells.setdefault(row.code, {}).setdefault(row.as_of, []).append(row)
    own = own_rows(selected)
    newest = {row.code: row for row in own if row.decisive}
    for row in own:
        newest.setdefault(row.code, row)
    rows = [
        HeatRow(
            context.indicators[code],
            tuple(_cell(as_of, members) for as_of, members in sorted(by_year.items())),
            newest.get(code),
        )
        for code, by_year in cells.items()
    ]
    order = {code: place for place, code in enumerate(context.indicators)}
    dimensions = list(dict.fromkeys(i.dimension for i in context.edition.indicators))
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                dimensions.index(row.indicator.dimension),
                -(points_of(row.last.band) or 0),
                not row.last.has_value,
                order[row.indicator.code],
            ),
        )
    )


def _cell(as_of: int, members: Sequence[Row]) -> Cell:
    band: Band = members[0].indicator_band
    with_value = [row for row in members if row.value is not None]
    counted = with_value if band == "none" else [row for row in with_value if row.band != "none"]
    years = sorted({row.year for row in counted if row.year is not None})
    reason = members[0].indicator_reason
    # A filter may have left none of the rows that the verdict rests on.
    if band != "none" and not years:
        band, reason = "none", "no_value"
    return Cell(as_of, band, reason, tuple(years), bool(with_value))


def years_of(rows: Sequence[HeatRow]) -> list[int]:
    """Return every year from the first to the last of the cells; empty without cells."""
    known = sorted({cell.as_of for row in rows for cell in row.cells})
    return list(range(known[0], known[-1] + 1)) if known else []


def labelled_years(years: Sequence[int]) -> list[int]:
    """Return the ends, and years that five divides where they keep three years off the ends."""
    ends = sorted({years[0], years[-1]})
    return sorted(
        {
            *(ends if len(years) > 2 else ends[-1:]),
            *(
                year
                for year in years
                if year % 5 == 0 and min(year - years[0], years[-1] - year) > 3
            ),
        }
    )


def stretch_words(cells: Sequence[Cell], context: Context) -> str:
    """Say years, verdict and the years of its values: ``2015–2018: … (value of 2015)``."""
    first, last = cells[0], cells[-1]
    when = str(first.as_of) if first is last else f"{first.as_of}–{last.as_of}"
    words = rating_words(first.band, first.reason, context.language)
    years = sorted({year for cell in cells for year in cell.years})
    if not years:
        return f"{when}: {words}"
    of = "–".join(str(year) for year in sorted({years[0], years[-1]}))
    return text("heat_stretch", context.language, when=when, words=words, years=of)
