"""Lines broken in mid-sentence."""
