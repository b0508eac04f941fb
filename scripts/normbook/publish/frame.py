"""The frame: a page of the site generator, cut at its tokens, into which record pages are set."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from normbook.publish.interface import Interface
from normbook.publish.page import Frame, Page

TOKENS = (
    "@@nb:description@@", "@@nb:canonical@@", "@@nb:head@@", "@@nb:title@@", "@@nb:topic@@", "@@nb:other@@", "@@nb:contents@@", "@@nb:body@@",
    "@@nb:end@@",
)  # fmt: skip


class FrameError(ValueError):
    """A page of the generator lacks a token or has one twice."""


def cut(html: str, name: str) -> Frame:
    """The frame of a built page. Raises FrameError, naming the token, unless each stands in it exactly once and in order."""
    for token in TOKENS:
        if (count := html.count(token)) != 1:
            raise FrameError(f"{name}: the token {token} stands {count} times in the frame, not once; see site_src/overrides/main.html")
    parts, rest = [], html
    for token in TOKENS:
        before, found, rest = rest.partition(token)
        if not found:
            raise FrameError(f"{name}: the token {token} stands out of order; see site_src/overrides/main.html")
        parts.append(before)
    prose = parts.pop()
    return Frame((*parts, rest), prose)


def set_into(
    frame: Frame,
    page: Page,
    body: str,
    head: str,
    site_name: str,
    site_url: str,
    interface: Interface,
    others: Sequence[tuple[Interface, str]] = (),
) -> str:
    """The finished HTML of a page. `head` and `body` are HTML already; all else is escaped here.

    `others` are the other languages, each with the address of the same page in it.
    """
    before, after_description, after_canonical, after_head, after_title, after_topic, after_other, after_contents, foot = frame.parts
    title = interface.page_title(page)
    shown = title if title == site_name else f"{title} - {site_name}"
    return "".join(
        (
            before, escape(interface.page_description(page)), after_description,
            escape(site_url + interface.prefix + page.path), after_canonical, head, after_head, escape(shown), after_title, escape(title), after_topic,
            _tongues(others), after_other, _contents(page.sections, interface), after_contents, body, foot,
        )
    )  # fmt: skip


def _tongues(others: Sequence[tuple[Interface, str]]) -> str:
    """The links to the same page in other languages."""
    return "".join(
        f'<a class="nb-tongue" lang="{escape(each.code)}" hreflang="{escape(each.code)}" href="{escape(address)}">{escape(each.name)}</a>'
        for each, address in others
    )


def _contents(sections: Sequence[tuple[str, str]], interface: Interface) -> str:
    """The table of contents in the theme's own markup."""
    items = "".join(
        f'<li class="md-nav__item"><a href="#{escape(id)}" class="md-nav__link"><span class="md-ellipsis">{escape(interface.say(title) if title != id else title)}</span></a></li>'
        for id, title in sections
    )
    return (
        f'<div class="md-nav__title nb-toc-title">{interface.say("page.contents")}</div><ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>{items}</ul>'
        if items
        else ""
    )
