"""The labels that observations and targets of an indicator may carry, and their units."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.table_files import TableFiles


@dataclass(frozen=True, slots=True)
class Labels:
    """The unit of each code and label; the empty label is the indicator as a whole.

    ``complete`` is False where a file that would say so is missing, so nothing can be judged.
    """

    units: Mapping[tuple[str, str], str]
    complete: bool

    def unlisted(self, code: str, label: str) -> bool:
        """Return whether the code is known but has no such data point."""
        return self.complete and (code, "") in self.units and (code, label) not in self.units

    def unit(self, code: str, label: str) -> str | None:
        """The machine unit, None where code or label is unknown."""
        return self.units.get((code, label))


def labels_in(tables: TableFiles) -> Labels:
    """Collect the labels of all indicators from the two tables that define them."""
    indicators = tables.rows("indicators", "code", "unit")
    points = tables.rows("data_points", "code", "data_point", "unit")
    units = {(row["code"], ""): row["unit"] for row in indicators}
    units |= {(row["code"], row["data_point"]): row["unit"] for row in points}
    return Labels(units, complete=bool(indicators and points))
