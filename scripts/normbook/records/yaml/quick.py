"""A fast reader for ordinary YAML: gives the value without positions, and leaves anything unusual to the strict reader."""

from __future__ import annotations

from typing import Any

from normbook.records.yaml.hidden import OTHER_SPACE, is_plain
from normbook.records.yaml.loaded import COMMENT_AFTER_VALUE
from normbook.records.yaml.simple import NotSimpleError, read_simple


def quick(text: str) -> Any:
    """The value of an ordinary YAML text, equal to that of `load`, which has no findings for it; None if the text may be unusual."""
    if (
        "\r" in text
        or OTHER_SPACE.search(text)
        or ((" #" in text or "\t#" in text) and COMMENT_AFTER_VALUE.search(text))
        or not is_plain(text)
    ):
        return None
    try:
        return read_simple(text)
    except NotSimpleError:
        from normbook.records.yaml.events import read_events

        return read_events(text)
