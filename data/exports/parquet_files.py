"""Tables as Parquet: typed columns, with what they are in the file's own metadata."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.exports.tables import Export
from data.tables import ColumnType

_TYPES: Mapping[ColumnType, tuple[Any, Callable[[str], Any]]] = {
    "text": (pa.string(), str),
    # Doubles, because that is what every program reads; the printed digits are in CSV and JSON.
    "number": (pa.float64(), float),
    "integer": (pa.int32(), int),
    "yes_no": (pa.bool_(), "yes".__eq__),
    "date": (pa.date32(), date.fromisoformat),
}


def parquet_bytes(export: Export, about: Mapping[str, str]) -> bytes:
    """One row group with nulls for empty cells; ``about`` goes into the file's metadata."""
    arrays, fields = [], []
    for place, (name, kind) in enumerate(export.types.items()):
        arrow_type, convert = _TYPES[kind]
        cells = [convert(row[place]) if row[place] else None for row in export.rows]
        arrays.append(pa.array(cells, type=arrow_type))
        fields.append(pa.field(name, arrow_type))
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=dict(about)))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="snappy")
    content: bytes = sink.getvalue().to_pybytes()
    return content
