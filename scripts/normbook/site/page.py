"""What a page is before it is HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One page: where it goes (from the folder of its language), its frame, its template, what the template prints, and its sections.

    The title and the description of a page that is no record's are keys of labels, unless it has a title for all other languages
    (`elsewhere`); so are the titles of sections, unless they are the section's id. Of a record's page: the record, its names by language, what machines are told of it (schema.org), and its other forms (path, name, media type).
    """

    path: str
    frame: str
    template: str
    title: str
    description: str
    model: Mapping[str, Any]
    sections: tuple[tuple[str, str], ...] = ()
    record: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    elsewhere: str = ""
    kind: str = "website"
    linked: Mapping[str, Any] = field(default_factory=dict)
    alternates: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Frame:
    """The parts of a page built by the site generator, between the places where a page's own words go."""

    parts: tuple[str, ...]
    prose: str = field(default="", repr=False)
