"""Which documents the model of page furniture may be trained on: one half of every corpus, by host, decided before any training."""

from __future__ import annotations

import hashlib


def is_for_training(host: str) -> bool:
    """True for a host (or, of plain texts, a path) of the half for training; the other half is for judging alone.

    >>> is_for_training("www.example.org") == is_for_training("Example.org")
    True
    """
    name = host.lower().removeprefix("www.")
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 2 == 0
