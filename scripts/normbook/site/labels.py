"""Reads the file of labels: every fixed text of the interface, in every language of the site."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from normbook.site.i18n import ENGLISH, Words

OF_LANGUAGE = ("name", "folder", "theme", "open_graph")


class LabelError(ValueError):
    """The file of labels is invalid; the message names the entry."""


class Labels(NamedTuple):
    """The settings of each language, English first, and the labels of each language by key."""

    languages: dict[str, dict[str, str]]
    words: dict[str, dict[str, Words]]


def forms_of(code: str) -> tuple[str, ...]:
    """The plural forms of a language, from CLDR.

    >>> forms_of("en"), forms_of("zh-Hans"), forms_of("pl")
    (('one', 'other'), ('other',), ('few', 'many', 'one', 'other'))
    """
    return tuple(sorted({*Locale.parse(code, sep="-").plural_form.tags, "other"}))


def read_labels(text: str) -> Labels:
    """Parses a file of labels. Missing labels are allowed here: a build reports those that it needs.

    Raises LabelError for a file that is not TOML, a language that is not in CLDR or lacks a setting, an invalid entry, a label in a
    language that the site does not have, and plural forms that are not those of the language.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LabelError(f"not TOML: {error}") from error
    languages = found.pop("languages", {})
    if next(iter(languages), "") != ENGLISH:
        raise LabelError(f"expected languages.{ENGLISH} first, the language of the records")
    for code, language in languages.items():
        _check_language(code, language)
    words: dict[str, dict[str, Words]] = {code: {} for code in languages}
    for section, entries in found.items():
        for key, entry in _items(entries, section):
            for code, said in _items(entry, f"{section}.{key}"):
                if code not in words:
                    raise LabelError(f"{section}.{key}.{code}: not a language of the site; expected one of {', '.join(words)}")
                words[code][f"{section}.{key}"] = _words(f"{section}.{key}.{code}", code, said)
    return Labels(languages, words)


def _check_language(code: str, language: Any) -> None:
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise LabelError(f"languages.{code}: not a language in CLDR") from error
    for key in OF_LANGUAGE:
        if not isinstance(language, Mapping) or not isinstance(language.get(key), str):
            raise LabelError(f"languages.{code}.{key}: expected a string")


def _items(value: Any, name: str) -> Any:
    if not isinstance(value, Mapping):
        raise LabelError(f"{name}: expected a table, found {value!r}")
    return value.items()


def _words(name: str, code: str, said: Any) -> Words:
    """The label of an entry in a language. Raises LabelError unless it is a string or has a string for each plural form of the language."""
    if isinstance(said, str):
        return said
    if not isinstance(said, Mapping) or sorted(said) != list(forms_of(code)) or not all(isinstance(each, str) for each in said.values()):
        raise LabelError(f"{name}: expected a string, or a table with the plural forms {', '.join(forms_of(code))}; found {said!r}")
    return said
