"""Renders page models to HTML, with templates that escape everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined
from markupsafe import Markup

from normbook.graph.graph import Brief
from normbook.site.all_languages import HOME, UP, AllLanguages, Keys, Words, in_english_and_other, key_of, pair
from normbook.site.extras import embedding
from normbook.site.glossary_terms import Terms
from normbook.site.i18n import Interface, han
from normbook.site.page import Frame, Page
from normbook.site.templating import MarkedTextError, QuickEnvironment, escaped, marked


class Sources(NamedTuple):
    """What templates are rendered from: where they and their compiled code are, and what they ask about records.

    `url` maps an id to the path of its page and raises KeyError for an unknown id.
    """

    loader: BaseLoader
    url: Callable[[str], str]
    brief: Callable[[str], Brief]
    terms: Terms
    cache: BytecodeCache | None = None
    cache_at_once: BytecodeCache | None = None  # of the code for all languages at once


def _environment(
    sources: Sources, filters: Mapping[str, Any], functions: Mapping[str, Any], spoken: Keys, at_once: bool = False
) -> QuickEnvironment:
    made = QuickEnvironment(
        loader=sources.loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=sources.cache_at_once if at_once else sources.cache,
    )
    made.filters |= filters
    made.globals |= functions
    made.globals["brief"] = sources.brief
    made.spoken, made.in_all_languages = spoken, at_once
    return made


def _body(environment: QuickEnvironment, sources: Sources, page: Page, up: str, home: str, prose: str) -> str:
    """The body of a page as HTML."""
    linked: set[str] = set()
    start = escaped(home)

    def address(id: str) -> Markup:
        linked.add(id)
        return marked(start + escaped(sources.url(id)))

    def unlinked(links: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """The links to records that the page, as far as it has been written, does not link to yet."""
        rest = {label: [row for row in found["rows"] if row.id not in linked] for label, found in links.items()}
        return {label: {"rows": rows, "more": links[label]["more"]} for label, rows in rest.items() if rows}

    return environment.get_template(page.template).render(
        page.model,
        page=page,
        up=up,
        home=home,
        prose=marked(prose),  # built from our own Markdown
        url=address,
        unlinked=unlinked,
        linked=lambda text, own: sources.terms.linked(text, address, own),
    )


class Renderer:
    """The templates in one language, compiled once."""

    def __init__(self, sources: Sources, interface: Interface) -> None:
        filters = {
            "own": interface.own,
            "value": interface.value,
            "han": han,
            "name": interface.title,
            "day": interface.day,
            "date": interface.date,
            "within": interface.within,
            "pointer": interface.pointer,
        }
        functions = {
            "_": interface.label,
            "count": interface.count,
            "form": interface.form,
            "field": interface.field,
            "phrase": interface.phrase,
            "english": interface.english_mark,
            "interface": interface,
            "plain_name": lambda record: interface.plain_title(sources.brief(record)),
            "tongue": lambda record: interface.tongue(sources.brief(record)),
            "embedding": lambda brief, site: embedding(interface.plain_title(brief), brief.id, interface.prefix, site),
        }
        self._environment = _environment(sources, filters, functions, Keys(interface.label))
        self._interface, self._sources = interface, sources
        self._words = Words(self._environment.spoken.__getitem__)

    def render(self, page: Page, frame: Frame) -> str:
        """The body of a page as HTML."""
        up, home = self.roots(page)
        return _body(self._environment, self._sources, page, up, home, frame.prose)

    def roots(self, page: Page) -> tuple[str, str]:
        """How a page of this language leads to the root of the site, and to the root of its language."""
        up = "../" * self.path(page.path).count("/")
        return up, up + self._interface.prefix

    def text(self, template: str, model: Mapping[str, object]) -> str:
        """Renders a file that is not a page, such as the feed."""
        return self._environment.get_template(template).render(model)

    def path(self, path: str) -> str:
        """The path of a page of this language, relative to the site's root."""
        return self._interface.prefix + path

    def words(self, page: Page) -> Mapping[bytes, bytes]:
        """The labels of this language as HTML in UTF-8, by key, and under two more keys the addresses that lead from a page to the roots."""
        for key, address in zip((UP, HOME), self.roots(page), strict=True):
            self._words[key.encode()] = address.encode()
        return self._words


class Renderers:
    """The templates in all languages of the site. Pages of records in English and one other language are rendered once for both."""

    def __init__(self, sources: Sources, interfaces: Sequence[Interface]) -> None:
        self.each = [Renderer(sources, interface) for interface in interfaces]
        self._sources = sources
        self._at_once: QuickEnvironment | None = None
        if len(interfaces) == 2 and interfaces[0].is_english:
            filters, functions = AllLanguages(interfaces).vocabulary()
            self._at_once = _environment(sources, filters, functions, Keys(key_of), at_once=True)

    def render(self, page: Page, frames: Sequence[Frame], at_once: bool = False) -> list[bytes]:
        """The bodies of a page in all languages, as HTML in UTF-8; `at_once` if its templates need no condition on a language but `is_english`."""
        if self._at_once and at_once:
            try:
                text = _body(self._at_once, self._sources, page, key_of(UP), key_of(HOME), pair(*(frame.prose for frame in frames)))
                return in_english_and_other(text, [each.words(page) for each in self.each])
            except MarkedTextError:  # it holds one of our marks by chance
                pass
        return [renderer.render(page, frame).encode("utf-8") for renderer, frame in zip(self.each, frames, strict=True)]
