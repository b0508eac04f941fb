"""Finds glossary terms in running text and links them to their definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from normbook.site.context import RenderContext
from normbook.site.i18n import han

SHORTEST = 4  # code points; shorter English terms are not linked in prose


class Terms:
    """The glossary terms, by their English names and variants."""

    def __init__(self, context: RenderContext) -> None:
        self._known: dict[str, tuple[str, str]] = {}
        for id in context.graph.ids_of("glossary"):
            record = context.graph.records[id]
            for name in (record.title, *record.fields.get("variants", ())):
                if len(name) >= SHORTEST:
                    self._known.setdefault(name.lower(), (id, record.fields.get("definition", "")))
        names = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE) if names else None

    def linked(self, text: str, url: Callable[[str], str], own: str = "") -> Markup:
        """Text with the first mention of each term as a link that carries its definition; `own` is the page's own record, which is not linked."""
        if not self._pattern:
            return han(text)
        if not self._pattern.search(text):
            return han(text)
        made, at, seen = Markup(""), 0, {own}
        for match in self._pattern.finditer(text):
            id, definition = self._known[match[0].lower()]
            if id not in seen:
                seen.add(id)
                made += han(text[at : match.start()])
                made += Markup('<a class="nb-term" href="{}" title="{}">{}</a>').format(url(id), definition, match[0])
                at = match.end()
        return made + han(text[at:])


def terms_in(context: RenderContext, received: str, corrected: str) -> Iterator[dict[str, Any]]:
    """The glossary terms in a wording: those used in its corrected reading, and those mistranslated in its received reading."""
    for id in context.graph.ids_of("glossary"):
        record = context.graph.records[id]
        wrong = [each for each in record.fields.get("mistranslations", ()) if each["text"].lower() in received.lower()]
        own = next((name for name in (record.title, *record.fields.get("variants", ())) if _stands(name, corrected)), "")
        if own or wrong:
            yield {
                "id": id, "title": record.title, "definition": record.fields.get("definition", ""), "original": record.fields.get("original"),
                "wrong": [{"text": each["text"], "context": each.get("context", "")} for each in wrong],
            }  # fmt: skip


def _stands(name: str, text: str) -> bool:
    return name.lower() in text.lower() and bool(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))
