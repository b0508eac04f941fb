"""Values of records as they are compared: whether two say the same, whatever bears them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def likeness(value: Any) -> str:
    """The same for values that are the same, the evidence inside them left out."""
    return json.dumps(bare(value), sort_keys=True)


def bare(value: Any) -> Any:
    """A value without the evidence inside it."""
    if isinstance(value, Mapping):
        return {key: bare(inner) for key, inner in value.items() if key != "evidence"}
    return [bare(item) for item in value] if isinstance(value, list) else value
