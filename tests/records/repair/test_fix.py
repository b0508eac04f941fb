"""Mending: what is sure is repaired by the smallest edits, what is not is left alone and told, nothing else moves."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.records.repair.record import repair_record
from normbook.records.repair.repairs import fingerprint
from normbook.records.types import TYPES
from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from normbook.workspace.listing import list_all
from normbook.workspace.load import load_schemas
from normbook.workspace.repo import Repo
from tests.conftest import ROOT
from tests.shared import examples

Run = Callable[..., tuple[int, str, str]]
REPO = Repo(ROOT)
SCHEMAS = load_schemas(REPO, [])
LISTED = [each for each in list_all(REPO, []) if each.type in TYPES]
IDS = {type: [each.id for each in LISTED if each.type == type] for type in TYPES}
RECORDS = [(each.type, Path(each.path).read_text("utf-8")) for each in LISTED]
HEAD = "# yaml-language-server: $schema=../../schema/{}.schema.json\n"
STATUS = "status:\n  publication: draft\n  review: needs-review\n  certainty: low\n"


def mended(text: str, kind: str = "theme") -> Any:
    return repair_record(text, kind, SCHEMAS, IDS)


def theme(rest: str) -> str:
    return HEAD.format("theme") + "id: a\ntitle: A\n" + rest + STATUS


@pytest.mark.parametrize(
    ("damaged", "whole", "reason"),
    [
        ("definition: x: y\n", "definition: 'x: y'\n", "contains a colon"),
        ("definition: x: y\n  and: z\n", "definition: 'x: y\n  and: z'\n", "contains a colon"),
        ("definition: @home\n", "definition: '@home'\n", "its first character"),
        ("definition: it's a: b  # why\n", None, ""),
        ("definition: 2020\n", "definition: '2020'\n", "a string is expected"),
        ("definition: no  # why\n", "definition: 'no'  # why\n", "other readers"),
        ("definition: 12:30\n", "definition: '12:30'\n", "other readers"),
        ("definition: true\n", "definition: 'true'\n", "a string is expected"),
        ("definition: x\n# of it\nrelatde:\n  - openness\n", "definition: x\n# of it\nrelated:\n  - openness\n", "the only key one letter away"),
        ("definition: x\nrelated:\n  - opennes\n", "definition: x\nrelated:\n  - openness\n", "the only theme one letter away"),
        ("definition: x\nrelated:\n  -\topenness\n", "definition: x\nrelated:\n  -\topenness\n", ""),
        ("labels:\n\t- text: y\n\t  lang: en\ndefinition: x\n", "labels:\n  - text: y\n    lang: en\ndefinition: x\n", "a tab in the indentation"),
        ("labels:\n\u00a0 - text: y\n \u00a0\u00a0 lang: en\ndefinition: x\n", "labels:\n  - text: y\n    lang: en\ndefinition: x\n", "other spaces"),
        ("definition: x\nrelated:\n  -\u00a0openness\n", "definition: x\nrelated:\n  -\u00a0openness\n", ""),
        ("definition: x\ndefinition: y\n", None, ""),
        ("definition: Table #1 of two\n", None, ""),
        ("definition: x \nrelated: \n  - openness\t\n", "definition: x\nrelated:\n  - openness\n", "spaces at the end"),
        ("related:\n  - openness\n# of it\ndefinition: x  # beside\n", "# of it\ndefinition: x  # beside\nrelated:\n  - openness\n", "in schema order"),
    ],
)  # fmt: skip
def test_what_is_sure_is_mended(damaged: str, whole: str | None, reason: str) -> None:
    result = mended(theme(damaged))
    if whole is None:
        assert result.text == theme(damaged) and result.faults and not result.repairs
        return
    assert result.text == theme(whole)
    assert any(reason in repair.reason for repair in result.repairs) == bool(reason)
    assert not mended(result.text).repairs


@pytest.mark.parametrize(
    "damaged",
    [
        "definition: x\nrelated:\n  - gids-9\n",  # no theme is near
        "definition: ~\n",  # nothing was written: nothing can be quoted
        "definition: |\n  kept  \n  as it is \n",
        'definition: "a\\\n  b"\n',
        "definition: x\nrelated: [openness]\n",
        "definition: x\ndefinition: y\n",
    ],
)
def test_what_is_not_sure_is_left_alone(damaged: str) -> None:
    result = mended(theme(damaged))
    assert result.text == theme(damaged) and not result.repairs


def test_two_candidates_are_none() -> None:
    ids = {**IDS, "theme": ["alpha-1", "alphb-1"]}
    text = theme("definition: x\nrelated:\n  - alphc-1\n")
    assert repair_record(text, "theme", SCHEMAS, ids).text == text


def test_a_value_of_two_readings_is_not_quoted() -> None:
    text = HEAD.format("actor") + "id: a\ntitle: A\nkind: person\nnames: text: A\n" + STATUS
    assert mended(text, "actor").faults and mended(text, "actor").text == text


def test_a_repair_that_changes_the_value_is_dropped_and_told() -> None:
    text = theme("related:\n  - openness\ndefinition: |+\n  kept\n\n")
    swapped = mended(text)
    assert fingerprint(load(swapped.text, "").value) == fingerprint(load(text, "").value)
    below = HEAD.format("event") + "id: a\ntitle: A\nkind: seminar\nnames:\n  - text: |\n      first\n    lang: en\n    kind: short\n"
    below += "  - kind: short\n      # of the text\n    text: second\n    lang: en\n" + STATUS
    result = mended(below, "event")
    assert fingerprint(load(result.text, "").value) == fingerprint(load(below, "").value)
    assert "# of the text" in result.text


def test_the_modeline_is_added_or_set_right() -> None:
    whole = theme("definition: x\n")
    for damaged in (whole.split("\n", 1)[1], whole.replace("theme.schema", "actor.schema"), whole.replace("../../", "../")):
        assert mended(damaged).text == whole


DAMAGES = ("trailing", "crlf", "cr", "bom", "no end", "ends", "quotes", "order", "modeline", "comments")


def damage(text: str, kinds: list[str], dice: random.Random) -> str:
    """A record with faults that have one repair; comments are put in before."""
    lines = text.rstrip("\n").split("\n")
    if "comments" in kinds:
        for number in sorted(dice.sample(range(1, len(lines)), k=min(3, len(lines) - 1)), reverse=True):
            key = re.match(r" *(?=[a-z_]+:)", lines[number])
            if key and number + 1 < len(lines):
                lines.insert(number, f"{key[0]}# note {number}")
    if "order" in kinds:
        starts = [number for number, line in enumerate(lines) if number and re.match(r"[a-z_]+:", line)]
        starts = [start - (lines[start - 1].startswith("# note")) for start in starts]
        blocks = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
        dice.shuffle(blocks)
        lines = [*lines[: starts[0]], *(line for block in blocks for line in block)]
    if "quotes" in kinds:
        lines = [re.sub(r"'(\d\d:\d\d)'$", r"\1", line) for line in lines]
    if "modeline" in kinds:
        lines = lines[1:]
    if "trailing" in kinds:
        lines = [line + " " * dice.randint(1, 3) if dice.random() < 0.2 and line[-1:] not in "|>\\" else line for line in lines]
    end = {"no end": "", "ends": "\n\n\n"}.get(next((kind for kind in kinds if kind in ("no end", "ends")), ""), "\n")
    made = "\n".join(lines) + end
    made = made.replace("\n", "\r\n") if "crlf" in kinds else made.replace("\n", "\r") if "cr" in kinds else made
    return "\ufeff" + made if "bom" in kinds else made


@settings(max_examples=examples(50), deadline=None)
@given(st.sampled_from(RECORDS), st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=5, unique=True), st.integers(0, 10**6))
def test_a_damaged_record_is_whole_again(record: tuple[str, str], kinds: list[str], seed: int) -> None:
    kind, text = record
    broken = damage(text, kinds, random.Random(seed))
    result = mended(broken, kind)
    assert not result.faults
    old, new = load(text, "").value, load(result.text, "").value
    assert fingerprint(new) == fingerprint(old)
    assert list(new) == list(old), "the keys come in the order of the schema"
    notes = Counter(re.findall(r"# note \d+", broken))
    assert Counter(re.findall(r"# note \d+", result.text)) == notes
    if "comments" not in kinds:
        assert result.text == text, "every byte outside of the damage is as it was"
    else:
        assert Counter(result.text.split("\n")) == Counter([*text.split("\n"), *re.findall(r" *# note \d+", broken)])
    assert not mended(result.text, kind).repairs
    assert SCHEMAS.allows(kind, new)


@settings(max_examples=examples(50), deadline=None)
@given(st.sampled_from(RECORDS), st.integers(0, 10**6))
def test_a_comment_stays_with_its_key(record: tuple[str, str], seed: int) -> None:
    kind, text = record
    broken = damage(text, ["comments", "order"], random.Random(seed))

    def below(written: str) -> list[tuple[str, str]]:
        return sorted(re.findall(r"(?m)^ *(# note \d+)\n *(?:- )?(\S+)", written))

    assert below(mended(broken, kind).text) == below(broken)


@settings(max_examples=examples(50), deadline=None)
@given(st.sampled_from(RECORDS), st.integers(0, 10**6))
def test_inner_keys_come_in_order_too(record: tuple[str, str], seed: int) -> None:
    kind, text = record
    dice = random.Random(seed)

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            dice.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    value = load(text, "").value
    broken = HEAD.format(kind) + dump(shuffled(value))
    result = mended(broken, kind)
    assert result.text == HEAD.format(kind) + dump(value)


def test_every_letter_left_out_of_a_key_comes_back_or_is_left_alone() -> None:
    kind, text = next(each for each in RECORDS if "id: gids-7\n" in each[1])
    whole = load(text, "").value
    restored = total = 0
    found = list(re.finditer(r"(?m)^ *(?:- )?([a-z_]{4,}):", text))
    alike = {match[0]: match for match in found}  # one of the keys that have the same place
    for match in found if examples(0) else [*alike.values()][::2]:  # `make fuzz` takes all of them
        for at in range(*match.span(1)):
            total += 1
            result = mended(text[:at] + text[at + 1 :], kind)
            assert result.text in (text, text[:at] + text[at + 1 :]), "the right key, or none"
            restored += load(result.text, "").value == whole
    assert restored >= 0.9 * total


@settings(max_examples=examples(50), deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from(["a: ", "- ", "\n", "  ", "\t", "'", '"', "#", "|", "b", ": ", "[", "{", "&x ", "*x", "\r", "? ", "---\n"]), max_size=60).map("".join),
    ),
    st.sampled_from(TYPES),
)  # fmt: skip
def test_no_text_is_too_strange(text: str, kind: str) -> None:
    result = mended(text, kind)
    again = mended(result.text, kind)
    assert again.text == result.text
    after = load(result.text, "")
    if result.faults and not (isinstance(after.value, dict) and after.whole):  # no YAML, so it is left as it is
        assert result.text == text


def test_a_record_with_mutations_is_never_made_worse() -> None:
    dice = random.Random(7)
    for _ in range(300):
        kind, text = dice.choice(RECORDS)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(text))
            text = text[:at] + dice.choice(["", "x", ":", "\n", " ", "\t", "'", "- ", "#"]) + text[at + dice.randint(0, 2) :]
        before = load(text, "")
        result = mended(text, kind)
        after = load(result.text, "")
        if before.value is not None and not result.repairs:
            assert result.text == text
        assert len(after.problems) <= len(before.problems)


def test_fix_tells_and_writes_only_when_asked(copy: Repo, run: Run) -> None:
    path = copy.folder("principle") / "gids-7.yaml"
    whole = path.read_bytes()
    broken = whole.replace(b"modality: should-not", b"modality: shouldnot ")
    path.write_bytes(broken)
    status, out, _ = run("--root", str(copy.root), "fix", "--diff")
    assert status == 1 and path.read_bytes() == broken
    assert "data/principles/gids-7.yaml:15:11: shouldnot -> should-not: the only allowed value one letter away\n" in out
    assert "\n-modality: shouldnot \n+modality: should-not\n" in out
    status, out, _ = run("--root", str(copy.root), "fix", "gids-7", "--write")
    assert status == 0 and path.read_bytes() == whole and out.endswith("2 repairs in 1 file written\n")
    assert run("--root", str(copy.root), "fix") == (0, "nothing to fix\n", "")


def test_stale_derived_texts_are_made_again_also_where_the_correction_is_mended_in_the_same_run(copy: Repo, run: Run) -> None:
    text = copy.derived / "seed-000" / "cleaned.txt"
    whole = text.read_bytes()
    text.write_bytes(whole + b"more\n")
    other = copy.derived / "seed-004" / "corrected.txt"
    kept = other.read_bytes()
    corrections = copy.folder("correction") / "seed-004.yaml"
    corrections.write_bytes(corrections.read_bytes().replace(b"replacement: clear provisions", b"replacement: clear: provisions"))
    status, out, _ = run("--root", str(copy.root), "fix")
    assert status == 1 and "data/derived/seed-000/cleaned.txt:" in out and "data/derived/seed-004/corrected.txt:" in out
    assert run("--root", str(copy.root), "fix", "--write")[0] == 0
    assert text.read_bytes() == whole
    assert other.read_bytes() == kept.replace(b"clear provisions", b"clear: provisions")
    assert run("--root", str(copy.root), "check")[0] == 0


def test_derived_texts_stay_while_their_corrections_cannot_be_read(copy: Repo, run: Run) -> None:
    corrections = copy.folder("correction") / "seed-004.yaml"
    corrections.write_bytes(corrections.read_bytes() + b"  - [\n")
    kept = (copy.derived / "seed-004" / "corrected.txt").read_bytes()
    status, _, err = run("--root", str(copy.root), "fix", "--write")
    assert status == 1 and "data/corrections/seed-004.yaml:" in err and "error[N101]" in err
    assert (copy.derived / "seed-004" / "corrected.txt").read_bytes() == kept


def test_nothing_outside_of_data_and_no_link_is_touched(copy: Repo, run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("a: 1 \n", "utf-8")
    (copy.folder("theme") / "linked.yaml").symlink_to(outside)
    seed = next(copy.seeds.glob("000*"))
    for name in (str(outside), str(seed), "linked", "mkdocs.yml", "gids-l"):
        status, _, err = run("--root", str(copy.root), "fix", "--write", name)
        assert status == 1 and "error[N303]: no record" in err
    run("--root", str(copy.root), "fix", "--write")
    assert outside.read_text("utf-8") == "a: 1 \n"


def test_hostile_words_do_not_reach_the_terminal(copy: Repo, run: Run) -> None:
    path = copy.folder("theme") / "evil.yaml"
    path.write_text(
        theme('definition: "\\e]0;x\\a"\nrelated:\n  - "openness\\e"\n').replace("id: a", "id: evil") + "x: \u202eb \n", "utf-8"
    )
    _, out, err = run("--root", str(copy.root), "fix", "--diff", "evil")
    assert "\x1b" not in out + err and "\u202e" not in out
