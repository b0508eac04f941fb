"""No pattern of the package has words of a natural language in it: they stand in the files of languages, where a new language has its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from tests.test_walls import MARKS_OF_PATTERNS, trees

MAKERS = {
    "pattern",
    "words_pattern",
    "_pattern",
    "Template",
    "compiled",
    "Cue",
    "CueRow",
}  # functions that make patterns, besides those of `re`
TECHNICAL = (  # words of no natural language: where they come from, the modules or packages that may have them, and the words
    ("addresses", "cli intake page records site structure", "https"),
    ("addresses, and names in those of mailing lists", "page structure.line_breaks", "www com net org example lists listinfo mailman options"),
    ("endings of file names", "page", "docx epub mp odt pdf rtf txt zip"),
    ("endings of file names", "records.scaffold site.exports.api workspace", "html md part txt"),
    ("names of entities, and of a library", "cleaning.rules.encoding", "amp hellip nbsp ndash quot rsquo badness ftfy"),
    ("letters printed as one", "cleaning.rules.ligatures", "ffi fi fl"),
    ("vowels of pinyin", "cleaning.rules.encoding", "aeiouü"),
    ("units, from KiB and MiB, and of minutes; zones of time", "page", "ki min BST CEST CET EDT EST GMT IST UTC"),
    ("the number of a Chinese licence", "page.patterns", "ICP"),
    ("the header of a crawl", "text.lines", "date"),
    ("what the notation of phrases stands for", "languages.phrases", "ed ing"),
    ("markup of forums", "page.patterns", "url"),
    ("HTML and XML", "intake", "comments footer header math officeDocument word xml"),
    ("HTML and XML", "site.pages workspace", "announce assets button canonical class component css data dir div drawer for header href icon label lastmod"),
    ("HTML and XML", "site.pages workspace", "link loc md nav normbook rel rtl script"),
    ("style sheets", "intake", "break collapse display hidden list none pre quotes space spaces style type visibility white"),
    ("style sheets", "workspace.theme_style", "admonition details is media not note supports toc url where"),
    ("types of schema.org", "intake.page_facts", "Article DigitalDocument Legislation Posting Report WebPage"),
    ("templates of Jinja", "site.templating", "from import jinja runtime"),
    ("names of Unicode", "records.yaml.hidden", "ARABIC BENGALI DEVANAGARI GUJARATI GURMUKHI KANNADA KHMER MALAYALAM MANDAIC MONGOLIAN"),
    ("names of Unicode", "records.yaml.hidden", "MYANMAR NKO ORIYA PA PHAGS SINHALA SYRIAC TAMIL TELUGU TIBETAN"),
    ("messages of libraries", "findings.finding records.validation.explain", "is line required"),
    ("what this package writes itself", "records.repair records.scaffold site.exports", "FILL IN by fill in invalid language machine proposed schema server yaml"),
    ("what this package calls a mark of lists", "structure.lists.block", "number"),
)  # fmt: skip
FILLED = "\0"  # stands for what is filled into an f-string
NO_WORDS = tuple(
    re.compile(form)
    for form in (
        r"<[a-z\0][\w\0-]*[.\0][\w.\0-]*(?::[\w\0]+)?>",  # a slot for the words of a list
        r"\(\?P[<=]\w+[>)]|\(\?[aiLmsux-]+[:)]",
        r"\\N\{[^}]*\}|\\[uU][0-9a-fA-F]+|\\x[0-9a-fA-F]{2}|\\[pP]\{[^}]*\}|\\.",
    )
)
CLASS = re.compile(r"\[(?P<inside>\^?\]?[^\]]*)\]")
RANGES = re.compile(r"(?:\S-\S)+")
LIST = re.compile(r"[a-z]+\.[\w-]+")  # the name of a list of words
WORD = re.compile(r"[^\W\d_]{2,}")


def words_of(form: str) -> set[str]:
    """The runs of two or more letters that a pattern asks for; a class of letters counts as one of them.

    >>> sorted(words_of(r"(?i)\b(?P<day>[Tt]he|<dates.today:en>|\\d+) licen[cs]es? of [a-z]+"))
    ['The', 'licences', 'of']
    """
    if LIST.fullmatch(form) or RANGES.fullmatch(form):
        return set()
    for each in NO_WORDS:
        form = each.sub("\1", form)
    form = CLASS.sub(lambda match: match["inside"][0] if match["inside"].isalpha() else "\1", form)
    return {word for word in WORD.findall(form) if word.isalpha() and word.lower() != word.upper()}


def called(call: ast.Call) -> str:
    """The name of the function that a call calls, with "re." if it is of that module."""
    if isinstance(call.func, ast.Attribute):
        return f"{'re.' if isinstance(call.func.value, ast.Name) and call.func.value.id == 're' else ''}{call.func.attr}"
    return call.func.id if isinstance(call.func, ast.Name) else ""


def arguments(call: ast.Call) -> list[ast.expr]:
    """What a call takes for a pattern or for parts of one."""
    name = called(call)
    if name == "map" and isinstance(call.args[0], (ast.Name, ast.Attribute)):
        return call.args[1:] if getattr(call.args[0], "attr", getattr(call.args[0], "id", "")) in {"compile", *MAKERS} else []
    if name.startswith("re.") and name != "re.escape":
        return call.args[:1]
    if name in MAKERS:
        return [*(call.args[2:3] if name == "CueRow" else call.args[:1]), *(each.value for each in call.keywords)]
    return []


def literals(node: ast.AST) -> Iterator[str]:
    """The texts of an expression, but the keys of tables and of subscripts, and what is handed to other functions."""
    parts: Iterable[ast.AST]
    if isinstance(node, ast.Constant):
        parts = ()
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield text_of(node)
        parts = [part for part in node.values if not isinstance(part, ast.Constant)]
    elif isinstance(node, ast.Dict):
        parts = node.values
    elif isinstance(node, ast.Subscript):
        parts = (node.value,)
    elif isinstance(node, ast.Call):
        parts = arguments(node) or (node.args if called(node) in ("join", "tuple", "map") else ())
    else:
        parts = ast.iter_child_nodes(node)
    for part in parts:
        yield from literals(part)


def text_of(node: ast.JoinedStr) -> str:
    """An f-string with a mark for each value that is filled in."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else FILLED for part in node.values)


class Source:
    """What makes the patterns of a module, and what its names stand for."""

    def __init__(self, tree: ast.Module) -> None:
        nodes = [*ast.walk(tree)]
        self.imported: dict[str, tuple[str, str]] = {}
        self.values: dict[str, list[ast.expr]] = {}
        self.seen: list[ast.AST] = []  # the arguments of calls that make patterns, and texts that look like one
        told: set[int] = set()  # docstrings, and the parts of f-strings
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("normbook."):
                home = str(node.module).removeprefix("normbook.")
                self.imported |= {each.asname or each.name: (home, each.name) for each in node.names}
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    self.assign(target, node.value)
            elif isinstance(node, ast.AnnAssign) and node.value:
                self.assign(node.target, node.value)
            elif isinstance(node, ast.Call):
                self.seen += arguments(node)
            elif isinstance(node, ast.JoinedStr):
                told |= {id(part) for part in node.values}
            elif isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr):
                told.add(id(node.body[0].value))
        for node in nodes:
            if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in told:
                text = text_of(node) if isinstance(node, ast.JoinedStr) else node.value
                if isinstance(text, str) and any(map(text.__contains__, MARKS_OF_PATTERNS)):
                    self.seen.append(node)

    def assign(self, target: ast.expr, value: ast.expr) -> None:
        """Notes the value of a name in capitals, or of several."""
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, part in zip(target.elts, value.elts, strict=False):
                self.assign(one, part)
        elif isinstance(target, ast.Name) and target.id.isupper():
            self.values.setdefault(target.id, []).append(value)


def words_in_patterns(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """The words in each module that stand in patterns: in calls that make them, in the values that these use, and in what looks like a pattern."""
    sources = {module: Source(tree) for module, tree in modules.items()}
    queue = [(module, node) for module, source in sources.items() for node in source.seen]
    found: dict[str, set[str]] = {}
    asked: set[tuple[str, str]] = set()
    while queue:
        module, node = queue.pop()
        for text in literals(node):
            if words := words_of(text):
                found.setdefault(module, set()).update(words)
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                home, name = place = sources[module].imported.get(part.id, (module, part.id))
                if place not in asked and home in sources:
                    asked.add(place)
                    queue += [(home, value) for value in sources[home].values.get(name, ())]
    return found


def is_in(module: str, places: str) -> bool:
    """True if a module is one of some places, or in one of them."""
    return any(module == place or module.startswith(f"{place}.") for place in places.split())


def test_no_pattern_has_words_in_it() -> None:
    found = words_in_patterns(trees())
    left = {
        module: words - {word for _, places, allowed in TECHNICAL if is_in(module, places) for word in allowed.split()}
        for module, words in found.items()
    }
    assert {module: words for module, words in left.items() if words} == {}
    for reason, places, allowed in TECHNICAL:
        used = set().union(*(words for module, words in found.items() if is_in(module, places)))
        assert {word for word in allowed.split() if word not in used} == set(), f"{reason}: allowed, and used no more"


def test_a_word_in_a_pattern_is_seen_wherever_it_stands() -> None:
    planted = {
        "one": "from normbook.two import TAIL\nA = re.compile(f'{HEAD} of')\nHEAD, OTHER = '[Tt]he', 'unused'\nB = pattern('x' + TAIL)",
        "two": "TAIL = '|'.join(WORDS)\nWORDS = ('either', r'n\\wither')\nC = {'key': r'\\bland\\b'}\nD = map(re.compile, ('sea',))",
        "three": "E = Template('<dates.today:en>\\\\d', piece='ship')\ndef f():\n    return re.search('harbour|bay', text)",
    }
    assert words_in_patterns({name: ast.parse(text) for name, text in planted.items()}) == {
        "one": {"The", "of"},
        "two": {"either", "ither", "land", "sea"},
        "three": {"ship", "harbour", "bay"},
    }
