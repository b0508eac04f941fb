"""Moves the modules of the package to the layout of docs/architecture.md: `python move_package.py TABLE CHECKOUT`.

The table names for each old module the new one; several old modules may become one, and single definitions may go elsewhere.
No definition is changed but for the names of what it imports. It refuses (and writes nothing) where two definitions of one new
module have the same name and the table gives neither another, where a name cannot be followed, and where a module is not listed.
"""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = "normbook"
TEXTS = (".md", ".toml", ".yml", ".yaml", ".sh", ".cfg", ".html", ".txt")


@dataclass
class Item:
    """A top-level statement of an old module with the comments above it."""

    module: str
    source: str
    node: ast.stmt
    names: tuple[str, ...]
    target: str = ""
    used: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)


@dataclass
class Module:
    name: str
    doc: str
    items: list[Item]
    bound: dict[str, tuple[str, str | None, bool]]  # local name -> module, name in it (None: the module), for types alone
    noise: list[str] = field(default_factory=list)


def load_table(path: Path) -> tuple[dict[str, str], dict[tuple[str, str], str], dict[tuple[str, str], str], dict[str, str], list[tuple[str, str]]]:
    modules: dict[str, str] = {}
    parts: dict[tuple[str, str], str] = {}
    renames: dict[tuple[str, str], str] = {}
    docs: dict[str, str] = {}
    files: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        line = line.partition(" #")[0].strip()
        if not line or line.startswith("#"):
            continue
        kind, _, rest = line.partition(" ")
        if kind == "doc":
            name, _, words = rest.partition(" ")
            docs[name] = words
            continue
        old, _, new = rest.partition(" -> ")
        old, new = old.strip(), new.strip()
        if kind == "move":
            for each in old.split():
                modules[each] = new
        elif kind == "part":
            module, _, names = old.partition(":")
            for name in names.split():
                parts[module, name] = new
        elif kind == "name":
            module, _, name = old.partition(":")
            renames[module, name] = new
        elif kind == "file":
            files.append((old, new))
        else:
            raise SystemExit(f"table: {line}")
    return modules, parts, renames, docs, files


def name_of(path: Path, root: Path) -> str:
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts = parts[:-1] or [""]
    return ".".join(parts)


def definitions(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return (node.name,)
    found = []
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.If, ast.Try, ast.With)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                found.append(inner.id)
    return tuple(dict.fromkeys(found))


def doctest_names(node: ast.AST) -> set[str]:
    found: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, (ast.FunctionDef, ast.ClassDef, ast.Module)):
            for line in (ast.get_docstring(inner) or "").splitlines():
                if line.lstrip().startswith((">>>", "...")):
                    found.update(re.findall(r"[A-Za-z_]\w*", line))
    return found


def read_module(path: Path, name: str) -> Module:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    lines = source.split("\n")
    doc = ast.get_docstring(tree, clean=False) or ""
    bound: dict[str, tuple[str, str | None, bool]] = {}
    items: list[Item] = []
    end = 0
    for number, node in enumerate(tree.body):
        start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) - 1
        stop = node.end_lineno or start
        while stop < len(lines) and lines[stop - 1].rstrip() != "" and False:
            stop += 1
        if number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            end = stop
            continue
        types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if isinstance(node, (ast.Import, ast.ImportFrom)) or types:
            for each in node.body if isinstance(node, ast.If) else [node]:
                if isinstance(each, ast.Import):
                    for alias in each.names:
                        bound[alias.asname or alias.name.partition(".")[0]] = (alias.name, None, types) if alias.asname or "." not in alias.name else (alias.name, "", types)
                elif isinstance(each, ast.ImportFrom) and each.module != "__future__":
                    for alias in each.names:
                        bound[alias.asname or alias.name] = (each.module or "", alias.name, types)
                elif not isinstance(each, ast.ImportFrom):
                    raise SystemExit(f"{name}: a statement under TYPE_CHECKING")
            end = stop
            continue
        above = end
        block = lines[above:start]
        while block and not block[0].strip():
            block = block[1:]
        items.append(Item(name, "\n".join([*block, *lines[start:stop]]), node, definitions(node)))
        end = stop
    return Module(name, doc, items, bound)


class Mover:
    def __init__(self, table: Path, checkout: Path) -> None:
        self.table, self.checkout = table, checkout
        self.root = checkout / "scripts" / PACKAGE
        self.moves, self.parts, self.renames, self.docs, self.files = load_table(table)
        self.modules = {name_of(path, self.root): read_module(path, name_of(path, self.root)) for path in sorted(self.root.rglob("*.py"))}
        self.problems: list[str] = []
        self.unchanged = {name for name in self.modules if name in ("", "__main__") or name.split(".")[0] == "reader"}
        for name in self.modules:
            if name not in self.moves and name not in self.unchanged:
                if self.modules[name].items:
                    self.problems.append(f"not in the table: {name}")
                self.moves.setdefault(name, name)
        self.where: dict[tuple[str, str], tuple[str, str]] = {}
        for module in self.modules.values():
            for item in module.items:
                own = {self.parts[module.name, n] for n in item.names if (module.name, n) in self.parts}
                item.target = own.pop() if own else self.moves.get(module.name, module.name)
                for n in item.names:
                    self.where[module.name, n] = (item.target, self.renames.get((module.name, n), n))

    def resolve(self, module: str, name: str) -> tuple[str, str | None] | None:
        """Where what `from normbook.<module> import <name>` gives now lives: (new module, new name), or (new module, None) for a module."""
        full = f"{module}.{name}" if module else name
        if (module, name) in self.where:
            return self.where[module, name]
        if module in self.modules and name in self.handed_on(module):
            return self.moves.get(module, module), name
        if full in self.modules:
            return self.moves.get(full, full), None
        if module in self.modules and name in self.modules[module].bound:
            m, n, _ = self.modules[module].bound[name]
            if m.startswith(PACKAGE + ".") and n:
                return self.resolve(m.removeprefix(PACKAGE + "."), n)
        return None

    def handed_on(self, module: str) -> set[str]:
        """What a module imports in order to hand it on: the names of its `__all__`."""
        for item in self.modules[module].items:
            if "__all__" in item.names and isinstance(item.node, ast.Assign):
                return set(ast.literal_eval(item.node.value))
        return set()

    def rewritten(self, source: str, item_module: Module | None, local: dict[str, tuple[str, str | None, bool]], target: str, imports: dict[str, set[tuple[str, str | None, str]]]) -> str:
        """The source with names renamed, module attributes followed, and inner imports of the package re-aimed."""
        tree = ast.parse(source)
        edits: list[tuple[int, int, str]] = []
        starts = [0]
        for line in source.split("\n"):
            starts.append(starts[-1] + len(line.encode()) + 1)
        raw = source.encode()

        def place(node: ast.AST) -> tuple[int, int]:
            return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

        renamed: dict[str, str] = {}
        if item_module:
            for n in {each for item in item_module.items for each in item.names}:
                new = self.where[item_module.name, n][1]
                if new != n:
                    renamed[n] = new
        aliased: dict[str, str] = {}
        for n, (m, attr, _) in local.items():
            if m == PACKAGE or m.startswith(PACKAGE + "."):
                short = m.removeprefix(PACKAGE).lstrip(".")
                found = self.resolve(short, attr) if attr else None
                if found and found[1] is None:  # a module bound to a name
                    stem = found[0].rpartition(".")[2]
                    aliased[n] = found[0]
                elif found and found[1] != attr and n == attr:
                    renamed[n] = found[1] or n
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliased:
                old = self.old_module(local[node.value.id])
                found = self.where.get((old, node.attr)) or self.resolve(old, node.attr)
                lo, hi = place(node)
                if not found or found[1] is None:
                    self.problems.append(f"{target}: cannot follow {node.value.id}.{node.attr}")
                    continue
                if found[0] == target:
                    edits.append((lo, hi, found[1]))
                else:
                    as_name = self.alias(found[0], node.value.id, source)
                    edits.append((lo, hi, f"{as_name}.{found[1]}"))
                    imports.setdefault("module", set()).add((found[0], None, as_name))
            elif isinstance(node, ast.Name) and node.id in renamed:
                lo, hi = place(node)
                edits.append((lo, hi, renamed[node.id]))
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in renamed and node in tree.body:
                lo = starts[node.lineno - 1]
                line = raw[lo : starts[node.lineno] - 1].decode()
                at = re.search(rf"\b{node.name}\b", line)
                assert at
                edits.append((lo + len(line[: at.start()].encode()), lo + len(line[: at.end()].encode()), renamed[node.name]))
            elif isinstance(node, ast.ImportFrom) and node.module and node.col_offset and (node.module == PACKAGE or node.module.startswith(PACKAGE + ".")):
                lo, hi = place(node)
                edits.append((lo, hi, self.import_lines(node, target, " " * node.col_offset)))
        for node in ast.walk(tree):  # doctests
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
                lo, hi = place(node.body[0].value)
                text = raw[lo:hi].decode()
                new = "\n".join(self.doctest(line, renamed, aliased, local, imports, target) if line.lstrip().startswith((">>>", "...")) else line for line in text.split("\n"))
                if new != text:
                    edits.append((lo, hi, new))
        for lo, hi, new in sorted(edits, reverse=True):
            raw = raw[:lo] + new.encode() + raw[hi:]
        return raw.decode()

    def doctest(self, line: str, renamed: dict[str, str], aliased: dict[str, str], local: dict[str, tuple[str, str | None, bool]], imports: dict[str, set[tuple[str, str | None, str]]], target: str) -> str:
        for old, new in renamed.items():
            line = re.sub(rf"(?<![\w.]){re.escape(old)}\b", new, line)
        for n in aliased:
            old = self.old_module(local[n])

            def follow(match: re.Match[str], old: str = old, n: str = n) -> str:
                found = self.where.get((old, match[1]))
                if not found:
                    return match[0]
                if found[0] == target:
                    return found[1]
                as_name = self.alias(found[0], n, "")
                imports.setdefault("module", set()).add((found[0], None, as_name))
                return f"{as_name}.{found[1]}"

            line = re.sub(rf"(?<![\w.]){re.escape(n)}\.(\w+)", follow, line)
        return self.import_text(line)

    def import_text(self, line: str) -> str:
        match = re.match(r"(\s*(?:>>> )?)(from normbook[\w.]* import .*)$", line)
        if not match:
            return line
        node = ast.parse(match[2]).body[0]
        assert isinstance(node, ast.ImportFrom)
        return match[1] + self.import_lines(node, "", "").replace("\n", f"\n{match[1]}")

    def old_module(self, bound: tuple[str, str | None, bool]) -> str:
        m, attr, _ = bound
        return ".".join(filter(None, (m.removeprefix(PACKAGE).lstrip("."), attr)))

    def alias(self, module: str, old: str, source: str) -> str:
        stem = module.rpartition(".")[2]
        if old in TAKEN.get(module, {}):
            return TAKEN[module][old]
        return stem

    def import_lines(self, node: ast.ImportFrom, target: str, indent: str) -> str:
        grouped: dict[str, list[str]] = defaultdict(list)
        short = (node.module or "").removeprefix(PACKAGE).lstrip(".")
        for alias in node.names:
            found = self.resolve(short, alias.name)
            if short == "" and found is None or found is None and alias.name.startswith("__"):
                grouped[node.module or ""].append(alias.name + (f" as {alias.asname}" if alias.asname else ""))
                continue
            if found is None:
                self.problems.append(f"{target or '(outside)'}: cannot follow from {node.module} import {alias.name}")
                continue
            module, name = found
            if module == target and name is not None:
                continue
            if name is None:
                parent, _, stem = module.rpartition(".")
                wanted = alias.asname or (alias.name if alias.name != stem and target == "" else None)
                grouped[f"{PACKAGE}.{parent}".rstrip(".")].append(stem + (f" as {wanted}" if wanted and wanted != stem else ""))
            else:
                wanted = alias.asname or (alias.name if name != alias.name and target == "" else None)
                grouped[f"{PACKAGE}.{module}".rstrip(".")].append(name + (f" as {wanted}" if wanted and wanted != name else ""))
        out = []
        for module, names in sorted(grouped.items()):
            names = sorted(names, key=lambda each: (not each.isupper(), each.islower(), each))
            out.append(f"from {module} import {', '.join(names)}")
        return f"\n{indent}".join(out) or "pass"

    def build(self) -> dict[str, str]:
        order: dict[str, list[str]] = defaultdict(list)  # new module -> the old ones in order of the table
        for old, new in self.moves.items():
            if old in self.modules:
                order[new].append(old)
        by_target: dict[str, list[Item]] = defaultdict(list)
        for module in self.modules.values():
            for item in module.items:
                if module.name not in self.unchanged:
                    by_target[item.target].append(item)
        built: dict[str, str] = {}
        for target, items in by_target.items():
            sources = list(dict.fromkeys([*[old for old in order[target]], *[item.module for item in items]]))
            sources = self.sorted_sources(sources, target)
            items = sorted(items, key=lambda item: sources.index(item.module))  # stable
            if target not in order or len({item.module for item in items}) > 1 or any(key[0] in sources for key in self.parts):
                items = self.definitions_first(items)
            built[target] = self.assemble(target, sources, items)
        return built

    def sorted_sources(self, sources: list[str], target: str) -> list[str]:
        needs = {s: {m.removeprefix(PACKAGE + ".") for m, _, types in self.modules[s].bound.values() if m.startswith(PACKAGE) and not types} | {self.old_module(b) for b in self.modules[s].bound.values()} for s in sources}
        out: list[str] = []
        left = list(sources)
        while left:
            for s in left:
                if not any(other in needs[s] for other in left if other != s):
                    out.append(s)
                    left.remove(s)
                    break
            else:
                self.problems.append(f"{target}: {left} import each other")
                return out + left
        return out

    def definitions_first(self, items: list[Item]) -> list[Item]:
        return items

    def assemble(self, target: str, sources: list[str], items: list[Item]) -> str:
        seen: dict[str, Item] = {}
        for item in items:
            for n in item.names:
                new = self.renames.get((item.module, n), n)
                if new in seen and seen[new].module != item.module and n != "__all__":
                    self.problems.append(f"{target}: {new} is defined in {seen[new].module} and {item.module}")
                seen[new] = item
        imports: dict[str, set[tuple[str, str | None, str]]] = {"name": set(), "module": set(), "type": set()}
        bodies: list[tuple[Item, str]] = []
        for item in items:
            module = self.modules[item.module]
            if "__all__" in item.names and len({i.module for i in items}) > 1:
                continue
            body = self.rewritten(item.source, module, module.bound, target, imports)
            bodies.append((item, body))
            stored = {n.id for n in ast.walk(item.node) if isinstance(n, ast.Name)} | doctest_names(item.node)
            if "__all__" in item.names:
                stored |= set(ast.literal_eval(item.node.value))  # type: ignore[attr-defined]
            for n in sorted(stored):
                if n in module.bound:
                    m, attr, types = module.bound[n]
                    kind = "type" if types else "name"
                    if m == PACKAGE or m.startswith(PACKAGE + "."):
                        short = m.removeprefix(PACKAGE).lstrip(".")
                        if attr is None or attr == "":
                            imports[kind].add((m, attr, n))
                            continue
                        found = self.resolve(short, attr)
                        if found is None:
                            if short == "":
                                imports[kind].add((m, attr, n))
                            else:
                                self.problems.append(f"{target}: cannot follow {m}.{attr}")
                        elif found[1] is None:
                            used_bare = any(isinstance(x, ast.Name) and x.id == n and not isinstance(getattr(x, "parent", None), ast.Attribute) for x in bare_names(item.node))
                            if used_bare:
                                imports["module"].add((found[0], None, found[0].rpartition(".")[2]))
                        elif found[0] != target:
                            imports[kind].add((f"{PACKAGE}.{found[0]}".rstrip("."), found[1], n if n != attr else found[1]))
                    else:
                        imports[kind].add((m, attr, n))
                elif (item.module, n) in self.where and self.where[item.module, n][0] != target:
                    new_module, new = self.where[item.module, n]
                    imports["name"].add((f"{PACKAGE}.{new_module}", new, new))
        return self.text(target, sources, bodies, imports)

    def text(self, target: str, sources: list[str], bodies: list[tuple[Item, str]], imports: dict[str, set[tuple[str, str | None, str]]]) -> str:
        doc = self.docs.get(target)
        if doc is None:
            docs = [self.modules[s].doc for s in sources if self.moves.get(s) == target]
            doc = docs[-1] if docs else self.modules[sources[-1]].doc
        lines = [f'"""{doc}"""', "", "from __future__ import annotations", ""]
        names = {x for x in imports["name"]}
        types = {x for x in imports["type"] if (x[0], x[1], x[2]) not in names}
        lines += self.statements(names | imports["module"])
        if types:
            names_used = {x[2] for x in names}
            if "TYPE_CHECKING" not in names_used:
                lines = [*lines, "from typing import TYPE_CHECKING"]
            lines += ["", "if TYPE_CHECKING:", *(f"    {row}" for row in self.statements(types))]
        out = "\n".join(lines) + "\n"
        last = ""
        for item, body in bodies:
            gap = "\n\n" if isinstance(item.node, (ast.FunctionDef, ast.ClassDef)) or last == "def" else ("\n" if last == "" else "")
            out += ("\n" if gap else "") + (gap if gap != "\n" else "") + body + "\n"
            last = "def" if isinstance(item.node, (ast.FunctionDef, ast.ClassDef)) else "value"
        return out

    def statements(self, imports: set[tuple[str, str | None, str]]) -> list[str]:
        grouped: dict[str, set[str]] = defaultdict(set)
        plain: set[str] = set()
        for module, attr, n in imports:
            if attr is None and not module.startswith(PACKAGE) and module.split(".")[0] in self.top:
                parent, _, stem = module.rpartition(".")
                grouped[f"{PACKAGE}.{parent}".rstrip(".")].add(stem + (f" as {n}" if n != stem else ""))
            elif attr is None:
                plain.add(f"import {module}" + (f" as {n}" if n != module else ""))
            elif attr == "":
                plain.add(f"import {module}")
            else:
                grouped[module].add(attr + (f" as {n}" if n != attr else ""))
        return sorted(plain) + [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(grouped.items())]

    @property
    def top(self) -> set[str]:
        return {new.split(".")[0] for new in self.moves.values()}

    def outside(self, path: Path) -> str | None:
        """A file of tests or tools with its imports and dotted names re-aimed; None if nothing changes."""
        source = path.read_text("utf-8")
        if PACKAGE not in source:
            return None
        tree = ast.parse(source)
        starts = [0]
        for line in source.split("\n"):
            starts.append(starts[-1] + len(line.encode()) + 1)
        raw = source.encode()
        edits: list[tuple[int, int, str]] = []
        local: dict[str, tuple[str, str | None, bool]] = {}
        extra: dict[str, set[tuple[str, str | None, str]]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and (node.module == PACKAGE or node.module.startswith(PACKAGE + ".")):
                for alias in node.names:
                    local[alias.asname or alias.name] = (node.module, alias.name, False)
                lo = starts[node.lineno - 1] + node.col_offset
                hi = starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[operator]
                edits.append((lo, hi, self.outside_import(node, tree)))
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.startswith(PACKAGE + "."):
                        pass  # a dotted name, followed below like any other
        modules = {n for n, b in local.items() if (r := self.resolve(b[0].removeprefix(PACKAGE).lstrip("."), b[1] or "")) and r[1] is None}
        homes: dict[str, set[str]] = defaultdict(set)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
                old = self.old_module(local[node.value.id])
                found = self.where.get((old, node.attr))
                if not found:
                    if not node.attr.startswith("__") and old in self.modules and node.attr not in self.modules[old].bound and f"{old}.{node.attr}" not in self.modules:
                        self.problems.append(f"{path.relative_to(self.checkout)}: cannot follow {node.value.id}.{node.attr}")
                    continue
                homes[node.value.id].add(found[0])
                if found[1] and found[1] != node.attr:
                    lo = starts[node.end_lineno - 1] + node.end_col_offset - len(node.attr)  # type: ignore[operator]
                    edits.append((lo, lo + len(node.attr), found[1]))
        for n, places in homes.items():
            if len(places) > 1 or places != {self.resolve(local[n][0].removeprefix(PACKAGE).lstrip("."), local[n][1] or "")[0]}:  # type: ignore[index]
                self.problems.append(f"{path.relative_to(self.checkout)}: {n} is now {places}")
        for lo, hi, new in sorted(edits, reverse=True):
            raw = raw[:lo] + new.encode() + raw[hi:]
        text = self.dotted(raw.decode())
        return text if text != source else None

    def outside_import(self, node: ast.ImportFrom, tree: ast.AST) -> str:
        return self.import_lines(node, "", " " * node.col_offset)

    def dotted(self, text: str) -> str:
        """Dotted names and paths of modules in prose, strings and settings."""

        def follow(match: re.Match[str]) -> str:
            parts = match[1].split(".")
            for size in range(len(parts), 0, -1):
                old = ".".join(parts[:size])
                rest = parts[size:]
                if old in self.moves and old in self.modules:
                    if rest and (found := self.resolve(old, rest[0])):
                        return f"{PACKAGE}.{found[0]}" + "".join(f".{each}" for each in [*([found[1]] if found[1] else []), *rest[1:]])
                    if rest and old in self.packages:
                        return match[0]
                    return f"{PACKAGE}." + ".".join([self.moves[old], *rest])
            return match[0]

        # code that was already moved names new modules: only strings and prose are looked at here
        out = []
        for line in text.split("\n"):
            if re.match(r"\s*(?:>>> )?from normbook", line):
                out.append(line)
                continue
            line = re.sub(r"\bnormbook\.([a-z_]+(?:\.[A-Za-z_]+)*)", follow, line)
            line = re.sub(r"((?:scripts/normbook/|(?<![\w/.]))(?:text|records|graph|publish|pipeline|cli)/[a-z_/]+)\.py\b", self.path, line)
            out.append(line)
        return "\n".join(out)

    def path(self, match: re.Match[str]) -> str:
        old = match[1].removeprefix("scripts/normbook/").replace("/", ".").removesuffix(".__init__")
        if old not in self.moves or old not in self.modules:
            return match[0]
        head = "scripts/normbook/" if match[1].startswith("scripts/") else ""
        return f"{head}{self.moves[old].replace('.', '/')}.py"

    @property
    def packages(self) -> set[str]:
        return {name for name in self.modules if (self.root / name.replace(".", "/")).is_dir()}


def bare_names(node: ast.AST) -> list[ast.AST]:
    """Names that are not the left side of an attribute."""
    inside = {id(each.value) for each in ast.walk(node) if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)}
    return [each for each in ast.walk(node) if isinstance(each, ast.Name) and id(each) not in inside]


TAKEN: dict[str, dict[str, str]] = {}


def main() -> None:
    table, checkout = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
    mover = Mover(table, checkout)
    built = mover.build()
    others: dict[Path, str] = {}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=checkout, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, listed):
        path = checkout / name
        if not path.is_file() or name.startswith(("data/", "seeds/", "releases/", "tests/cases/", "LICENSE", "requirements")) or name == "CHANGELOG.md":
            continue
        if name.startswith(f"scripts/{PACKAGE}/"):
            if mover.modules.get(name_of(path, mover.root)) and name_of(path, mover.root) in mover.unchanged and path.suffix == ".py" and (text := mover.outside(path)):
                others[path] = text
            continue
        if path.suffix == ".py":
            if (text := mover.outside(path)) is not None:
                others[path] = text
        elif path.suffix in TEXTS or path.name == "Makefile":
            text = path.read_text("utf-8")
            if (new := mover.dotted(text)) != text:
                others[path] = new
    if mover.problems:
        print("\n".join(sorted(set(mover.problems))))
        raise SystemExit(f"{len(set(mover.problems))} problems; nothing is written")
    if "--dry-run" in sys.argv:
        print(f"{len(built)} modules")
        return
    for name, module in mover.modules.items():
        if name in mover.unchanged:
            continue
        path = mover.root / f"{name.replace('.', '/')}.py"
        if not path.exists():
            path = mover.root / name.replace(".", "/") / "__init__.py"
        path.unlink()
    for name, text in built.items():
        text = mover.dotted(text)
        path = mover.root / f"{name.replace('.', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for path in mover.root.rglob("*.py"):
        for folder in path.parents:
            if folder == mover.root:
                break
            init = folder / "__init__.py"
            if not init.exists():
                doc = mover.docs.get(name_of(init, mover.root), "")
                init.write_text(f'"""{doc}"""\n' if doc else "", "utf-8")
    for path, text in others.items():
        path.write_text(text, "utf-8")
    for old, new in mover.files:
        source = checkout / old
        if source.exists():
            (checkout / new).parent.mkdir(parents=True, exist_ok=True)
            source.rename(checkout / new)
    print(f"{len(built)} modules written, {len(others)} other files changed")


if __name__ == "__main__":
    main()
