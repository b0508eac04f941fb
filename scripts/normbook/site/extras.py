"""Forms of a record that a build can leave out: a card to embed elsewhere, and a feed of what is about it.

`normbook build --without cards --without feeds` leaves them out; the frozen sites of releases have neither.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from normbook.records.model import Quotation
from normbook.records.types import FOLDERS
from normbook.site.context import RenderContext
from normbook.site.evidence import actor
from normbook.site.feed import feed_of
from normbook.site.i18n import Interface
from normbook.site.page import Page

WITH_FEED = ("initiative", "theme", "actor")
FEED_FOLDERS = tuple(FOLDERS[type] for type in WITH_FEED)
Rendered = Callable[[str, Mapping[str, Any]], str]  # a template and its model, as text in one language
QUOTED = {"principle": "/wording", "statement": "/stance"}  # the value whose words a card shows
MOST = 700  # characters of a quotation on a card; a longer one is not shown, since words are never cut
SIZE = {"width": 480, "height": 300}  # of the frame of a card, in CSS pixels


def card_path(id: str, prefix: str, ending: str = "card.html") -> str:
    """The path of a card. All cards are in one folder, since hosts allow other sites to embed that folder only.

    >>> card_path("gids-6", "zh/")
    'cards/zh/gids-6.card.html'
    """
    return f"cards/{prefix}{id}.{ending}"


def feed_path(page: str, prefix: str) -> str:
    """The path of the feed of a record, from that of its page.

    >>> feed_path("themes/supply-chains.html", "zh/")
    'zh/themes/supply-chains.atom.xml'
    """
    return f"{prefix}{page.removesuffix('html')}atom.xml"


def extra_forms(context: RenderContext, id: str, renderers: Sequence[tuple[Interface, Rendered]]) -> Iterator[tuple[str, str]]:
    """The files with these forms of a record, in every language: paths and contents."""
    page = context.url(id)
    model = card(context, id) if context.site.get("cards") else {}
    with_cards, with_feed = context.site.get("cards"), context.site.get("feeds") and context.graph.type_of(id) in WITH_FEED
    entries = feed_of(context, id) if with_feed else {}
    for interface, text in renderers:
        up = "../" * (1 + interface.prefix.count("/"))
        address = context.site["url"] + interface.prefix + page
        if with_cards:
            yield card_path(id, interface.prefix), text("card.html", {**model, "up": up, "address": address})
            yield card_path(id, interface.prefix, "json"), _oembed(context, id, interface)
        if entries:
            own = {
                "address": address,
                "own_address": context.site["url"] + feed_path(page, interface.prefix),
                "site": context.site,
                "of": id,
            }
            yield feed_path(page, interface.prefix), text("feed.xml", {**own, **entries})


def card(context: RenderContext, id: str) -> dict[str, Any]:
    """The model of a card: what the record says, in quoted words with their speaker and stance where it has such, and how far it was reviewed."""
    record, brief = context.graph.records[id], context.graph.briefs[id]
    pointer = QUOTED.get(record.type, "")
    said = next((each.what for each in record.evidence if pointer in each.supports and isinstance(each.what, Quotation)), None)
    quoted = None
    if said and len(said.exact) <= MOST:
        quoted = {
            "exact": said.exact, "stance": said.stance, "speaker": actor(context, said.speaker).text,
            "lang": context.graph.get(said.source, "/language") or "", "machine": context.graph.get(said.source, "/translation") == "machine",
        }  # fmt: skip
    return {
        "id": id,
        "type": record.type,
        "brief": brief,
        "quoted": quoted,
        "summary": "" if quoted else brief.summary,
        "site": context.site,
    }


def embedding(title: str, id: str, prefix: str, site: Mapping[str, str]) -> str:
    """The HTML by which another site embeds the card of a record."""
    quoted = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    address = site["url"] + card_path(id, prefix)
    return f'<iframe src="{address}" title="{quoted}" width="{SIZE["width"]}" height="{SIZE["height"]}" loading="lazy"></iframe>'


def _oembed(context: RenderContext, id: str, interface: Interface) -> str:
    """The card as an oEmbed answer (1.0, rich)."""
    site, title = context.site, interface.plain_title(context.graph.briefs[id])
    said = {"version": "1.0", "type": "rich", "title": title, "provider_name": site["name"], "provider_url": site["url"], **SIZE}
    return json.dumps({**said, "html": embedding(title, id, interface.prefix, site)}, ensure_ascii=False, indent=1) + "\n"


def extra_links(page: Page, title: str, interface: Interface, site: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What the head of a record's page leads to besides its other formats: media types, titles and addresses of its oEmbed answer and its feed."""
    if site.get("cards"):
        yield "application/json+oembed", title, site["url"] + card_path(page.record, interface.prefix, "json")
    if site.get("feeds") and page.frame in FEED_FOLDERS:
        yield "application/atom+xml", title, site["url"] + feed_path(page.path, interface.prefix)
