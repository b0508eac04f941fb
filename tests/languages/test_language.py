"""Languages as data: what their files say, how it becomes patterns, and what is refused."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normbook.extraction.dates.calendar import days_in, parse_day
from normbook.languages.language import ROWS, SLOT, LanguageError, Words, pattern, read_languages, vocabulary
from normbook.languages.phrases import PhraseError, choice, expression

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scripts" / "normbook"
FINNISH = """
code = "fi"
name = "Finnish"
spaces = true

[months]
wide = ["tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta",
    "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta"]

[weekdays]
in-dates = ["maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"]

[dates]
yesterday = "eilen"
"""
SOUND = 'code = "xx"\nname = "A language"\nspaces = true\n'


def test_a_language_is_added_by_a_file_alone(tmp_path: Path) -> None:
    assert parse_day("8. syyskuuta 2020") is None
    (tmp_path / "fi.toml").write_text(FINNISH, "utf-8")
    languages = read_languages(files("normbook.languages"), tmp_path)
    day = parse_day("Helsingissä 8. syyskuuta 2020", languages)
    assert day is not None and day.isoformat() == "2020-09-08"
    assert [(each.how, each.words) for each in days_in("Sopimus syntyi tiistaina, ei eilen.", languages)] == [
        ("weekday", "tiistaina"),
        ("relative", "eilen"),
    ]
    assert parse_day("8 September 2020", languages) == day, "the languages of the package are read as before"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code = ", r"xx\.toml: expected TOML in UTF-8"),
        ('code = "xx"\nspaces = true\n', r"xx\.toml: name: expected a str, found None"),
        ('code = "xx"\nname = "X"\nspaces = "yes"\n', r"xx\.toml: spaces: expected a bool, found 'yes'"),
        (SOUND + "people = 1\n", r"xx\.toml: people: expected a section, found 1"),
        (SOUND + '[people]\nroles = ["mayor"]\n', r"xx\.toml: people\.roles: expected a string of words or of lines"),
        (SOUND + '[months]\nwide = ["january"]\n', r"xx\.toml: months\.wide: expected a list of 12 strings"),
        (SOUND + '[months]\ncldr = ["wide"]\n', r"xx\.toml: months\.wide: expected a list of 12 strings, found None"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "xx.toml").write_text(text, "utf-8")
    with pytest.raises(LanguageError, match=said):
        read_languages(tmp_path)


@pytest.mark.parametrize("phrase", ["read {more", "read} more", "<more", "…", "~ more"])
def test_a_phrase_that_is_not_in_the_notation_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError, match="expected the notation of languages/phrases"):
        expression(phrase, {}.__getitem__)


def test_a_choice_of_nothing_is_refused() -> None:
    with pytest.raises(PhraseError, match=r"page\.nowhere: expected words in at least one language"):
        choice([], "page.nowhere")
    with pytest.raises(PhraseError, match=r"people\.nobody"):
        pattern("<people.nobody>").search("")


@given(st.text(alphabet="ab .?*+()[]|^$é中-", min_size=1))
def test_words_match_themselves_and_nothing_else(words: str) -> None:
    escaped = re.sub(r"([{}*…#<>|:,~\\])", r"\\\1", words)
    assert re.fullmatch(expression(escaped, {}.__getitem__), words)
    assert not re.fullmatch(expression(escaped, {}.__getitem__), words + "x")


def test_the_longest_phrase_is_looked_for_first_unless_the_order_is_precedence() -> None:
    rows = [("press", "press"), ("press room", "press room")]
    assert choice(rows, "") == "(?:press room|press)"
    assert choice(rows, "", ordered=True) == "(?:press|press room)"


def test_words_of_one_language_or_of_those_without_blanks() -> None:
    assert "ministre" in Words("people.roles") and "ministre" in Words("people.roles", part="fr")
    assert "ministre" not in Words("people.roles", part="en") and "部长" not in Words("people.roles", part="spaced")
    assert "部长" in Words("people.roles", part="dense")


def test_every_list_is_used_by_the_package_and_every_list_that_it_asks_for_exists() -> None:
    """A list that nothing asks for is a vocabulary that does nothing."""
    languages = vocabulary().languages
    known = {key for each in languages for key in (*each.lists, *each.rows)}
    code = "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    lists = "\n".join(path.read_text("utf-8") for path in sorted((PACKAGE / "languages").glob("*.toml")))
    asked = set(re.findall(r"<([a-z]+\.[\w-]+)(?::[a-z]+)?>", code + lists)) | set(re.findall(r'"([a-z]+\.[\w-]+)"', code))
    sections = {key.partition(".")[0] for key in known}
    computed = {f"cues.{name}" for name in re.findall(r'"([\w-]+)"', code)} | {f"dates.{part}-marks" for part in ("year", "month", "day")}
    assert known <= asked | computed, known - asked - computed
    missing = {key for key in re.findall(r"<([a-z]+\.[\w-]+)(?::[a-z]+)?>", code + lists) if key.partition(".")[0] in sections} - known
    assert not {key for key in missing if key != "section.key"}, missing


def test_a_template_is_never_compiled_with_its_slots_in_it() -> None:
    """`re` would take `<people.roles>` for these letters; templates go through `pattern` or `fill`."""
    templates: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "__main__.py":
            name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
            values = vars(importlib.import_module(name)).items()
            templates[name] = {key for key, value in values if key.isupper() and isinstance(value, str) and SLOT.search(value)}
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and ".fill(" not in ast.unparse(node):
                    parts = [part for each in node.args for part in ast.walk(each)]
                    used = {part.id for part in parts if isinstance(part, ast.Name)} & templates[name]
                    assert not used, f"{path.name}:{node.lineno}: {used}"
                    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                    assert not any(map(SLOT.search, texts)), f"{path.name}:{node.lineno}"
    assert any(templates.values())


def test_no_list_holds_a_phrase_twice() -> None:
    for each in vocabulary().languages:
        for key, phrases in each.lists.items():
            assert len(phrases) == len(set(phrases)), f"{each.code}: {key}"
            assert all(phrase == phrase.strip() for phrase in phrases), f"{each.code}: {key} has blanks at the ends of a line"
        for key, row in each.rows.items():
            assert len(row) == (ROWS[key.partition(".")[0]] or len(row)), f"{each.code}: {key}"


@pytest.mark.parametrize("program", ["build_languages.py", "build_wordlists.py"])
def test_generated_files_are_what_their_sources_say(program: str) -> None:
    done = subprocess.run([sys.executable, ROOT / "tools" / program, "--check"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_taken_from_elsewhere_has_its_licence_beside_it() -> None:
    rights = (ROOT / "RIGHTS.md").read_text("utf-8")
    for name in ("english_words.LICENSE.txt", "english_frequency.LICENSE.txt", "cldr/LICENSE.txt"):
        assert (PACKAGE / "languages" / name).is_file() and f"languages/{name}" in rights
