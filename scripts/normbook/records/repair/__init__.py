"""Safe automatic repairs of a record's text."""
