"""The checks over records that a schema cannot make."""
