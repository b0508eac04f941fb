"""Cleaning gives the same from many threads as from one, whatever is remembered and forgotten meanwhile."""

from __future__ import annotations

import ast
import hashlib
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from normbook.cleaning.clean import clean
from normbook.text import line_cache
from normbook.text.line_cache import LineCache, forget
from tests.cleaning.test_rules import CASES
from tests.text.test_ledger_laws import HOSTILE

THREADS = 8
PACKAGE = Path(__file__).parents[2] / "scripts" / "normbook"
# what a process hands to those that it starts, or has done once to a folder: in the package that reads and writes, where no thread of cleaning comes
HANDED_DOWN = {"workspace/export.py": {"_inherited"}, "workspace/files.py": {"_swept"}, "workspace/forks.py": {"_work"}}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "line_cache.py")
CLEANING = {"languages", "text", "page", "structure", "cleaning", "extraction", "comparison"}  # the packages that threads run at once


def noisy_texts(count: int, seed: int) -> list[str]:
    """Many different texts of several lines, each with noise that rules look for."""
    dice = random.Random(seed)
    pieces = [*HOSTILE.elements, *(case["before"] for case in CASES)]
    ends = ("\n", "\n", "\n\n", " ", "")
    return ["".join(f"{dice.choice(pieces)}{dice.choice(ends)}" for _ in range(dice.randint(4, 14))) for _ in range(count)]


def digest(text: str) -> str:
    return hashlib.sha256(repr(clean(text)).encode("utf-8", "surrogatepass")).hexdigest()


@pytest.fixture
def small_caches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every cache holds a handful of lines, and threads take turns as often as they can: what may be pulled away is."""
    for cache in list(line_cache._caches):
        monkeypatch.setattr(cache, "most", 5)
    forget()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_eight_threads_clean_as_one_does(small_caches: None) -> None:
    texts = noisy_texts(48, 3)
    alone = [digest(text) for text in texts]
    forget()
    orders = [random.Random(number).sample(range(len(texts)), len(texts)) for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        rounds = list(pool.map(lambda order: {number: digest(texts[number]) for number in order}, orders))
    for found in rounds:
        assert [found[number] for number in range(len(texts))] == alone
    assert all(len(cache) <= cache.most for cache in list(line_cache._caches))


def test_the_order_of_texts_does_not_matter() -> None:
    texts = noisy_texts(40, 4)
    forget()
    forwards = [clean(text) for text in texts]
    forget()
    assert [clean(text) for text in reversed(texts)] == forwards[::-1]


def test_a_line_seen_in_an_english_text_is_looked_at_anew_in_one_of_another_language() -> None:
    row = "Les cartes sont prêtes,et les pilotes aussi sont prêts."
    forget()
    clean(f"The charts of the bay are in the hall, and it is time to go to the sea.\n\n{row}\n")
    assert clean(f"{row}\n").text == "Les cartes sont prêtes, et les pilotes aussi sont prêts.\n"


def test_a_cache_holds_no_more_than_it_may_and_forgets_nothing_that_matters() -> None:
    asked: list[str] = []

    def find(line: str) -> tuple[str, ...]:
        asked.append(line)
        return tuple(filter(str.isupper, line.split()))

    cache = LineCache(find, most=3)
    assert cache.numbered(["a", "B c", "a", "B c", "D"]) == [(1, ("B",)), (3, ("B",)), (4, ("D",))]
    assert asked == ["a", "B c", "D"] and len(cache) == 3
    assert cache.are_silent(["a"]) and not cache.are_silent(["a", "D"]) and asked == ["a", "B c", "D"]
    assert sorted(cache.results_for({"a", "D", "E"})) == [("D", ("D",)), ("E", ("E",))]
    assert len(cache) == 1  # full: what was known before is gone, and is found again when it is asked for
    assert cache.numbered(["x", "B c", "Y", "Z", "a"]) == [(1, ("B",)), (2, ("Y",)), (3, ("Z",))]
    assert len(cache) == 3
    forget()
    assert len(cache) == 0


CHANGING = {"add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"}
CONTAINERS = {"set", "dict", "list", "defaultdict", "deque", "Counter", "OrderedDict", "bytearray"}


def changed_containers(tree: ast.Module) -> set[str]:
    """The names of containers at the level of a module that a function changes, and names that one sets anew (`global`)."""
    built = (ast.Set, ast.Dict, ast.List, ast.SetComp, ast.DictComp, ast.ListComp)
    containers: set[str] = set()
    for node in tree.body:
        value = getattr(node, "value", None)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and (
            isinstance(value, built) or (isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] in CONTAINERS)
        ):
            containers |= {
                target.id for target in (node.targets if isinstance(node, ast.Assign) else [node.target]) if isinstance(target, ast.Name)
            }
    found: set[str] = set()
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.Lambda)):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                found |= set(node.names)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
                found |= {ast.unparse(node.func.value)} & containers
            elif isinstance(node, (ast.Subscript, ast.Name)) and isinstance(node.ctx, (ast.Store, ast.Del)):
                name = node.value if isinstance(node, ast.Subscript) else node
                changed = isinstance(node, ast.Subscript) or any(
                    isinstance(other, ast.AugAssign) and other.target is node for other in ast.walk(function)
                )
                found |= {ast.unparse(name)} & containers if changed else set()
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_but_the_cache_changes_what_it_holds(path: Path) -> None:
    assert changed_containers(ast.parse(path.read_text("utf-8"))) == HANDED_DOWN.get(path.relative_to(PACKAGE).as_posix(), set())


@pytest.mark.parametrize(
    "path",
    [each for each in MODULES if each.relative_to(PACKAGE).parts[0] in CLEANING],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_what_cleaning_remembers_of_its_input_can_be_forgotten(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    caching = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "functools" for alias in node.names
    }
    assert "lru_cache" not in caching, "`remembered` does the same, and can be forgotten"


@pytest.mark.parametrize(
    "code",
    [
        "_known: set[str] = set()\ndef learn(row):\n    _known.add(row)",
        "_known = {}\ndef learn(row):\n    _known[row] = 1",
        "_known = {}\ndef learn(row):\n    del _known[row]",
        "_known = []\nlearn = lambda row: _known.append(row)",
        "_known = None\ndef learn(row):\n    global _known\n    _known = row",
        "_known = collections.defaultdict(list)\ndef learn(row):\n    _known.clear()",
    ],
)
def test_a_module_that_changes_what_it_holds_would_be_seen(code: str) -> None:
    assert changed_containers(ast.parse(code)) == {"_known"}


def test_tables_that_are_only_read_are_no_state() -> None:
    assert not changed_containers(
        ast.parse("WORDS = {'a': 1}\nOTHERS = [1]\ndef look(row):\n    found = []\n    found.append(WORDS[row])\n    return found")
    )
