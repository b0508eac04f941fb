"""New records to be filled in."""
