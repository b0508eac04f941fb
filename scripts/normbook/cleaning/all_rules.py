"""All rules: whoever imports this module has every module of rules, each of which registers its own."""

from __future__ import annotations

from collections.abc import Iterable

from normbook.cleaning.rule import LAYERS, RULES, Layer
from normbook.cleaning.rules import characters, encoding, furniture, ligatures, punctuation
from normbook.cleaning.rules.spacing import rule as spacing
from normbook.cleaning.rules.wrapping import hyphen, join

__all__ = ["MODULES", "RULES", "edit_class"]
MODULES = (encoding, ligatures, characters, furniture, join, hyphen, punctuation, spacing)


def edit_class(rules: Iterable[str]) -> Layer:
    """The class of an edit by the rules that made it: boilerplate if anything was dropped, else the latest layer.

    >>> edit_class(("space", "menu")), edit_class(("space", "glued-word")), edit_class(())
    ('boilerplate', 'token', 'character')
    """
    layers = {RULES[name].layer for name in rules if name in RULES}
    return "boilerplate" if "boilerplate" in layers else max(layers, key=LAYERS.index, default="character")
