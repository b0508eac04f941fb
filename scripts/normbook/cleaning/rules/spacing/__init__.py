"""Words that a copy ran together."""
