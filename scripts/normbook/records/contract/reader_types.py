"""The schemas as types of Python (TypedDict), for those who read the published records."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from typing import Any

from normbook.records.contract.contract import Version
from normbook.records.schema import Relation
from normbook.records.types import FOLDERS, PUBLISHED

FIELDS = '''"""What a record holds, by its type. Written by scripts/typed.py from the schemas: do not edit."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from normbook.reader.record import Records
'''
LISTS = '''class Lists:
    """The lists of records that a book holds."""

'''
TABLES = '''"""Where the records of each type are, and how they are linked. Written by scripts/typed.py from the schemas: do not edit."""

from __future__ import annotations

from typing import NamedTuple

READS = "{reads}"  # the versions of the records whose shape this is


class Relation(NamedTuple):
    """A link that records of a type make: its name, where its values stand (`*`: each item of a list), its name from the other end."""

    name: str
    path: tuple[str, ...]
    inverse: str
    exempt: tuple[str, ...]
'''
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "array": "list[object]", "object": "dict[str, object]"}  # fmt: skip
SWAPPED = str.maketrans("'\"", "\"'")


def literal(value: Any) -> str:
    """A value of JSON, or a tuple of such, as Python source; strings stand in double quotes unless that takes more escapes.

    >>> print(literal("the act's aim"), literal('a "quoted" word'), literal(("a", None, 1)))
    "the act's aim" 'a "quoted" word' ("a", None, 1)
    """
    if isinstance(value, str):
        return repr(value.translate(SWAPPED)).translate(SWAPPED)
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def docstring(words: str) -> str:
    r"""Words as the source of a docstring that holds exactly them: a backslash is escaped, quotation marks only where they would end it.

    >>> print(docstring('An "aim" of C:\\data')[3:-3], docstring('An "aim"')[3:-3])
    An "aim" of C:\\data An \"aim\"
    """
    source = words.replace("\\", "\\\\")
    if '"""' in source or source.endswith('"'):
        source = source.replace('"', '\\"')
    source = "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in source)
    return f'"""{source}"""'


def compatible(version: Version) -> str:
    """The part of a version that changes only when something breaks.

    >>> compatible(Version(0, 2, 9)), compatible(Version(3, 1, 0))
    ('0.2', '3')
    """
    return str(version.major) if version.major else f"0.{version.minor}"


def fields(documents: Mapping[str, Mapping[str, Any]]) -> str:
    """The source of the module of fields: a type for each schema of records, those that they use, and what each list of a book holds."""
    writer = _Writer(documents)
    types = [type for type in PUBLISHED if type in documents]
    for type in types:
        writer.record(type)
    rows = (f"    {FOLDERS[type]}: Records[{_camel(type)}Fields]\n" for type in types)
    return "\n\n".join([FIELDS, *writer.made.values(), LISTS + "".join(rows)])


def tables(types: Iterable[str], relations: Iterable[Relation], version: Version) -> str:
    """The source of the module of tables: the folder of each type, and the relations that its records make."""
    by_type: dict[str, list[Relation]] = {type: [] for type in PUBLISHED if type in set(types)}
    for each in relations:
        by_type.get(each.domain, []).append(each)
    rows = []
    for type, own in by_type.items():
        rows.append(f"    {literal(type)}: (\n")
        rows += [f"        Relation{literal((each.name, each.path, each.inverse, each.exempt))},\n" for each in own]
        rows.append("    ),\n")
    folders = "".join(f"    {literal(type)}: {literal(FOLDERS[type])},\n" for type in by_type)
    found = f"FOLDERS = {{\n{folders}}}\nRELATIONS: dict[str, tuple[Relation, ...]] = {{\n{''.join(rows)}}}\n"
    return "\n\n".join([TABLES.format(reads=compatible(version)), found])


class _Writer:
    """Writes each named type once, those that it uses before it."""

    def __init__(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self.documents = documents
        self.made: dict[str, str] = {}

    def record(self, type: str) -> None:
        document = self.documents[type]
        shared = self.documents["common"]["$defs"]["record"]
        properties = {key: (node, "common") for key, node in shared["properties"].items()} | _placed(document["properties"], type)
        required = {"type", *shared["required"], *document.get("required", ())}
        self.dictionary(_camel(type) + "Fields", document["description"], properties, required)

    def dictionary(self, name: str, words: str, properties: Mapping[str, tuple[Any, str]], required: Iterable[str]) -> None:
        rows = {}
        for key, (node, file) in properties.items():
            said = self.type(node, name.removesuffix("Fields") + _camel(key), file)
            rows[key] = said if key in set(required) else f"NotRequired[{said}]"
        if any(keyword.iskeyword(key) or not key.isidentifier() for key in rows):
            fields = "".join(f"        {literal(key)}: {said},\n" for key, said in rows.items())
            self.made[name] = f"{name} = TypedDict(\n    {literal(name)},\n    {{\n{fields}    }},\n)"
        else:
            fields = "".join(f"    {key}: {said}\n" for key, said in rows.items())
            self.made[name] = f"class {name}(TypedDict):\n    {docstring(words)}\n\n{fields}".rstrip()

    def type(self, node: Mapping[str, Any], name: str, file: str) -> str:
        """The expression for the values of a schema; what it needs is written before."""
        if "$ref" in node:
            path, _, pointer = node["$ref"].partition("#/$defs/")
            target = path.removesuffix(".schema.json") or file
            return self.type(self.documents[target]["$defs"][pointer], _camel(pointer), target)
        if "enum" in node or "const" in node:
            return f"Literal[{', '.join(map(literal, node.get('enum', [node.get('const')])))}]"
        if "properties" not in node and "then" in node and "else" in node:
            return " | ".join(self.type(node[branch], name, file) for branch in ("then", "else"))
        if "properties" in node:
            if name not in self.made:
                self.dictionary(name, node.get("description", name), _placed(node["properties"], file), node.get("required", ()))
            return name
        if node.get("type") == "array" and "items" in node:
            return f"list[{self.type(node['items'], _one(name), file)}]"
        said = node.get("type")
        return " | ".join(PLAIN[each] for each in ([said] if isinstance(said, str) else said or [])) or "object"


def _placed(properties: Mapping[str, Any], file: str) -> dict[str, tuple[Any, str]]:
    """Each property with the schema that its references count from."""
    return {key: (node, file) for key, node in properties.items()}


def _camel(words: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in words.replace("-", "_").split("_"))


def _one(name: str) -> str:
    """What one item of a list is called.

    >>> _one("ActorOffices"), _one("Evidence"), _one("EventBodies")
    ('ActorOffice', 'EvidenceItem', 'EventBody')
    """
    return name[:-3] + "y" if name.endswith("ies") else name[:-1] if name.endswith("s") else name + "Item"
