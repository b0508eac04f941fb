"""The page of versions, and the banner on pages of frozen versions, which name the current page as canonical."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from normbook.site.page import Page

MOST_CHANGES = 120  # lines of changes that the page shows of a release; a file has all of them


@dataclass(frozen=True)
class Release:
    """A release for its page: its changes, as lines with their depth, its schemas, whether its frozen site is available, and its Software Heritage identifiers."""

    version: str
    day: str
    records: int
    changes: tuple[tuple[int, str], ...]
    schemas: tuple[str, ...]
    stays: bool
    swhids: tuple[str, ...] = ()


def versions_page(releases: Sequence[Release], current: str = "") -> Page:
    """The releases, the latest first. `current` is the address of the current site, on a frozen page."""
    sections = tuple((each.version, each.version) for each in releases)  # a title equal to its id is not translated
    return Page(
        "versions.html",
        "versions.html",
        "versions.html",
        "page.versions",
        "page-about.versions",
        {"releases": releases, "current": current, "most": MOST_CHANGES},
        sections,
    )


CANONICAL = re.compile(r'<link rel="canonical" href="[^"]*">')
PLACE = re.compile(r'(<div data-md-component="announce">)\s*(</div>)')  # where the theme puts announcements
LEFT_OUT = ("404.html", ".normbook", "sitemap.xml", "sitemap.xml.gz")


class UnknownPageError(ValueError):
    """The theme's page has no place for the banner."""


def frozen(html: str, path: str, version: str, day: str, site_url: str, say: Callable[[str], str]) -> str:
    """A page with a banner, and with the address of the current page as canonical.

    `say` gives labels in the language of the page. Raises UnknownPageError unless the page has exactly one place for each.
    """
    current = escape(site_url + path)
    banner = (
        f'\\1<aside class="md-banner nb-frozen" aria-label="{escape(say("page.frozen"))}"><div class="md-banner__inner md-grid md-typeset">'
        f'{escape(say("page.frozen"))} <strong>{escape(version)}</strong> ({escape(day)}). <a href="{current}">{escape(say("page.current"))}</a>'
        "</div></aside>\\2"
    )
    made, places = PLACE.subn(banner, html)
    made, links = CANONICAL.subn(f'<link rel="canonical" href="{current}">', made)
    if (places, links) != (1, 1):
        raise UnknownPageError(f"{path}: expected one place for the banner and one canonical address, found {places} and {links}")
    return made
