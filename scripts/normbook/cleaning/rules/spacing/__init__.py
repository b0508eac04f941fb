"""Words that a copy glued together."""
