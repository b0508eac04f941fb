"""Checks of the book's own file: who edits the book, and which records its home page shows first."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.graph.checks.references import with_article
from normbook.graph.context import CheckContext


def book(context: CheckContext) -> Iterator[Problem]:
    """An editor is named, and the home page names existing initiatives and a principle."""
    if context.book is None:
        return
    if not context.book.fields["imprint"]["editors"]:
        hint = "name each editor, for example `- name: Ana Reyl`; until then the site says that no editor is named"
        yield context.book.problem("/imprint/editors", "N360", "expected at least one editor, found an empty list", hint, level="warning")
    home = context.book.fields["home"]
    for number, id in enumerate(home["initiatives"]):
        yield from _named(context, f"/home/initiatives/{number}", id, "initiative")
    yield from _named(context, "/home/sample", home["sample"], "principle")


def _named(context: CheckContext, pointer: str, id: str, type: str) -> Iterator[Problem]:
    assert context.book is not None
    ids = context.graph.ids_of(type)
    if id in ids or id in context.broken:
        return
    suggestion = suggest(id, ids)
    hint = f"did you mean {suggestion!r}?" if suggestion else f"name an existing {type}"
    if found := context.graph.briefs.get(id):
        yield context.book.problem(pointer, "N304", f"expected {with_article(type)}, but {id!r} is {with_article(found.type)}", hint)
    else:
        yield context.book.problem(pointer, "N303", f"no record {id!r}", hint)
