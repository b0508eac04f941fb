"""The frame around a page and the metadata in its head: other languages, preview (Open Graph), data (schema.org as JSON-LD), the feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape as escape_once
from typing import Any

from normbook.records.types import SPECS
from normbook.site.citations import highwire
from normbook.site.extras import extra_links
from normbook.site.i18n import Interface, typeset
from normbook.site.page import Frame, Page

TOKENS = (
    "@@nb:description@@", "@@nb:canonical@@", "@@nb:head@@", "@@nb:title@@", "@@nb:topic@@", "@@nb:other@@", "@@nb:contents@@", "@@nb:width@@",
    "@@nb:body@@", "@@nb:end@@",
)  # fmt: skip


INDENTED = re.compile(r"\s*\n\s*")  # an eighth of a page would be the indentation of its frame
escape = lru_cache(1_000)(escape_once)  # the addresses, title and description of a page stand in its head several times


class FrameError(ValueError):
    """A token is missing from a page of the site generator, repeated, or out of order."""


def cut(html: str, name: str) -> Frame:
    """The frame of a built page. Raises FrameError, naming the token, unless each token occurs exactly once and in order."""
    for token in TOKENS:
        if (count := html.count(token)) != 1:
            raise FrameError(f"{name}: expected the token {token} once, found it {count} times; see site_src/overrides/main.html")
    parts, rest = [], html
    for token in TOKENS:
        before, found, rest = rest.partition(token)
        if not found:
            raise FrameError(f"{name}: the token {token} is out of order; see site_src/overrides/main.html")
        parts.append(before)
    prose = parts.pop()
    return Frame(tuple(INDENTED.sub("\n", part).encode("utf-8") for part in (*parts, rest)), prose)


def set_into(
    frame: Frame,
    page: Page,
    body: bytes,
    head: str,
    site_name: str,
    site_url: str,
    interface: Interface,
    others: Sequence[tuple[Interface, str]] = (),
) -> bytes:
    """The complete HTML of a page in UTF-8. `head` and `body` must be HTML; everything else is escaped here.

    `others` are the other languages, each with the address of the same page in it.
    """
    title = interface.page_title(page)
    shown = title if title == site_name else f"{title} - {site_name}"
    inserted = (
        escape(interface.page_description(page)), escape(site_url + interface.prefix + page.path), head, escape(shown), escape(typeset(title)),
        _tongues(others, interface), _contents(page.sections, interface), WIDE if page.wide else "",
    )  # fmt: skip
    made = [frame.parts[0]]
    for each, part in zip((*(text.encode("utf-8") for text in inserted), body), frame.parts[1:], strict=True):
        made += (each, part)
    return b"".join(made)


def _tongues(others: Sequence[tuple[Interface, str]], interface: Interface) -> str:
    """The links to the same page in other languages."""
    return "".join(
        f'<a class="nb-tongue" hreflang="{escape(each.code)}" href="{escape(address)}">{interface.tongue_name(each)}</a>'
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


WIDE = " nb-wide"  # the class of a page that uses the full width
WHOLE_BOOK = ("index.html", "data.html")  # pages that describe the book as a dataset with its downloads
DOWNLOADS = {"data/manifest.json": "application/json", "api/index.json": "application/json", "openapi.json": "application/vnd.oai.openapi+json;version=3.1"}  # fmt: skip
CARD = "assets/card.png"  # the image for previews
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"


def head(page: Page, interface: Interface, interfaces: Iterable[Interface], site: Mapping[str, str]) -> str:
    """The elements for a page's head as HTML, with every value escaped."""
    url = site["url"]
    own = url + interface.prefix + page.path
    description = interface.page_description(page)
    title = interface.page_title(page)
    made = [f'<link rel="alternate" hreflang="{each.code}" href="{escape(url + each.prefix + page.path)}">' for each in interfaces]
    made.append(f'<link rel="alternate" hreflang="x-default" href="{escape(url + page.path)}">')
    made.append(f'<link rel="alternate" type="application/atom+xml" title="{escape(site["name"])}" href="{escape(url)}feed.xml">')
    if page.record:
        more = extra_links(page, title, interface, site)
        made += [f'<link rel="alternate" type="{kind}" title="{escape(name)}" href="{escape(address)}">' for kind, name, address in more]
    made += [
        f'<link rel="alternate" type="{each["type"]}" title="{escape(each["name"])}" href="{escape(url + each["path"])}">'
        for each in page.alternates
    ]
    for key, value in (
        ("og:site_name", site["name"]), ("og:type", page.kind), ("og:title", title), ("og:description", description), ("og:url", own),
        ("og:image", url + CARD), ("og:image:alt", f"{site['name']}: a page of the critical edition of a received text"),
        ("og:locale", interface.open_graph),
    ):  # fmt: skip
        made.append(f'<meta property="{key}" content="{escape(value)}">')
    made.append('<meta name="twitter:card" content="summary_large_image">')
    made += [f'<meta name="{name}" content="{escape(value)}">' for name, value in highwire(title, own, site, interface.code)]
    made.append(script(about(page, own, title, interface, site)))
    return "\n".join(made)


def about(page: Page, own: str, title: str, interface: Interface, site: Mapping[str, str]) -> dict[str, Any]:
    """The page as linked data, with the record that it is about."""
    book: dict[str, Any] = {
        "@type": "Dataset",
        "@id": site["url"],
        "name": site["name"],
        "license": LICENSE,
        "url": site["url"],
        "description": site["description"],
    }
    if page.path in WHOLE_BOOK:
        book["creator"] = {"@type": "Organization", "name": site["name"], "url": site["url"]}
        book["distribution"] = [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": site["url"] + path} for path, media in DOWNLOADS.items()
        ]
    made: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "WebPage", "@id": own, "url": own, "name": title, "inLanguage": interface.code, "isPartOf": book,
    }  # fmt: skip
    if page.linked:
        made["mainEntity"] = dict(page.linked)
    return made


def script(value: Mapping[str, Any]) -> str:
    """A script element with JSON-LD. `<`, `>` and `&` are escaped, so nothing in a record can end the element.

    >>> script({"name": "</script>"})
    '<script type="application/ld+json">{"name": "\\\\u003c/script\\\\u003e"}</script>'
    """
    text = json.dumps(value, ensure_ascii=False)
    for sign, escaped in (("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, escaped)
    return f'<script type="application/ld+json">{text}</script>'


def record_data(type: str, fields: Mapping[str, Any], address: str, site_url: str) -> dict[str, Any]:
    """A record in terms of schema.org: its name, other names and date, and nothing that is not in the record."""
    spec = SPECS[type]
    made: dict[str, Any] = {
        "@type": spec.schema_org_by_kind.get(fields.get("kind", ""), spec.schema_org),
        "@id": f"{address}#record",
        "identifier": fields["id"],
        "name": fields["title"],
    }
    names = [each["text"] for each in fields.get("names", ()) if each["text"] != fields["title"]]
    if names:
        made["alternateName"] = names
    dated = (fields.get("announced") or {}).get("date") or fields.get("published") or fields.get("date") or {}
    if "definition" in fields:
        made["description"] = fields["definition"]
    if spec.schema_org != "Thing":
        if "value" in dated:
            made[spec.dated_as] = dated["value"]
        made["subjectOf"] = {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": f"{site_url}data/records/{fields['id']}.json",
        }
    return made
