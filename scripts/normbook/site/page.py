"""Page models: pages before they are rendered to HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One page: its path (relative to the folder of its language), frame, template, the model for the template, and its sections.

    For pages other than those of records, title and description are keys of labels, unless `elsewhere` gives a title for the other languages.
    Titles of sections are keys of labels too, unless equal to the section's id. For the page of a record: the record, its names by language,
    its metadata (schema.org), and its other formats (path, name, media type). A page that is `wide` has no column for navigation and contents.
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
    wide: bool = False


@dataclass(frozen=True)
class Frame:
    """A page of the site generator in UTF-8, split at the places where the content of our pages is inserted."""

    parts: tuple[bytes, ...]
    prose: str = field(default="", repr=False)
