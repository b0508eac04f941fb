"""The descriptor of the CSV files as a Frictionless data package: tables, columns, and foreign keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from normbook.site.chrome import LICENSE
from normbook.site.exports.csv import DIALECT
from normbook.site.exports.tables import Table


def package(site: Mapping[str, str], version: str, tables: Iterable[Table], made: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The descriptor; `made` has the size and SHA-256 of each file, by table."""
    return {
        "profile": "tabular-data-package",
        "name": "normbook",
        "title": site["name"],
        "description": f"{site['description']} {DIALECT}",
        "version": version,
        "homepage": site["url"],
        "licenses": [{"name": "CC0-1.0", "path": LICENSE, "title": "Creative Commons Zero 1.0"}],
        "resources": [_resource(table, made[table.name]) for table in tables],
    }


def _resource(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    keys = [{"fields": [each.name], "reference": {"resource": each.refers, "fields": ["id"]}} for each in table.columns if each.refers]
    fields = [
        {"name": each.name, "type": each.kind, "description": each.words, **({"constraints": {"required": True}} if each.required else {})}
        for each in table.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"csv/{table.name}.csv",
        "title": table.name.replace("_", " "),
        "description": table.words,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": row["bytes"],
        "hash": f"sha256:{row['sha256']}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": fields, "primaryKey": ["id"], "missingValues": [""], **({"foreignKeys": keys} if keys else {})},
    }
