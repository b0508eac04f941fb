"""What a web page states about itself: title, publisher, date, language and address, from its elements, meta elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from normbook.intake.markup import Markup
from normbook.text.tagged import Tag

LONGEST = 500  # characters of a value
MOST_JSON = 1 << 20  # characters of a script of JSON-LD
# the names of meta elements by field, the surest first
META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "article:publisher", "application-name"),
    "published": ("citation_publication_date", "citation_date", "article:published_time", "dc.date.issued", "dcterms.issued", "dc.date", "datepublished", "pubdate", "date"),
    "language": ("citation_language", "dc.language", "dcterms.language", "og:locale"),
    "url": ("og:url", "citation_public_url"),
}  # fmt: skip
IN_JSON = {
    "title": ("headline", "name"),
    "publisher": ("publisher",),
    "published": ("datePublished",),
    "language": ("inLanguage",),
    "url": ("url",),
}
ARTICLES = re.compile(r"(?:Article|Report|Posting|WebPage|Legislation|DigitalDocument)$")
DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?")


class Stated(NamedTuple):
    """A field, its value, what states it, and its place in the source."""

    field: str
    value: str
    evidence: str
    start: int
    end: int


def stated_facts(markup: Markup, source: str) -> list[Stated]:
    """The facts that a page states about itself, the surest of each field first."""
    found = [*_in_json(markup, source), *_in_meta(markup, source), *_in_elements(markup, source)]
    return [fact for fact in found if fact.value]


def _fact(field: str, value: str, evidence: str, source: str, tag: Tag, end: int = 0) -> Stated:
    end = end or source.find(">", tag.at) + 1 or len(source)
    return Stated(field, _valid(field, value), evidence, tag.at, end)


def _valid(field: str, value: str) -> str:
    """A value in the form of its field; empty if it has another."""
    value = " ".join(value.split())
    if len(value) > LONGEST or not value.isprintable():
        return ""
    if field == "published":
        match = DAY.match(value)
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
    if field == "language":
        return value.replace("_", "-") if LANGUAGE.fullmatch(value) else ""
    if field == "url":
        return value if ADDRESS.fullmatch(value) else ""
    return value


def _in_meta(markup: Markup, source: str) -> Iterator[Stated]:
    rows: dict[str, tuple[Tag, str]] = {}
    for tag in markup.elements:
        if tag.name == "meta" and tag.at >= 0:
            for key in ("property", "name", "itemprop"):
                if name := tag.attributes.get(key, "").strip().lower():
                    rows.setdefault(name, (tag, tag.attributes.get("content", "")))
    for field, names in META.items():
        for name in names:
            if name in rows:
                tag, value = rows[name]
                yield _fact(field, value, f"meta {name}", source, tag)


def _in_elements(markup: Markup, source: str) -> Iterator[Stated]:
    for index, tag in enumerate(markup.elements):
        if tag.at < 0:
            continue
        if tag.name == "link" and "canonical" in tag.attributes.get("rel", "").lower().split():
            yield _fact("url", tag.attributes.get("href", ""), "link rel=canonical", source, tag)
        elif tag.name == "html" and tag.attributes.get("lang"):
            yield _fact("language", tag.attributes["lang"], "html lang", source, tag)
        elif tag.name == "title" and tag.parent >= 0 and markup.elements[tag.parent].name == "head":
            text, end = _inside(markup, index)
            yield _fact("title", text, "title", source, tag, end)


def _inside(markup: Markup, index: int) -> tuple[str, int]:
    """The characters between the tags of an element that holds text alone, and where they end."""
    at = markup.elements[index].at
    number = markup.token_at(at)
    text, end = "", markup.tokens[number].end
    for token in markup.tokens[number + 1 :]:
        if token.kind not in ("text", "reference"):
            break
        text, end = text + token.text, token.end
    return text, end


def _in_json(markup: Markup, source: str) -> Iterator[Stated]:
    for index, tag in enumerate(markup.elements):
        if tag.name != "script" or tag.at < 0 or tag.attributes.get("type", "").strip().lower() != "application/ld+json":
            continue
        text, end = _inside(markup, index)
        if len(text) > MOST_JSON:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            for field, keys in IN_JSON.items():
                for key in keys:
                    if words := _words(item.get(key)):
                        yield _fact(field, words, f"JSON-LD {key}", source, tag, end)


def _items(value: Any) -> Iterator[Mapping[str, Any]]:
    """The descriptions of an article in a value of JSON-LD."""
    rows = value if isinstance(value, list) else [value]
    for row in rows[:100]:
        if not isinstance(row, dict):
            continue
        graph = row.get("@graph")
        for item in [row, *(graph[:100] if isinstance(graph, list) else [])]:
            if isinstance(item, dict):
                kinds = item.get("@type")
                if any(isinstance(kind, str) and ARTICLES.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield item


def _words(value: Any) -> str:
    """The words of a value of JSON-LD: a text, or the name of what is described."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
