"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from metoo_research.errors import ReadError
from metoo_research.readers.base import File, Item
from metoo_research.readers.tables_columns import find_columns
from metoo_research.readers.tables_rows import OWN_FACTS, Row, Table, articles_of
from metoo_research.readers.text_lines import opened

_ROWS_AT_ONCE: Final = 256


def read_parquet(file: File) -> Iterator[Item]:
    """Read a Parquet file, some rows at a time.

    Raises
    ------
    ReadError
        If it is damaged, unpacks to too much, or has no column of texts.
    """
    import pyarrow.parquet as pq

    with opened(file) as stream:
        parquet = pq.ParquetFile(stream)
        groups = (
            parquet.metadata.row_group(number)
            for number in range(parquet.metadata.num_row_groups)
        )
        file.budget.take(sum(max(group.total_byte_size, 0) for group in groups))
        names = tuple(parquet.schema_arrow.names)
        if len(set(names)) < len(names):
            raise ReadError("a Parquet file with two columns of one name", "rename one")

        columns = find_columns(names, file.columns)
        needed = {*columns.of.values(), *columns.texts, *OWN_FACTS} & set(names)

        def rows() -> Iterator[Row]:
            number = 0
            for batch in parquet.iter_batches(
                batch_size=_ROWS_AT_ONCE, columns=sorted(needed), use_threads=False
            ):
                values = {name: _values(batch.column(name)) for name in needed}
                for at in range(batch.num_rows):
                    number += 1
                    cells = {name: column[at] for name, column in values.items()}
                    yield Row(f"row {number + 1}", cells)  # as in a table with a heading

        yield from articles_of(Table(names, rows), file)


def _values(column: Any) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python's times have microseconds; nanoseconds would be pandas' own objects.
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return list(column.to_pylist())
