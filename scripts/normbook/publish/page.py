"""What a page is before it is HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """One page: where it goes (from the site's root), the frame it is set into, its template, what the template prints, and its sections."""

    path: str
    frame: str
    template: str
    title: str
    description: str
    model: Mapping[str, Any]
    sections: tuple[tuple[str, str], ...] = ()
    search: str = ""
    record: str = ""


@dataclass(frozen=True)
class Frame:
    """The parts of a page built by the site generator, between the places where a page's own words go."""

    parts: tuple[str, ...]
    prose: str = field(default="", repr=False)
