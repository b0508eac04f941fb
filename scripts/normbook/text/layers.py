"""Which rule belongs to which layer: known without the rules and their patterns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Layer = Literal["encoding", "character", "boilerplate", "wrap", "token"]
NAMES: dict[Layer, tuple[str, ...]] = {
    "encoding": ("stray-bytes", "mojibake", "gbk-as-latin", "utf8-as-gbk", "injected-reading", "lost-apostrophe", "entity"),
    "character": ("newline", "space", "invisible", "nfc", "odd-character", "trailing-space", "blank-lines"),
    "boilerplate": ("crawl-header", "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "mail-header", "list-footer", "end-mark", "repeated-title"),
    "wrap": ("wrapped-line",),
    "token": ("lost-parenthesis", "split-generation", "glued-sentence", "glued-word", "glued-quote", "quote-direction"),
}  # fmt: skip
LAYERS: tuple[Layer, ...] = tuple(NAMES)
LAYER_OF: dict[str, Layer] = {name: layer for layer, names in NAMES.items() for name in names}


def edit_class(rules: Iterable[str]) -> Layer:
    """The class of an edit by the rules that made it: boilerplate if anything was dropped, else the latest layer.

    >>> edit_class(("space", "menu")), edit_class(("space", "glued-word")), edit_class(())
    ('boilerplate', 'token', 'character')
    """
    layers = {LAYER_OF[name] for name in rules if name in LAYER_OF}
    return "boilerplate" if "boilerplate" in layers else max(layers, key=LAYERS.index, default="character")
