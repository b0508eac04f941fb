"""The table of rules: name -> what it does, in layers. A rule is a generator of edits; unsure, it flags and edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from normbook.text import boilerplate, characters, gbk, glue, lost, mojibake, stray, tokens, wraps
from normbook.text.each_line import by_line
from normbook.text.edits import Edit, Flag
from normbook.text.layers import LAYER_OF, LAYERS, Layer


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A mechanical, general change. `summary` is what it does, in a line; the function's docstring says when it would be wrong."""

    name: str
    layer: Layer
    find: Callable[[str], Iterable[Edit | Flag]]
    summary: str
    wrong_when: str


def _rule(name: str, find: Callable[[str], Iterable[Edit | Flag]]) -> Rule:
    words = (find.__doc__ or "").partition(">>>")[0]
    summary, _, wrong_when = words.partition("Wrong when")
    return Rule(name, LAYER_OF[name], find, " ".join(summary.split()), " ".join(f"Wrong when{wrong_when}".split()))


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        _rule("stray-bytes", stray.stray_bytes),
        _rule("mojibake", mojibake.repair),
        _rule("gbk-as-latin", gbk.gbk_as_latin),
        _rule("utf8-as-gbk", gbk.utf8_as_gbk),
        _rule("injected-reading", gbk.injected_readings),
        _rule("lost-apostrophe", lost.lost_apostrophes),
        _rule("entity", lost.entities),
        _rule("newline", characters.newlines),
        _rule("space", characters.spaces),
        _rule("invisible", characters.invisible),
        _rule("nfc", characters.compose),
        _rule("odd-character", characters.odd),
        _rule("trailing-space", characters.trailing_space),
        _rule("blank-lines", characters.blank_lines),
        _rule("crawl-header", boilerplate.crawl_headers),
        *(_rule(role, boilerplate.rule_for(role)) for role in boilerplate.ROLES),
        _rule("wrapped-line", wraps.join),
        _rule("lost-parenthesis", by_line(tokens.lost_parenthesis)),
        _rule("split-generation", by_line(tokens.split_generation)),
        _rule("glued-sentence", glue.glued_sentences),
        _rule("glued-word", glue.glued_words),
        _rule("glued-quote", by_line(glue.glued_quotes)),
        _rule("quote-direction", tokens.quote_direction),
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


# rules that nothing but certain characters beyond printable ASCII can call
CALLED_BY: dict[str, frozenset[str]] = {
    "stray-bytes": stray.BYTES,
    "gbk-as-latin": gbk.LETTERS | gbk.MARK_HEADS,
    "utf8-as-gbk": frozenset("鈥"),
    "injected-reading": gbk.TONES,
    "newline": frozenset(characters.LINE_ENDS),
    "space": frozenset(characters.SPACE_LIKE),
    "invisible": frozenset(characters.UNSEEN),
    "odd-character": characters.ODDITIES,
}


def asked(layer: Layer, rules: tuple[Rule, ...], text: str, letters: frozenset[str]) -> tuple[Rule, ...]:
    """Those rules of a layer that may find something in a text; `letters` as above.

    >>> [rule.name for rule in asked("character", tuple(RULES[name] for name in ("newline", "space")), "a\\r\\n", frozenset("\\r"))]
    ['newline']
    """
    if layer == "boilerplate":
        roles = boilerplate.dropped_roles(text)
        return tuple([rule for rule in rules if rule.name in roles])
    if layer in ("encoding", "character"):
        return _called(rules, letters)
    return rules


@lru_cache(maxsize=1 << 8)
def _called(rules: tuple[Rule, ...], letters: frozenset[str]) -> tuple[Rule, ...]:
    return tuple([rule for rule in rules if rule.name not in CALLED_BY or not CALLED_BY[rule.name].isdisjoint(letters)])


@lru_cache(maxsize=16)
def in_layers(skipped: frozenset[str]) -> tuple[tuple[Layer, tuple[Rule, ...]], ...]:
    """The layers with their rules in order, but those named in `skipped`."""
    return tuple((layer, tuple(rule for rule in RULES.values() if rule.layer == layer and rule.name not in skipped)) for layer in LAYERS)
