"""The page with the form that proposes a change of a record, or a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normbook.records.schema import Schemas
from normbook.site.context import RenderContext
from normbook.site.exports.proposal_files import FORMS
from normbook.site.page import Page


def propose_page(context: RenderContext) -> Page:
    """The form; which record, or which type, is in the address."""
    keys: dict[str, None] = {}
    for type in FORMS:
        for path, schema in properties(context.schemas, {"properties": context.schemas.properties(type)}):
            keys |= {f"field.{'/'.join(path[at:])}": None for at in range(len(path))}
            keys |= {f"form-field.{path[-1]}": None}
            keys |= {f"word.{value}": None for value in schema.get("enum", ()) if isinstance(value, str) and ":" not in value}
    site = context.site
    model = {
        "keys": sorted(keys),
        "types": FORMS,
        "repo": site["repo_url"],
        "edit": site.get("edit", "edit/main"),
        "email": context.book.get("imprint", {}).get("email", ""),
    }
    return Page("propose.html", "propose.html", "propose.html", "page.propose", "page-about.propose", model)


def properties(
    schemas: Schemas, schema: Any, path: tuple[str, ...] = (), item: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Every property below a schema with the names that lead to it. `item` is added to the path of a list for its items."""
    schema = schemas.resolve(schema)
    if path:
        yield path, schema
    for key, inner in schema.get("properties", {}).items():
        yield from properties(schemas, inner, (*path, key), item)
    if "items" in schema:
        yield from properties(schemas, schema["items"], (*path, *item), item)
    for branch in ("then", "else"):
        if branch in schema:
            yield from properties(schemas, schema[branch], path, item)


def descriptions(schemas: Schemas) -> dict[str, set[str]]:
    """The descriptions of the fields of each type that has a form."""
    return {
        type: {each["description"] for _, each in properties(schemas, {"properties": schemas.properties(type)}) if "description" in each}
        for type in FORMS
    }
