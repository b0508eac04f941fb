"""Whether a record is valid by its schema, and why not."""
