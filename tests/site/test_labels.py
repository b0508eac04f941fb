"""The labels: every fixed word of the interface is there in each language and is used; a further language needs entries alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html as lxml_html

from normbook.graph.claims import SUPPORT
from normbook.graph.coverage import DETAILS
from normbook.records.types import PUBLISHED
from normbook.site.exports.examples import ORDER
from normbook.site.facts import INVERSES, NULL
from normbook.site.i18n import Interface
from normbook.site.labels import LabelError, Labels, forms_of, read_labels
from normbook.site.pages.lists import STATES
from normbook.site.pages.propose import properties
from normbook.site.pages.record import SECTIONS
from normbook.workspace.build import build
from normbook.workspace.frames import NOT_FOUND
from normbook.workspace.load import Project, load_project
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_interfaces

NAMED = re.compile(r"""["']([a-z][a-z-]*)\.([\w/*-]+)["']""")  # a key as code and templates write it
FILES = {"html", "md", "json", "xml", "js"}  # what looks like a key, and is a file
WORDED = {  # fields whose values are phrases of a page besides words of a vocabulary, with the section of these phrases
    "stance": "says", "speech": "speech", "read": "read", "authority": "authority", "expression": "expression", "verdict": "verdict", "review": "state",
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)s")
HAN = re.compile(r"[\u3400-\u9fff]")


def nav_keys(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        for key, target in entry.items() if isinstance(entry, dict) else ():
            yield key if "." in key else f"nav.{key}"
            yield from nav_keys(target) if isinstance(target, list) else ()


def needed(repo: Repo, project: Project) -> set[str]:
    """The keys that are put together by code and templates: all that a record, a file or a page may ask for."""
    schemas = project.schemas
    found = [
        each for type in (*PUBLISHED, "correction") for each in properties(schemas, {"properties": schemas.properties(type)}, item=("*",))
    ]  # fmt: skip
    values = {value for _, schema in found for value in schema.get("enum", ()) if isinstance(value, str) and ":" not in value}
    claimed = [path for type in PUBLISHED for path, _ in schemas.annotated(type, "x-claim")]
    steps = {(part, "/*" if following == "*" else "") for path in claimed for part, following in zip(path, [*path[1:], ""], strict=True)}
    english = read_labels(repo.labels.read_text("utf-8")).words["en"]
    settings = yaml.load(repo.mkdocs.read_text("utf-8"), Loader=yaml.BaseLoader)
    return {
        *(f"word.{value}" for value in (*values, "error", "warning")),
        *(f"{section}.{type}" for section in ("type", "type-list", "type-list-about") for type in PUBLISHED),
        *(f"section.{key}" for key in SECTIONS),
        *(f"claim.{part}{item}" for part, item in steps if part != "*"),
        *(f"{WORDED[path[-1]]}.{value}" for path, schema in found if path[-1] in WORDED for value in schema.get("enum", ())),
        *(f"role.{role}" for role in ("refutes", "context")),
        *(f"column.{prefix}{state}" for prefix in ("", "about-") for state in STATES if state != "main"),
        *(f"absent.{path}" for path in (*NULL, "other")),
        *(f"word.{word}" for word in ("yes", "no")),
        *(f"form-field.{path[-1]}" for path, _ in found if path[-1] != "*" and f"field.{path[-1]}" not in english),
        *(f"inverse.{name}" for name in ({each.inverse for each in schemas.relations} | set(INVERSES.values()))),
        *nav_keys(settings["nav"]),
        *(f"palette.{each['toggle']['name']}" for each in settings["theme"]["palette"]),
        *(f"{section}.{kind}" for section in ("download", "download-about") for kind in ORDER),
        *(f"finding-group.{path.stem[:2].lower()}" for path in repo.findings.glob("N*.yaml")),
        *(f"tie.{kind}" for kind in ("related", "derived_from", "correspondence")),
        *(f"detail.{name}" for name in (*DETAILS.values(), "detail")),
        *(f"date.{part}" for part in ("day", "month", "year")),
        *(f"home-claims.{support}" for support in SUPPORT),
        *(f"kind-count.{kind}" for kind in schemas.properties("principle")["kind"]["enum"]),
        *(f"not-found.{key}" for key in NOT_FOUND),
        *(f"places.{kind}" for kind in ("pdf", "html", "docx")),
    }


def allowed(project: Project) -> set[str]:
    """Keys that may be there, and are asked for only if some record needs them: labels of fields, names of languages, titles of records."""
    schemas = project.schemas
    paths = [path for type in PUBLISHED for path, _ in properties(schemas, {"properties": schemas.properties(type)}, item=("*",))]
    names = {name for path in paths for name in ("/".join(path), path[-1], f"{path[-2]}/*" if path[-1] == "*" else path[-1])}
    return {
        *(f"{section}.{name}" for section in ("field", "claim") for name in names),
        *(f"language.{code}" for code in ("en", "zh", "zh-Hans", "zh-Hant")),
        *(f"title.{id}" for id in project.records),
    }


def written(repo: Repo, sections: set[str]) -> set[str]:
    """The keys in templates and in the code that uses labels; the packages before `site` use similar keys for the lists of languages."""
    package = repo.root / "scripts" / "normbook"
    places = [*repo.templates.glob("*"), *(path for name in ("site", "workspace", "cli") for path in (package / name).rglob("*.py"))]
    found = {each for path in places for each in NAMED.findall(path.read_text("utf-8"))}
    return {f"{section}.{key}" for section, key in found if section in sections and key not in FILES}


def lacking(labels: Labels) -> dict[str, list[str]]:
    """The keys that each language lacks of those that another has; English has no words for titles of records."""
    every = dict.fromkeys(key for words in labels.words.values() for key in words)
    return {
        code: [key for key in every if key not in words and not (code == "en" and key.partition(".")[0] == "title")]
        for code, words in labels.words.items()
    }


def faults(text: str, repo: Repo, project: Project) -> list[str]:
    """What is wrong with the labels: keys that are missing, that nothing asks for, and that a language lacks."""
    labels = read_labels(text)
    keys = {key for words in labels.words.values() for key in words}
    asked = written(repo, {key.partition(".")[0] for key in keys}) | needed(repo, project)
    known = asked | allowed(project)
    return [
        *(f"missing: {key}" for key in sorted(asked - keys)),
        *(f"unused: {key}" for key in sorted(keys - known)),
        *(f"{code} lacks {key}" for code, missing in lacking(labels).items() for key in missing),
    ]


def test_every_word_is_there_in_every_language_and_is_used(repo: Repo, project: Project) -> None:
    text = repo.labels.read_text("utf-8")
    assert faults(text, repo, project) == []
    assert len(read_labels(text).words["zh-Hans"]) > 600


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\n[header]\n", '\n[header]\nfoot.en = "Foot"\nfoot.zh-Hans = "脚"\n', ["unused: header.foot"]),
        ('\ncite-as.en = "Cite as"\ncite-as.zh-Hans = "引用方式"\n', "\n", ["missing: record.cite-as"]),
        ('\nmust-not.en = "must not"\nmust-not.zh-Hans = "不得"\n', "\n", ["missing: word.must-not"]),
        ('\n"cited by".en = "cited by"\n"cited by".zh-Hans = "被引用于"\n', "\n", ["missing: inverse.cited by"]),
        ('\ncite-as.zh-Hans = "引用方式"\n', "\n", ["zh-Hans lacks record.cite-as"]),
    ],
)
def test_the_test_would_see_a_fault(old: str, new: str, said: list[str], repo: Repo, project: Project) -> None:
    text = repo.labels.read_text("utf-8")
    assert text.count(old) == 1
    assert faults(text.replace(old, new), repo, project) == said


def test_templates_have_no_words_of_their_own(repo: Repo) -> None:
    """What stands in a template outside of tags: names of files and licences, and nothing that a language says otherwise."""
    found = set()
    for path in repo.templates.glob("*"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
        found |= set(re.findall(r"[A-Za-z][\w.-]+", text))
    assert found == {"SHA-256", "common", "CC0", "changes.json", "contract.json", "ORCID"}


def test_placeholders_are_the_same_in_every_language(repo: Repo) -> None:
    english, *others = read_interfaces(repo)
    for key, words in english.words.items():
        if key.startswith("date."):
            continue  # Chinese writes the number of a month, English its name
        forms = [words] if isinstance(words, str) else words.values()
        for other in others:
            said = other.words[key]
            both = [*forms, *([said] if isinstance(said, str) else said.values())]
            assert len({tuple(sorted(set(PLACEHOLDER.findall(each)))) for each in both}) == 1, key


def test_numbers_take_the_plural_form_of_their_language(repo: Repo) -> None:
    english, chinese = read_interfaces(repo)
    assert [english.count("common.records", number) for number in (0, 1, 2)] == ["0 records", "1 record", "2 records"]
    assert [chinese.count("common.records", number) for number in (1, 2)] == ["1 个条目", "2 个条目"]
    plural = [key for key, words in english.words.items() if not isinstance(words, str)]
    assert len(plural) >= 3 and all(set(chinese.words[key]) == {"other"} for key in plural)  # type: ignore[arg-type]
    assert forms_of("zh-Hans") == ("other",) and forms_of("en") == ("one", "other")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = ", "not TOML"),
        ("[header]\n", "expected languages.en first"),
        ("LANGUAGES\n[a]\nb.fr = 'x'\n", "a.b.fr: not a language of the site; expected one of en, zh-Hans"),
        ("LANGUAGES\n[a]\nb.en = 1\n", "a.b.en: expected a string"),
        ("LANGUAGES\n[a]\nb.en = {one = 'x'}\n", "a.b.en: expected a string, or a table with the plural forms one, other"),
        ("LANGUAGES\n[a]\nb.zh-Hans = {one = 'x', other = 'y'}\n", "plural forms other; found"),
        ("LANGUAGES\n[a]\nb = 'x'\n", "a.b: expected a table"),
        ("LANGUAGES\n[languages.xq]\nname = 'x'\n", "languages.xq: not a language"),
        ("LANGUAGES\n[languages.fr]\nname = 'x'\n", "languages.fr.folder: expected a string"),
    ],
)
def test_an_unsound_file_is_refused_with_the_name_of_the_entry(text: str, said: str, repo: Repo) -> None:
    head = repo.labels.read_text("utf-8")
    languages = head[head.index("[languages.en]") : head.index("# Punctuation")]
    with pytest.raises(LabelError, match=re.escape(said)):
        read_labels(text.replace("LANGUAGES", languages))


FRENCH = '\n[languages.fr]\nname = "français"\nfolder = "fr/"\ntheme = "fr"\nopen_graph = "fr_FR"\n'


def with_french(text: str) -> str:
    """The labels with French ones, which are the English words behind a sign."""
    head, mark, rest = text.partition("\n# Punctuation")
    key = r'^("[^"]+"|[\w-]+)\.en = '
    rest = re.sub(key + r'"(.*)"$', r'\g<0>\n\1.fr = "¤\2"', rest, flags=re.MULTILINE)
    rest = re.sub(key + r"(\{.*)(other = .*)\}$", r"\g<0>\n\1.fr = \2many = 'many', \3}", rest, flags=re.MULTILINE)
    return head + FRENCH + mark + rest


def test_a_further_language_needs_entries_alone(copy: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(with_french(copy.labels.read_text("utf-8")), "utf-8")
    monkeypatch.setattr(Repo, "labels", property(lambda self: path))
    assert build(load_project(copy)).untranslated == {}
    english = {each.relative_to(copy.site).as_posix() for each in copy.site.rglob("*.html")}
    own = {each.relative_to(copy.site / "fr").as_posix() for each in (copy.site / "fr").rglob("*.html")}
    assert own == {each.relative_to(copy.site / "zh").as_posix() for each in (copy.site / "zh").rglob("*.html")} and own < english
    page = lxml_html.fromstring((copy.site / "fr" / "initiatives" / "gids.html").read_bytes())
    assert page.get("lang") == "fr" and "¤Cite as" in page.text_content()
    assert {each.get("hreflang") for each in page.xpath("//link[@rel='alternate'][@hreflang]")} == {"en", "zh-Hans", "fr", "x-default"}  # fmt: skip
    assert {each.get("href"): each.text_content() for each in page.xpath("//a[@class='nb-tongue']")} == {
        "../../initiatives/gids.html": "English", "../../zh/initiatives/gids.html": "中文 ¤Chinese",
    }  # fmt: skip
    assert page.xpath("//meta[@property='og:locale']/@content") == ["fr_FR"]
    assert not HAN.search(page.xpath("//h1")[0].text_content()), "a page in French is not called by its Chinese name"
    chinese = lxml_html.fromstring((copy.site / "zh" / "initiatives" / "gids.html").read_bytes())
    assert HAN.search(chinese.xpath("//h1")[0].text_content())
    assert {each.text_content() for each in chinese.xpath("//a[@class='nb-tongue']")} == {"English", "français"}
    prose = lxml_html.fromstring((copy.site / "fr" / "events" / "index.html").read_bytes())
    assert [each.get("lang") for each in prose.xpath("//article/div[@lang]")] == ["en"], "a borrowed introduction is marked"
    assert "sept." in (copy.site / "fr" / "timeline.html").read_text("utf-8"), "months are named by CLDR"
    assert "fr/" not in (copy.site / "openapi.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(12, "12"), ("2020-09-08", "2020-09-08"), ("12 ports", '<span lang="en">12 ports</span>'), ("5G", '<span lang="en">5G</span>')],
)
def test_a_value_without_letters_has_no_language(value: object, shown: str) -> None:
    assert Interface("zh-Hans").own(value) == shown
    assert Interface().own(value) == str(value)


def test_the_interface_says_and_tells_what_it_lacks() -> None:
    interface = Interface("zh-Hans", words={"common.source": "来源"}, english={"nav.home": "Home"})
    assert [interface.say(key) for key in ("common.source", "nav.home", "word.must-not", "field.names/*")] == [
        "来源",
        "Home",
        "must not",
        "name",
    ]
    assert interface.missing == {"nav.home", "word.must-not", "field.names/*"}
