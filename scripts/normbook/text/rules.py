"""The table of rules: name -> what it does, in layers. A rule is a generator of edits; unsure, it flags and edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normbook.text import boilerplate, characters, gbk, glue, lost, mojibake, stray, tokens, wraps
from normbook.text.edits import Edit, Flag

Layer = Literal["encoding", "character", "boilerplate", "wrap", "token"]
LAYERS: tuple[Layer, ...] = ("encoding", "character", "boilerplate", "wrap", "token")


@dataclass(frozen=True, slots=True)
class Rule:
    """A mechanical, general change. `summary` is what it does, in a line; the function's docstring says when it would be wrong."""

    name: str
    layer: Layer
    find: Callable[[str], Iterable[Edit | Flag]]
    summary: str
    wrong_when: str


def _rule(name: str, layer: Layer, find: Callable[[str], Iterable[Edit | Flag]]) -> Rule:
    words = (find.__doc__ or "").partition(">>>")[0]
    summary, _, wrong_when = words.partition("Wrong when")
    return Rule(name, layer, find, " ".join(summary.split()), " ".join(f"Wrong when{wrong_when}".split()))


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule("stray-bytes", "encoding", stray.stray_bytes),
        _rule("mojibake", "encoding", mojibake.repair),
        _rule("gbk-as-latin", "encoding", gbk.gbk_as_latin),
        _rule("utf8-as-gbk", "encoding", gbk.utf8_as_gbk),
        _rule("injected-reading", "encoding", gbk.injected_readings),
        _rule("lost-apostrophe", "encoding", lost.lost_apostrophes),
        _rule("entity", "encoding", lost.entities),
        _rule("newline", "character", characters.newlines),
        _rule("space", "character", characters.spaces),
        _rule("invisible", "character", characters.invisible),
        _rule("nfc", "character", characters.compose),
        _rule("odd-character", "character", characters.odd),
        _rule("trailing-space", "character", characters.trailing_space),
        _rule("blank-lines", "character", characters.blank_lines),
        _rule("crawl-header", "boilerplate", boilerplate.crawl_headers),
        *(_rule(role, "boilerplate", boilerplate.rule_for(role)) for role in boilerplate.ROLES),
        _rule("wrapped-line", "wrap", wraps.join),
        _rule("lost-parenthesis", "token", tokens.lost_parenthesis),
        _rule("split-generation", "token", tokens.split_generation),
        _rule("glued-sentence", "token", glue.glued_sentences),
        _rule("glued-word", "token", glue.glued_words),
        _rule("glued-quote", "token", glue.glued_quotes),
        _rule("quote-direction", "token", tokens.quote_direction),
    )
}


def is_quiet(layer: Layer, text: str, letters: frozenset[str]) -> bool:
    """True if no rule of a layer can find anything in a text: a look that is much cheaper than asking them all.

    `letters` holds all that `characters.alphabet` finds in the text, and may hold more.

    >>> [is_quiet("character", text, characters.alphabet(text)) for text in ("Data flow.", "Data\xa0flow.")]
    [True, False]
    """
    if layer == "encoding":
        return "?" not in text and "&" not in text and characters.is_well_kept(letters)
    if layer == "character":
        return characters.is_quiet(text, letters)
    if layer == "boilerplate":
        return not boilerplate.may_hold(text)
    return layer == "wrap" and not wraps.may_hold(text)


@lru_cache(maxsize=16)
def in_layers(skipped: frozenset[str]) -> tuple[tuple[Layer, tuple[Rule, ...]], ...]:
    """The layers with their rules in order, but those named in `skipped`."""
    return tuple((layer, tuple(rule for rule in RULES.values() if rule.layer == layer and rule.name not in skipped)) for layer in LAYERS)


def edit_class(rules: Iterable[str]) -> Layer:
    """The class of an edit by the rules that made it: boilerplate if anything was dropped, else the latest layer."""
    layers = {RULES[name].layer for name in rules if name in RULES}
    return "boilerplate" if "boilerplate" in layers else max(layers, key=LAYERS.index, default="character")
