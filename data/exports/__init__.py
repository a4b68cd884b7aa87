"""Tables and indicators as files, made from the checked records.

What is named here loads no heavy library; the writers of XLSX, Parquet and RDF stand in modules
of their own, which only ``data.builds`` imports.
"""

from data.exports.computed import FULFILMENT, GAPS
from data.exports.csv_files import csv_bytes, excel_csv_bytes
from data.exports.indicator_files import IndicatorFiles
from data.exports.json_files import json_bytes
from data.exports.tables import (
    EXPORTS,
    FULFILMENT_HEADER,
    GAPS_HEADER,
    export_of,
    exports_of,
)
from data.models import Edition, Indicator

__all__ = [
    "EXPORTS",
    "FULFILMENT",
    "FULFILMENT_HEADER",
    "GAPS",
    "GAPS_HEADER",
    "excel_csv_bytes",
    "export_of",
    "exports_of",
    "indicator_csv",
    "json_bytes",
    "table_csv",
]


def table_csv(edition: Edition, city: str, table: str) -> bytes:
    """Return one table of ``EXPORTS`` as CSV: UTF-8, line feeds, the same bytes every time.

    Raises ``KeyError`` for a table or a city that the edition does not have.
    """
    return csv_bytes(export_of(edition, city, table))


def indicator_csv(edition: Edition, city: str, indicator: Indicator) -> bytes:
    """Return the observations of one indicator in ``city`` with scores and sources, as CSV.

    Raises ``KeyError`` for a city that the edition does not know.
    """
    edition.cities[city]
    return IndicatorFiles(edition, city).csv(indicator)
