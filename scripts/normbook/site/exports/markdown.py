"""A record as Markdown, and llms.txt: the same facts as its page, for readers that take plain text. Made from the record, not from the page.

Every quotation has its speaker and stance. What a record says is escaped, so that it reads as written when it is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from normbook.graph.evidence import Resolved, resolve
from normbook.records.model import Evidence, Outside, Quotation, outline
from normbook.records.types import FOLDERS, PUBLISHED
from normbook.site.context import RenderContext
from normbook.site.evidence import actor, sentence_around

LLMS = "llms.txt"
MOST_INITIATIVES = 100  # in llms.txt
MARKS = re.compile(r"([\\`*_\[\]<>&|~#])")
STARTS = re.compile(r"\A([-+]|\d{1,9}[.)])(?=\s|\Z)")
APART = ("id", "title", "status", "evidence", "summary", "judgements")
READ = {"yes": "read", "part": "read in part", "no": "not read"}


def escaped(text: str) -> str:
    r"""A text on one line, in which nothing is markup.

    >>> escaped("1. a *b* [c]\n# d")
    '1\\. a \\*b\\* \\[c\\] \\# d'
    """
    line = MARKS.sub(r"\\\1", " ".join(text.split()))
    return STARTS.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", line)


def markdown(context: RenderContext, id: str) -> str:
    """The record as Markdown: what it is, its fields, its quotations and other evidence, its judgements, its links."""
    record, brief = context.graph.records[id], context.graph.briefs[id]
    certainty = (record.fields.get("status") or {}).get("certainty", "")
    rows = [f"# {escaped(brief.title)}", ""]
    rows += [f"- id: `{id}`", f"- type: {record.type}", f"- state: {brief.publication}, {brief.review}, certainty {certainty}"]
    rows += [f"- page: <{context.site['url']}{context.url(id)}>"]
    if brief.summary:
        rows += ["", escaped(brief.summary)]
    fields = [row for key, value in record.fields.items() if key not in APART for row in _field(context, key, value)]
    for title, lines in (
        ("Fields", fields),
        ("Quotations", list(_quotations(context, record.evidence))),
        ("Other evidence", list(_outside(record.evidence))),
        (
            "Judged by the editors",
            [f"- {', '.join(each['for'])}: {escaped(each['reason'])}" for each in record.fields.get("judgements", ())],
        ),
        ("Named by", list(_named_by(context, id))),
    ):
        if lines:
            rows += ["", f"## {title}", "", *lines]
    return "\n".join(rows) + "\n"


def moved(context: RenderContext, old: str, targets: Iterable[str], reason: str) -> str:
    """The page at the old address of a record that was moved or divided."""
    rows = [f"# {old}", "", "This record was replaced by:", "", *(f"- {_link(context, id)}" for id in targets)]
    return "\n".join([*rows, *(["", escaped(reason)] if reason else [])]) + "\n"


def _field(context: RenderContext, key: str, value: Any) -> Iterator[str]:
    for depth, name, values in outline(key, value):
        said = "" if values is None else " " + ", ".join(_value(context, each) for each in values)
        yield f"{'    ' * depth}- {name}:{said}"


def _value(context: RenderContext, value: Any) -> str:
    """A value; one that names a record leads to it."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, str) and value in context.graph.briefs:
        return _link(context, value)
    return f"<{value}>" if isinstance(value, str) and re.fullmatch(r"https?://[^\s<>]+", value) else escaped(str(value))


def _link(context: RenderContext, id: str) -> str:
    return f"[{escaped(context.graph.briefs[id].title)}](../{context.url(id).removesuffix('.html')}.md)"


def _quotations(context: RenderContext, evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """Each quotation in its sentence, in bold letters, with who says it and how, and where it stands."""
    for each in evidence:
        what = each.what
        if not isinstance(what, Quotation):
            continue
        said = actor(context, what.speaker)
        speaker = escaped(said.text) if said.text else "a voice without a name"
        speech = f", {each.speech} speech" if each.speech else ""
        holder = f", as the view of {escaped(actor(context, each.holder).text)}" if each.holder else ""
        place = resolve(what, context.readings[what.source])
        assert isinstance(place, Resolved), "the check has passed"
        around = (
            sentence_around(context.readings[what.source], place) if place.start >= 0 else {"before": what.prefix, "after": what.suffix}
        )
        shown = context.graph.get(what.source, "/rights/full_text") == "publish"
        before, after = (around["before"], around["after"]) if shown else ("", "")
        where = (
            f"{what.reading}, characters {place.start} to {place.end}"
            if place.start >= 0
            else f"received, characters {place.raw_start} to {place.raw_end}"
        )
        yield f"- {speaker}, {what.stance}{speech}{holder}; {what.role} {', '.join(each.supports) or 'the record'}:"
        yield ""
        yield f"    > {_joined(before, what.exact, after)}"
        yield ""
        yield f"    {_link(context, what.source)}, {where}." + (
            f" Inferred by the editors: {escaped(each.inferred)}" if each.inferred else ""
        )
        yield ""


def _joined(before: str, exact: str, after: str) -> str:
    """A quotation in bold letters between the words around it; spaces at its edges stay outside."""
    lead, trail = exact[: len(exact) - len(exact.lstrip())], exact[len(exact.rstrip()) :]
    parts = (before + lead, trail + after)
    left, right = (escaped(part) if part.strip() else "" for part in parts)
    gap = (" " if left and parts[0][-1:].isspace() else "", " " if right and parts[1][:1].isspace() else "")
    return f"{left}{gap[0]}<b>{escaped(exact)}</b>{gap[1]}{right}"


def _outside(evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """The editors' paraphrases of outside texts, each with its address."""
    for each in evidence:
        what = each.what
        if isinstance(what, Outside):
            read = f", {READ[what.read]}" if what.read else ""
            at = f"{escaped(what.locator)}, " if what.locator else ""
            read += f", archived copy: <{what.archived}>" if what.archived else ""
            yield f"- {', '.join(each.supports) or 'the record'}: {escaped(what.paraphrase)} ({at}<{what.url}>, seen on {what.seen}{read})"


def _named_by(context: RenderContext, id: str) -> Iterator[str]:
    """The records that refer to this one."""
    graph = context.graph
    rows = dict.fromkeys((graph.relation(edge).inverse, edge.subject) for edge in graph.incoming(id))
    yield from (f"- {name}: {_link(context, other)}" for name, other in sorted(rows))


def llms(context: RenderContext) -> str:
    """llms.txt: what the book is, and where its records are as Markdown and as data."""
    site, graph = context.site, context.graph
    url = site["url"]
    kinds = [(type, FOLDERS[type], count) for type in PUBLISHED if (count := graph.number_of(type))]
    initiatives = graph.of_type("initiative")[:MOST_INITIATIVES]
    rows = [
        f"# {site['name']}", "", f"> {site['description']}", "",
        "Every quotation has a speaker and a stance: words that are denied, reported or proposed are not asserted. Every record has a state of review.",
        "The address of a record ends in .html; with .md it is Markdown, with .json it is data.", "",
        "## Initiatives", "", *(f"- [{escaped(each.title)}]({url}{context.url(each.id).removesuffix('.html')}.md)" + (f": {escaped(each.summary)}" if each.summary else "") for each in initiatives), "",
        "## Records by type", "", *(f"- [{type}]({url}api/{folder}.json): {count} record{'s' * (count != 1)}, with their addresses" for type, folder, count in kinds), "",
        "## Data", "",
        f"- [API]({url}openapi.json): every file, described as OpenAPI", f"- [Manifest]({url}data/manifest.json): the files for bulk use, with sizes and checksums",
        f"- [Texts and downloads]({url}data.html): the same for people", "",
    ]  # fmt: skip
    return "\n".join(rows)
