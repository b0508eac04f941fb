"""`make prose`: what it reads, that it objects to what it should, and that the documents are green."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import prose

KNOWN = prose.settings()
PAGE = """---
description: A walk through the book.
---
# The pages that were mended

A sentence with `borne` in code, an [archive](borne.md) and nothing else to object to.

- [ ] 1 edits were found, and 0 are left
- 1 is enough, 1 edit was made, 21 edits were left, version 1.1 edits nothing

| Word | Meaning |
|---|---|
| seed | what stood
there |

```text
Everything is made anew.
```

    made anew

This sentence goes on and on, although what it has to say was already said at its beginning, and the reader, who would like to know how it ends, has lost the thread before it does.
It very literally exploded.
"""


def said(kind: str, text: str, source: dict[str, object]) -> list[tuple[int, str]]:
    return [remark for passage in prose.READERS[kind](text, source) for remark in prose.remarks(passage, KNOWN)]


@pytest.fixture(autouse=True)
def _registered() -> None:
    assert list(prose.read(prose.Settings(32, [], {}, {}, {}))) == []  # registers the checks of proselint


def test_a_page_is_read_without_its_code() -> None:
    found = said("markdown", PAGE, {})
    assert [(line, words.partition(":")[0]) for line, words in found] == [
        (2, "«A walk»"), (4, "«mended»"), (8, "«1 edits»"), (8, "«0 are»"), (13, "«what stood»"), (22, "a sentence of 36 words; 32 are enough"), (23, "«very»"),
    ]  # fmt: skip


def test_a_number_at_the_end_of_a_sentence_is_no_list() -> None:
    assert [passage.lines for passage in prose.markdown("1. It is of 2024. It is here.\n", {})] == [("It is of 2024. It is here.",)]


def test_messages_of_findings_and_help_are_read() -> None:
    code = (
        'parser.add_argument("x", help="what is borne")\n'
        'log("made anew")\n'
        'yield Problem(path, 0, 0, "N1", f"{n} is told of the record", hint="take it\\naway")\n'
        'yield record.problem("/a", "N2", "nothing" if plain else f"the words stand in {source}", "mend it")\n'
    )
    assert [(line, words.partition(":")[0]) for line, words in said("python", code, {})] == [
        (1, "«borne»"), (3, "«is told»"), (4, "«stand in»"), (4, "«mend»"),
    ]  # fmt: skip


def test_values_and_labels_are_read() -> None:
    entry = "code: N1\ntitle: A word is told\ncases:\n  - label: what stood\n    expect: |\n      borne\n"
    assert [line for line, _ in said("yaml", entry, {"keys": ["title", "label"]})] == [2, 4]
    words = '# borne.en = "x"\nsource.en = "Made anew"\nsource.zh-Hans = "anew"\ncount.en = {one = "%(n)s record", other = "%(n)s records, mended"}\n'
    assert [line for line, _ in said("labels", words, {})] == [2, 4]


def test_chinese_is_read_for_phrases_and_punctuation() -> None:
    page = "---\ndescription: 收到的原样。\n---\n# 标题 {#title}\n\n一句话, 与`x`和 (英文) 一起。\n"
    found = [remark for passage in prose.markdown(page, {}) for remark in prose.chinese_remarks(passage, KNOWN)]
    assert [(line, words.partition(":")[0]) for line, words in found] == [(2, "«收到的原样»"), (6, "«话,»"), (6, "«(英»"), (6, "«文)»")]
    words = 'source.en = "Made anew"\nsource.zh-Hans = "两种文字"\n'
    labels = [*prose.labels(words, {"language": "zh-Hans"})]
    assert [(passage.numbers, passage.lines) for passage in labels] == [((2,), ("两种文字",))]
    assert [line for passage in labels for line, _ in prose.chinese_remarks(passage, KNOWN)] == [2]


def test_what_is_covered_is_green_and_something_is_covered() -> None:
    assert [f"{each.path}:{each.line}: {each.words}" for each in prose.read(KNOWN)] == []
    covered = {
        path.relative_to(prose.ROOT).as_posix() for source in KNOWN.sources if "waiting" not in source for path in prose.files_of(source)
    }
    assert covered >= {
        "data/principles/gids-3.yaml",
        "site_src/pages/zh/index.md",
        "site_src/pages/about/policy.md",
        "scripts/normbook/site/labels.toml",
    }
    assert covered >= {"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/recipes.md", "docs/decisions/0001-authored-and-derived-files.md", ".github/PULL_REQUEST_TEMPLATE.md"}  # fmt: skip


def test_every_source_has_files_and_every_reason_is_given() -> None:
    for source in KNOWN.sources:
        assert prose.files_of(source), source
        assert source.get("waiting", "a reason") and source["kind"] in prose.READERS
    assert not any("waiting" in source for source in KNOWN.sources)
    assert all(KNOWN.phrases.values()) and all(KNOWN.chinese.values())


def test_the_command_fails_where_there_is_something_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("All of it was made anew.\n", "utf-8")
    source = {"kind": "markdown", "files": ["*.md"]}
    monkeypatch.setattr(prose, "read", lambda known, everything: [*READ(KNOWN._replace(sources=[source]), everything, tmp_path)])
    assert prose.main([]) == 1
    assert capsys.readouterr().out == "a.md:1: «anew»: say again\n1 remark\n"
    (tmp_path / "a.md").write_text("All of it was rebuilt.\n", "utf-8")
    assert prose.main([]) == 0


READ = prose.read
