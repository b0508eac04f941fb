"""Page models -> HTML, by templates that escape everything."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined
from markupsafe import Markup

from normbook.publish.page import Frame, Page


class Renderer:
    """Templates, compiled once. `url` maps an id to the path of its page from the site's root and raises KeyError for an unknown one."""

    def __init__(self, loader: BaseLoader, url: Callable[[str], str], cache: BytecodeCache | None = None) -> None:
        self._environment = Environment(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=cache,
        )
        self._url = url

    def render(self, page: Page, frame: Frame) -> str:
        """The body of a page as HTML."""
        up = "../" * page.path.count("/")
        template = self._environment.get_template(page.template)
        return template.render(page.model, page=page, up=up, prose=Markup(frame.prose), url=lambda record: up + self._url(record))  # noqa: S704 - built from our own Markdown
