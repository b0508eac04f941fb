"""Renders page models to HTML, with templates that escape everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined
from markupsafe import Markup

from normbook.graph.graph import Brief
from normbook.site.glossary_terms import Terms
from normbook.site.i18n import Interface, han
from normbook.site.page import Frame, Page


class Renderer:
    """The templates in one language, compiled once. `url` maps an id to the path of its page and raises KeyError for an unknown id."""

    def __init__(
        self,
        loader: BaseLoader,
        url: Callable[[str], str],
        brief: Callable[[str], Brief],
        terms: Terms,
        interface: Interface,
        cache: BytecodeCache | None = None,
    ) -> None:
        self._environment = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=cache,
        )
        self._environment.filters |= {
            "own": interface.own,
            "value": interface.value,
            "han": han,
            "name": interface.title,
            "day": interface.day,
            "date": interface.date,
            "within": interface.within,
            "pointer": interface.pointer,
        }
        self._environment.globals |= {
            "_": interface.label,
            "count": interface.count,
            "form": interface.form,
            "field": interface.field,
            "phrase": interface.phrase,
            "english": interface.english_mark,
            "interface": interface,
            "brief": brief,
            "plain_name": lambda record: interface.plain_title(brief(record)),
            "tongue": lambda record: interface.tongue(brief(record)),
        }
        self._interface, self._url, self._terms = interface, url, terms

    def render(self, page: Page, frame: Frame) -> str:
        """The body of a page as HTML."""
        up = "../" * self.path(page.path).count("/")
        home = up + self._interface.prefix

        linked: set[str] = set()

        def address(id: str) -> str:
            linked.add(id)
            return home + self._url(id)

        def unlinked(links: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
            """The links to records that the page, as far as it has been written, does not link to yet."""
            rest = {label: [row for row in found["rows"] if row.id not in linked] for label, found in links.items()}
            return {label: {"rows": rows, "more": links[label]["more"]} for label, rows in rest.items() if rows}

        return self._environment.get_template(page.template).render(
            page.model,
            page=page,
            up=up,
            home=home,
            prose=Markup(frame.prose),  # noqa: S704 - built from our own Markdown
            url=address,
            unlinked=unlinked,
            linked=lambda text, own: self._terms.linked(text, address, own),
        )

    def text(self, template: str, model: Mapping[str, object]) -> str:
        """Renders a file that is not a page, such as the feed."""
        return self._environment.get_template(template).render(model)

    def path(self, path: str) -> str:
        """The path of a page of this language, relative to the site's root."""
        return self._interface.prefix + path
