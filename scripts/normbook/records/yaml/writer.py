"""The one canonical way to write a record."""

from __future__ import annotations

from typing import Any

import yaml

from normbook.records.yaml.hidden import HIDDEN, written
from normbook.records.yaml.scalars import scalar


class _Dumper(yaml.SafeDumper):
    """Block style, sequences indented below their key, every string that another reader might take for a number quoted."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A string, quoted where this reader or another would take it for something else."""
    style = '"' if value != value.strip() or "\n" in value or HIDDEN.search(value) else None if isinstance(scalar(value), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def dump(value: Any) -> str:
    """The one way in which a record is written: LF, block style, Unicode as it is, keys in the order given.

    `load(dump(x), path).value == x` for every JSON value with string keys; what nobody would see is written as an escape.
    """
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
    return HIDDEN.sub(lambda match: written(match[0]), text)  # such strings stand in double quotation marks
