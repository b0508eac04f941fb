"""The bulk exports: the path, kind and media type of each file, and the function that writes it to a stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from normbook.records.schema import Schemas
from normbook.site.chrome import LICENSE
from normbook.site.context import RenderContext
from normbook.site.exports import crosswalk, rdf, sqlite
from normbook.site.exports.annotations import of_source
from normbook.site.exports.corrections import CORRECTIONS, correction_rows
from normbook.site.exports.csv import write_sheet
from normbook.site.exports.record_files import as_json
from normbook.site.exports.rows import rows
from normbook.site.exports.tables import Row, Table, layout, write_parquet
from normbook.site.exports.terms import CONTEXT, TERMS, json_ld_context
from normbook.site.exports.values import VALUES, value_rows


class Form(NamedTuple):
    """A file to export: its path in the site, its kind (the group on the data page), its media type, and a function that writes it and returns the number of entries."""

    path: str
    kind: str
    media_type: str
    write: Callable[[BinaryIO], int]


class Tables(NamedTuple):
    """All tables with their rows."""

    tables: tuple[Table, ...]
    rows: dict[str, list[Row]]


def tables_of(schemas: Schemas) -> tuple[Table, ...]:
    """All tables: those of the records, and those derived from them."""
    return (*layout(schemas), CORRECTIONS, VALUES)


def tabulated(context: RenderContext) -> Tables:
    """The tables of all records, with their rows."""
    tables = tables_of(context.schemas)
    found: dict[str, list[Row]] = {table.name: [] for table in tables}
    for name, row in rows(context, tables):
        found[name].append(row)
    found[CORRECTIONS.name] += correction_rows(context)
    version = context.data_version
    for row in found["records"]:
        found[VALUES.name] += value_rows(context, context.graph.records[row[0]], version)
    return Tables(tables, found)


def linked_forms(context: RenderContext) -> Iterator[Form]:
    """The exports that are written record by record: linked data, annotations, the mapping set."""
    yield Form(CONTEXT, "linked", "application/ld+json", partial(_text, lambda: as_json(json_ld_context(context.site["url"]))))
    yield Form(TERMS, "linked", "text/turtle", partial(rdf.described_terms, context))
    yield Form("data/normbook.nq", "linked", "application/n-quads", partial(rdf.nquads, context))
    yield Form("data/normbook.ttl", "linked", "text/turtle", partial(rdf.turtle, context))
    yield Form("data/themes.skos.ttl", "linked", "text/turtle", partial(crosswalk.skos, context))
    yield Form("data/normbook.sssom.tsv", "sssom", "text/tab-separated-values", partial(crosswalk.sssom, context))
    yield Form("data/annotations.jsonl", "annotations", "application/jsonl", partial(_annotations, context))


def table_forms(context: RenderContext, all: Tables) -> Iterator[Form]:
    """The exports of tables. The rows of a table are freed when its last file is written."""
    texts = [
        (id, each.cleaned.text) for id, each in sorted(context.readings.items()) if context.graph.get(id, "/rights/full_text") == "publish"
    ]
    yield Form("data/normbook.sqlite", "sqlite", "application/vnd.sqlite3", partial(sqlite.write_database, all.tables, all.rows, texts))
    said = sqlite.datasette(context.site, all.tables, LICENSE)
    yield Form("data/datasette.json", "sqlite", "application/json", partial(_text, lambda: as_json(said)))
    for table in all.tables:
        found = all.rows[table.name]
        yield Form(f"data/csv/{table.name}.csv", "csv", "text/csv", partial(write_sheet, table, found))
        yield Form(f"data/parquet/{table.name}.parquet", "parquet", "application/vnd.apache.parquet", partial(write_parquet, table, found))
        del all.rows[table.name]


def _text(make: Callable[[], str], to: BinaryIO) -> int:
    to.write(make().encode())
    return 1


def _annotations(context: RenderContext, to: BinaryIO) -> int:
    """Writes all annotations, one per line."""
    count = 0
    for source in sorted(context.readings):
        page: dict[str, Any] = of_source(context, source)
        for each in page["items"]:
            to.write((json.dumps({"@context": page["@context"], **each}, ensure_ascii=True) + "\n").encode())
            count += 1
    return count
