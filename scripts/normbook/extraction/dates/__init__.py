"""Dates in texts, and which of them are those of publication, of the dateline and of the event."""
