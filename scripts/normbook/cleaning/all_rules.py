"""All rules: importing this module imports every module in `cleaning/rules`, and each of them registers its own rules.

A new module of rules needs no entry elsewhere: a file in that folder is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import walk_packages

from normbook.cleaning import rules as folder
from normbook.cleaning.rule import LAYERS, RULES, Layer

__all__ = ["MODULES", "RULES", "edit_class"]
MODULES = tuple(import_module(module.name) for module in walk_packages(folder.__path__, f"{folder.__name__}."))


def edit_class(rules: Iterable[str]) -> Layer:
    """The class of an edit, by its rules: boilerplate if any of them drops lines, else the last of their layers.

    >>> edit_class(("space", "menu")), edit_class(("space", "glued-word")), edit_class(())
    ('boilerplate', 'token', 'character')
    """
    layers = {RULES[name].layer for name in rules if name in RULES}
    return "boilerplate" if "boilerplate" in layers else max(layers, key=LAYERS.index, default="character")
