"""The schemas as Python types (TypedDict), for programs that read the published records."""

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
PYTHON_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "array": "list[object]", "object": "dict[str, object]"}  # fmt: skip
SWAPPED = str.maketrans("'\"", "\"'")


def literal(value: Any) -> str:
    """A JSON value, or a tuple of JSON values, as Python source; strings are in double quotes unless single quotes need fewer escapes.

    >>> print(literal("the act's aim"), literal('a "quoted" word'), literal(("a", None, 1)))
    "the act's aim" 'a "quoted" word' ("a", None, 1)
    """
    if isinstance(value, str):
        return repr(value.translate(SWAPPED)).translate(SWAPPED)
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def docstring(words: str) -> str:
    r"""The source of a docstring with exactly this text; backslashes are escaped, quotation marks only where they would end the docstring.

    >>> print(docstring('An "aim" of C:\\data')[3:-3], docstring('An "aim"')[3:-3])
    An "aim" of C:\\data An \"aim\"
    """
    source = words.replace("\\", "\\\\")
    if '"""' in source or source.endswith('"'):
        source = source.replace('"', '\\"')
    source = "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in source)
    return f'"""{source}"""'


def compatible(version: Version) -> str:
    """The part of a version that changes only with a breaking change.

    >>> compatible(Version(0, 2, 9)), compatible(Version(3, 1, 0))
    ('0.2', '3')
    """
    return str(version.major) if version.major else f"0.{version.minor}"


def fields(documents: Mapping[str, Mapping[str, Any]]) -> str:
    """The source of reader/fields.py: a type for each record schema, the types used in them, and the type of each list of a book."""
    writer = _Writer(documents)
    types = [type for type in PUBLISHED if type in documents]
    for type in types:
        writer.record(type)
    list_lines = (f"    {FOLDERS[type]}: Records[{_camel(type)}Fields]\n" for type in types)
    return "\n\n".join([FIELDS, *writer.made.values(), LISTS + "".join(list_lines)])


def tables(types: Iterable[str], relations: Iterable[Relation], version: Version) -> str:
    """The source of reader/tables.py: the folder of each type, and the relations of its records."""
    by_type: dict[str, list[Relation]] = {type: [] for type in PUBLISHED if type in set(types)}
    for relation in relations:
        by_type.get(relation.domain, []).append(relation)
    relation_lines = []
    for type, own_relations in by_type.items():
        relation_lines.append(f"    {literal(type)}: (\n")
        relation_lines += [
            f"        Relation{literal((relation.name, relation.path, relation.inverse, relation.exempt))},\n" for relation in own_relations
        ]
        relation_lines.append("    ),\n")
    folders = "".join(f"    {literal(type)}: {literal(FOLDERS[type])},\n" for type in by_type)
    source = f"FOLDERS = {{\n{folders}}}\nRELATIONS: dict[str, tuple[Relation, ...]] = {{\n{''.join(relation_lines)}}}\n"
    return "\n\n".join([TABLES.format(reads=compatible(version)), source])


class _Writer:
    """Writes each named type once, after the types that it uses."""

    def __init__(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        self.documents = documents
        self.made: dict[str, str] = {}

    def record(self, type: str) -> None:
        document = self.documents[type]
        shared = self.documents["common"]["$defs"]["record"]
        properties = {key: (node, "common") for key, node in shared["properties"].items()} | _with_file(document["properties"], type)
        required = {"type", *shared["required"], *document.get("required", ())}
        self.dictionary(_camel(type) + "Fields", document["description"], properties, required)

    def dictionary(self, name: str, words: str, properties: Mapping[str, tuple[Any, str]], required: Iterable[str]) -> None:
        field_types = {}
        for key, (node, file) in properties.items():
            type_expression = self.type(node, name.removesuffix("Fields") + _camel(key), file)
            field_types[key] = type_expression if key in set(required) else f"NotRequired[{type_expression}]"
        if any(keyword.iskeyword(key) or not key.isidentifier() for key in field_types):
            fields = "".join(f"        {literal(key)}: {type_expression},\n" for key, type_expression in field_types.items())
            self.made[name] = f"{name} = TypedDict(\n    {literal(name)},\n    {{\n{fields}    }},\n)"
        else:
            fields = "".join(f"    {key}: {type_expression}\n" for key, type_expression in field_types.items())
            self.made[name] = f"class {name}(TypedDict):\n    {docstring(words)}\n\n{fields}".rstrip()

    def type(self, node: Mapping[str, Any], name: str, file: str) -> str:
        """The type expression for the values of a schema; the named types that it uses are written first."""
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
                self.dictionary(name, node.get("description", name), _with_file(node["properties"], file), node.get("required", ()))
            return name
        if node.get("type") == "array" and "items" in node:
            return f"list[{self.type(node['items'], _singular(name), file)}]"
        type_names = node.get("type")
        return " | ".join(PYTHON_TYPES[name] for name in ([type_names] if isinstance(type_names, str) else type_names or [])) or "object"


def _with_file(properties: Mapping[str, Any], file: str) -> dict[str, tuple[Any, str]]:
    """Each property with the schema file that its relative references start from."""
    return {key: (node, file) for key, node in properties.items()}


def _camel(words: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in words.replace("-", "_").split("_"))


def _singular(name: str) -> str:
    """The singular form of the name of a list.

    >>> _singular("ActorOffices"), _singular("Evidence"), _singular("EventBodies")
    ('ActorOffice', 'EvidenceItem', 'EventBody')
    """
    return name[:-3] + "y" if name.endswith("ies") else name[:-1] if name.endswith("s") else name + "Item"
