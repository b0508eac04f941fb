"""All rules: whoever imports this module has every module of rules, each of which registers its own."""

from __future__ import annotations

from collections.abc import Iterable

from normbook.text import boilerplate, characters, gbk, glue, lost, mojibake, stray, tokens, wraps
from normbook.text.rule import LAYERS, RULES, Layer

__all__ = ["MODULES", "RULES", "edit_class"]
MODULES = (stray, mojibake, gbk, lost, characters, boilerplate, wraps, tokens, glue)


def edit_class(rules: Iterable[str]) -> Layer:
    """The class of an edit by the rules that made it: boilerplate if anything was dropped, else the latest layer.

    >>> edit_class(("space", "menu")), edit_class(("space", "glued-word")), edit_class(())
    ('boilerplate', 'token', 'character')
    """
    layers = {RULES[name].layer for name in rules if name in RULES}
    return "boilerplate" if "boilerplate" in layers else max(layers, key=LAYERS.index, default="character")
