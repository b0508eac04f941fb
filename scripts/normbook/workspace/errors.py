"""The error that a build raises."""

from __future__ import annotations


class BuildError(RuntimeError):
    """The site cannot be built; the message says why and what to do."""
