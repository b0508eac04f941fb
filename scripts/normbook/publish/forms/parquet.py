"""Tables as Parquet: every column with its type, texts as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from normbook.publish.forms.tables import Row, Table


def write_parquet(table: Table, rows: Sequence[Row], to: BinaryIO) -> int:
    """Writes a table; gives the number of its rows. Without threads and with a fixed order, the bytes depend on the rows alone."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds: dict[str, Any] = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([pa.field(each.name, kinds[each.kind], nullable=not each.required) for each in table.columns])
    columns = zip(*rows, strict=True) if rows else [() for _ in table.columns]
    arrays = [pa.array(values, kinds[each.kind]) for values, each in zip(columns, table.columns, strict=True)]
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), to, compression="zstd")
    return len(rows)
