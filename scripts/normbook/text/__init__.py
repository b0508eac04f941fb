"""From received bytes to clean text: edits, ledgers, rules, segments, dates. Knows no YAML, no schema, no template."""
