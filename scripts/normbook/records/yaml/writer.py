"""The canonical YAML form of a record."""

from __future__ import annotations

from typing import Any

import yaml

from normbook.records.yaml.hidden import HIDDEN, escape_of
from normbook.records.yaml.scalars import scalar


class _Dumper(yaml.SafeDumper):
    """Block style, with sequences indented below their key, and quotation marks around strings that other readers take for numbers."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A string, in quotation marks if this reader or another would take it for something else."""
    style = '"' if value != value.strip() or "\n" in value or HIDDEN.search(value) else None if isinstance(scalar(value), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def dump(value: Any) -> str:
    """The canonical YAML text of a value: LF, block style, literal Unicode, keys in the given order.

    `load(dump(x), path).value == x` for every JSON value with string keys. Hidden characters are written as escapes.
    """
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
    return HIDDEN.sub(lambda match: escape_of(match[0]), text)  # _string puts such strings in double quotation marks
