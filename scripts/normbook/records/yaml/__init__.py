"""YAML, strictly read and canonically written."""
