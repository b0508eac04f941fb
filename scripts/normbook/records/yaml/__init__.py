"""A strict YAML reader and a canonical YAML writer."""
