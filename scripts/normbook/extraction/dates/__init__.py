"""Calendar days, and which of them is that of publication, of the dateline, of the event."""
