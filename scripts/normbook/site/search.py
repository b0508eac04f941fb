"""The search entries: one per page, all loaded by the browser. There is no index: see docs/decisions/0015."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from normbook.graph.graph import Brief
from normbook.records.model import Quotation, Record

LONGEST = 480  # code points of text per entry
OPENING, END = "window.normbookEntries = [\n", "\n];\n"


def entry(
    record: Record, brief: Brief, path: str, named: Mapping[str, str] = MappingProxyType({}), machine: bool = False
) -> dict[str, Any]:
    """The search entry of a record: its names, facets, a summary by the editors and, separately, a quotation with its stance.

    `named` has the record's names in the other languages of the site; `machine` means that the quotation is from a machine translation.
    """
    fields = record.fields
    said = [each.what for each in record.evidence if isinstance(each.what, Quotation) and {"/wording", "/stance"} & set(each.supports)]
    words = [name["text"] for name in fields.get("names", ()) if name["text"] not in (brief.title, *named.values())]
    words += [*fields.get("variants", ()), brief.summary]
    initiative = fields.get("initiative", record.id if record.type == "initiative" else "")
    native = next(iter(named.values()), "")
    return {
        "path": path, "type": record.type, "title": brief.title, "native": native if native != brief.title else "", "id": record.id, "date": brief.date,
        "themes": list(fields.get("themes", ())), "initiative": initiative, "text": "; ".join(filter(None, words))[:LONGEST],
        "quote": said[0].exact[:LONGEST] if said else "", "stance": said[0].stance if said else "", "machine": bool(said) and machine,
    }  # fmt: skip


def line(found: Mapping[str, Any]) -> str:
    """An entry as one line of the list, escaped so that it cannot end a script element."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def listed(entries: Iterable[Mapping[str, Any]]) -> str:
    """All entries as a script, one per line. A script also loads from a file:// address."""
    return OPENING + ",\n".join(map(line, entries)) + END


def patched(text: str, entries: Mapping[str, Mapping[str, Any]]) -> str:
    """The list with the entries of some pages replaced."""
    for path, found in entries.items():
        start = text.index(f'{{"path":{json.dumps(path)},')
        _, end = json.JSONDecoder().raw_decode(text, start)
        text = text[:start] + line(found) + text[end:]
    return text
