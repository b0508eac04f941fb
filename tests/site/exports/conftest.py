"""What the tests of the exports share: the project exported once, the same as values, and records whose every text is hostile."""

from __future__ import annotations

import copy as copies
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import pytest

from normbook.graph.graph import link
from normbook.records.model import Record
from normbook.site.context import RenderContext
from normbook.workspace.load import Project
from normbook.workspace.prepare import render_context

SITE = "https://normbook.github.io/normbook/"
HOSTILE = (
    '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1:A9)", "'an apostrophe first", "''two of them", "two\nlines", 'a return\r\nand "quotes", commas; a\ttab', "＝full width",
    "\u202eright to left\u202c עברית العربية \u2067x\u2069", "中文，“引号”。數據安全", "a family \U0001f469\u200d\U0001f469\u200d\U0001f467 and \U00020000", "separators \u2028 and \u2029 and \x85 here",
    "<script>alert(1)</script> & ]]> <!-- -->", "{{ 7 * 7 }} {% raw %} ${x} #{y}", "NULL", "null", "~", "no", "1e5", "007", "2020-01-01", "back\\slash \\N \\\" \\n \\u0041", "# no comment: here", "a mark \ufeff inside",
    "no-break\u00a0space", "| pipe `tick` $5 %s", "@prefix x: <y> .", "''' \"\"\" '''",
)  # fmt: skip


def context_of(project: Project) -> RenderContext:
    """The context of a project, as a build has it."""
    return render_context(project.repo, link(project.records, project.schemas), project.schemas, project.readings, project.corrections)


@pytest.fixture(scope="session")
def context(project: Project) -> RenderContext:
    return context_of(project)


@pytest.fixture(scope="session")
def hostile(project: Project) -> Project:
    """The project with a hostile text in every field of every record that its schema lets hold one; quotations stay as they are."""
    texts = iter(HOSTILE * 2000)
    records = {}
    for id, record in project.records.items():
        fields = copies.deepcopy(dict(record.fields))
        _spoil(fields, fields, record, project, texts)
        records[id] = Record(record.type, id, record.path, fields)
    return replace(project, records=records)


def _spoil(node: Any, whole: Any, record: Record, project: Project, texts: Iterator[str]) -> None:
    """Puts a hostile text wherever the schema still allows the record then."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        if key in ("exact", "prefix", "suffix", "source", "speaker", "id", "for", "sha256", "file") or (
            isinstance(value, str) and value in project.records
        ):
            continue
        if isinstance(value, (dict, list)):
            _spoil(value, whole, record, project, texts)
        elif isinstance(value, str):
            for wish in (next(texts), next(texts), "-one line, “引号” עברית"):
                node[key] = wish
                if project.schemas.allows(record.type, whole):
                    break
                node[key] = value


def written(make: Callable[[BinaryIO], int]) -> bytes:
    """What a form writes."""
    to = io.BytesIO()
    make(to)
    return to.getvalue()
