"""Authored records: strict YAML, schemas, typed records, drafts."""
