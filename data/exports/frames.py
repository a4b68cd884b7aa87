"""Tables as pandas frames, for those who compute with them in this project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.exports.tables import export_of
from data.models import Edition

if TYPE_CHECKING:
    import pandas as pd


def table_frame(edition: Edition, city: str, table: str) -> pd.DataFrame:
    """Return one table of ``EXPORTS`` as text cells, so that numbers keep their digits.

    Raises ``KeyError`` for a table or a city that the edition does not have.
    """
    # Imported here because it takes longer than a page does, and pages never need it.
    import pandas as pd  # noqa: PLC0415  # See above.

    export = export_of(edition, city, table)
    return pd.DataFrame(list(export.rows), columns=list(export.header), dtype=str)
