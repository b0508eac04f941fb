"""Taking a document in, comparing two, and what is proposed to a person."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
import yaml

from normbook.cli.main import main
from normbook.extraction.translation import suggest
from normbook.structure.segments import segment
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from normbook.workspace.suggestions import proposed, terms
from tools.projects import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Repo:
    root = tmp_path / "project"
    root.mkdir()
    for name in ("schema", "seeds", "data", "site_src"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return Repo(root)


REPORT = (ROOT / "seeds" / "003_62260f1986297855.txt").read_text("utf-8").replace(" date 2020-09-12 ", "") + "\n\nThe talks went on.\n"


def test_a_document_is_taken_in_with_its_sum_its_record_and_what_it_belongs_to(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "copy.txt"
    file.write_text(REPORT)
    before = checkout.sums.read_bytes()
    assert (
        main(
            [
                "--root",
                str(checkout.root),
                "ingest",
                str(file),
                "--url",
                "https://copy.example/1",
                "--publisher",
                "A Copy",
                "--date",
                "2020-09-12",
            ]
        )
        == 0
    )
    said = capsys.readouterr().out
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    seed = checkout.seeds / f"005_{digest[:16]}.txt"
    assert seed.read_text() == REPORT
    assert checkout.sums.read_bytes() == before + f"{digest}  {seed.name}\n".encode()
    record = yaml.safe_load((checkout.folder("source") / "seed-005.yaml").read_text())
    assert record["url"] == "https://copy.example/1" and record["publisher"] == "A Copy" and record["seed"]["sha256"] == digest
    assert record["status"] == {"publication": "draft", "review": "machine-candidate", "certainty": "low"}
    assert "source seed-003: it shares 0." in said and "event press-conference-2020-09-11" in said
    assert "initiative gids: the text names it" in said
    problems = load_project(checkout).problems
    assert {problem.code for problem in problems} == {"N201"}, "only what a person has to fill in is missing"


def test_the_same_bytes_are_not_taken_in_twice_and_nothing_is_written(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    known = min(checkout.seeds.glob("000_*"))
    before = sorted(checkout.root.rglob("*"))
    assert main(["--root", str(checkout.root), "ingest", str(known)]) == 1
    assert "the file is already in the project, as seeds/000_" in capsys.readouterr().err
    assert sorted(checkout.root.rglob("*")) == before


def test_a_dry_run_and_a_missing_or_empty_file_write_nothing(checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "copy.txt"
    file.write_text(REPORT)
    before = sorted(checkout.root.rglob("*"))
    assert main(["--root", str(checkout.root), "ingest", str(file), "--dry-run"]) == 0
    assert "would write seeds/005_" in capsys.readouterr().out
    file.write_text(" \n")
    assert main(["--root", str(checkout.root), "ingest", str(file)]) == 1
    assert main(["--root", str(checkout.root), "ingest", str(tmp_path / "none")]) == 1
    assert sorted(checkout.root.rglob("*")) == before


ORDER = """Osthaven, 4 May 2021 - José Ferré, foreign minister of Osthaven, said the harbour order was signed on Tuesday.
"""
CHINESE = "2024年2月29日，外交部发言人毛宁主持例行记者会。\n\n毛宁表示，中国提出了《全球数据安全倡议》和《海港灯塔数据倡议》，美国总统拜登没有评论。\n"


def take(checkout: Repo, file: Path, content: bytes, *more: str) -> int:
    file.write_bytes(content)
    return main(["--root", str(checkout.root), "ingest", str(file), *more])


def test_a_copy_in_chinese_names_what_the_records_know_and_draws_no_two_people_into_one(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(checkout.data.rglob("*.yaml"))
    assert take(checkout, tmp_path / "copy.txt", CHINESE.encode()) == 0
    said = capsys.readouterr().out
    assert "initiative gids: the text names it once, as “全球数据安全倡议”" in said and "gcbdfci" not in said
    new = {path.relative_to(checkout.data).as_posix() for path in checkout.data.rglob("*.yaml")} - {
        path.relative_to(checkout.data).as_posix() for path in before
    }
    (said_there,) = {each for each in new if each.startswith("statements/mao-ning-2024-02-29-")}
    initiative = "initiatives/seed-005-initiative-1.yaml"  # its name gives no id
    assert new == {"sources/seed-005.yaml", "events/event-2024-02-29.yaml", said_there, initiative}
    statement = yaml.safe_load((checkout.data / said_there).read_text())
    assert statement["evidence"][0]["exact"].startswith("中国提出了") and statement["about"] == ["gids", "seed-005-initiative-1"]
    assert {problem.code for problem in load_project(checkout).problems} == {"N201"}


def test_words_that_look_like_a_reference_to_a_source_are_none(checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    headline = "A report with 'source': 'seed-006' in its headline"
    given = ("--url", "https://copy.example/1", "--publisher", "A Copy", "--published", "2021-05-05")
    assert take(checkout, tmp_path / "one.txt", f"{headline}\n\nThe parties agreed on a text.\n".encode(), *given) == 0
    record = checkout.folder("source") / "seed-005.yaml"
    assert yaml.safe_load(record.read_text())["title"] == headline
    filled = "rights: {full_text: withhold, holder: A Copy, note: Held to be verified.}\ntranslation: none\ngenre: news-report\npublisher:"
    record.write_text(record.read_text().replace("publisher:", filled, 1))
    capsys.readouterr()
    assert take(checkout, tmp_path / "two.txt", b"The ministers met again on Monday and said no more.\n") == 0
    said = capsys.readouterr().out
    assert "seed-006.yaml" in said and "seed-005" not in said


def test_once_a_person_has_filled_in_what_is_named_the_check_is_green(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--url", "https://copy.example/1", "--publisher", "A Copy", "--date", "2021-05-05")
    assert take(checkout, tmp_path / "copy.txt", ORDER.encode(), *given) == 0
    for path, old, new in (
        (
            "sources/seed-005.yaml",
            "publisher: A Copy",
            "rights: {full_text: withhold, holder: A Copy, note: Held to be verified.}\npublisher: A Copy\ntranslation: none\ngenre: news-report",
        ),
        ("events/event-2021-05-04.yaml", "date:", "kind: meeting\ndate:"),
        ("statements/jose-ferre-2021-05-04-1.yaml", "stance:", "about: [jose-ferre]\nstance:"),
    ):
        file = checkout.data / path
        assert old in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    capsys.readouterr()
    assert main(["--root", str(checkout.root), "fix", "--write"]) == 0
    assert main(["--root", str(checkout.root), "check"]) == 0, capsys.readouterr().err


def test_a_full_disk_is_told_and_the_next_run_ends_what_was_begun(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    left = 3

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    assert take(checkout, tmp_path / "copy.txt", ORDER.encode()) == 1
    said = capsys.readouterr().err
    assert "the command stopped here: No space left on device" in said and "run the command again" in said
    monkeypatch.setattr(os, "fsync", real)
    assert take(checkout, tmp_path / "copy.txt", ORDER.encode()) == 0
    assert (checkout.folder("source") / "seed-005.yaml").exists() and not (checkout.folder("source") / "seed-006.yaml").exists()


def test_letters_with_accents_stand_in_an_id_as_plain_ones(checkout: Repo, tmp_path: Path) -> None:
    assert take(checkout, tmp_path / "copy.txt", ORDER.encode()) == 0
    assert (checkout.folder("actor") / "jose-ferre.yaml").exists()


def test_another_report_of_a_known_event_reports_that_event_and_no_new_one(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = REPORT.replace("press conference", "talk with reporters").replace("MOSCOW, Sept. 12", "MOSCOW, Sept. 12, 2020")
    before = sorted(checkout.folder("event").iterdir())
    assert take(checkout, tmp_path / "copy.txt", copy.encode()) == 0
    assert yaml.safe_load((checkout.folder("source") / "seed-005.yaml").read_text())["reports"] == ["press-conference-2020-09-11"]
    assert sorted(checkout.folder("event").iterdir()) == before
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  source ")]
    assert [line.split(":")[0] for line in lines] == ["  source seed-003", "  source seed-001"], "the likeliest first"


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", (), "N720]: this is a PDF file"),
        (b"PK\x03\x04" + b"x" * 90, (), "N720]: this is a ZIP file"),
        (b"\xef\xbb\xbf\n<HTML><body>A page", (), "N720]: this is the source of a web page"),
        (ORDER.encode("utf-16-le"), (), "N720]: this is not text"),
        (CHINESE.encode("gb18030"), (), "copy.txt:1:5: error[N601]: byte 0xc4 at offset 4 is not UTF-8"),
        (CHINESE.encode(), ("--encoding", "ascii"), "N602]: the bytes are not ascii"),
        (ORDER.encode(), ("--encoding", "no-such"), "N706]"),
        (b"Share this article\nPrint\n", (), "N600]: no text is left"),
        (b"tide " * 2_000_000, (), "N113]: the file is too large for a seed"),
    ],
    ids=["pdf", "zip", "page source", "utf-16 unmarked", "gb18030 undeclared", "declared wrongly", "no encoding", "furniture", "too large"],
)
def test_what_is_no_text_or_not_in_its_encoding_is_not_taken_in(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, more: tuple[str, ...], said: str
) -> None:
    before = sorted(checkout.root.rglob("*"))
    assert take(checkout, tmp_path / "copy.txt", content, *more) == 1
    told = capsys.readouterr().err
    assert said in told and "\n  = " in told
    assert sorted(checkout.root.rglob("*")) == before


def test_how_a_file_is_read_is_declared_or_the_bytes_are_kept_as_they_are(checkout: Repo, tmp_path: Path) -> None:
    assert take(checkout, tmp_path / "one.txt", CHINESE.encode("gb18030"), "--encoding", "gb18030", "--thorough") == 0
    profile = yaml.safe_load((checkout.folder("source") / "seed-005.yaml").read_text("utf-8"))["profile"]
    assert profile == {"encoding": "gb18030", "furniture": "thorough"}
    shutil.rmtree(checkout.root)
    shutil.copytree(ROOT / "data", checkout.data)
    for name in ("schema", "seeds"):
        shutil.copytree(ROOT / name, checkout.root / name)
    shutil.copy(ROOT / "mkdocs.yml", checkout.root)
    assert take(checkout, tmp_path / "two.txt", CHINESE.encode("gb18030"), "--encoding", "utf-8") == 0
    assert {problem.code for problem in load_project(checkout).problems} == {"N201"}, "no record holds what YAML cannot"


def test_at_a_terminal_what_is_not_given_is_asked_for_once_the_file_is_found_sound(
    checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["www.copy.example", "https://copy.example/1", " A Copy ", "last May", "2021-05-05"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert take(checkout, tmp_path / "copy.txt", b"%PDF-1.7") == 1, "nothing is asked of a file that cannot be taken in"
    assert take(checkout, tmp_path / "copy.txt", b"The ministers of Osthaven agreed on the lights of the harbour.") == 0
    record = yaml.safe_load((checkout.folder("source") / "seed-005.yaml").read_text())
    assert (record["url"], record["publisher"], str(record["published"]["value"])) == ("https://copy.example/1", "A Copy", "2021-05-05")
    said = capsys.readouterr().err
    assert "found 'www.copy.example'" in said and "expected a date (YYYY-MM-DD), found 'last May'" in said
    assert next(answers, None) is None


def test_an_address_that_is_none_is_a_wrong_command(checkout: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        take(checkout, tmp_path / "copy.txt", ORDER.encode(), "--url", "copy example")
    assert "expected a URL that starts with http:// or https://, found 'copy example'" in capsys.readouterr().err


def test_comparing_lists_what_each_says_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "seed-001", "seed-003", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["similarity"] > 0.3
    assert any("said here Friday" in each["two"]["text"] and each["one"]["eid"] == "headline_1" for each in found["both"])
    assert [each["one"]["eids"] for each in found["both"] if len(each["one"]["eids"]) > 1] == [["para_4__sent_1", "para_4__sent_2"]]
    assert not found["only_one"] and not found["only_two"]
    assert all(each["one"]["text"] and each["two"]["text"] for each in found["both"]) and len(found["both"]) > 5
    assert main(["compare", "seed-001", "seed-002", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert any("Lavrov" in each["text"] for each in found["only_one"]) and any("Biden" in each["text"] for each in found["only_two"])
    assert main(["compare", "seed-001", "no-such"]) == 1
    assert "name a file, or the id of a source" in capsys.readouterr().err


TRANSLATED = """Foreign Minister Serge Brook told reporters that the Global Data Harbour Initiative protects the shop data of all.

Foreign Minister Sergei Brook added that it was open. Sergei Brook said so twice. The Global Data Security Initiative is another.

Violates fundamental rules of the coast, and harms the trust of those who sail there.
"""


def test_terms_names_that_vary_and_lost_subjects_are_proposed_with_their_reasons(checkout: Repo) -> None:
    project = load_project(checkout)
    found = suggest(
        TRANSLATED, segment(TRANSLATED).segments, terms(project), {"Global Data Security Initiative": "Global Data Security Initiative"}
    )
    assert [(each.anchor.exact, each.replacement, each.category) for each in found] == [
        ("Serge Brook", "Sergei Brook", "mistranslation"),
        ("Global Data Harbour Initiative", "Global Data Security Initiative", "mistranslation"),
        ("shop data", "store data", "term"),
        ("Violates", "[who?] Violates", "omission"),
    ]
    assert all(TRANSLATED[each.start : each.end] == each.anchor.exact for each in found)
    assert all(each.certainty != "high" and each.reason for each in found)
    assert not suggest(TRANSLATED, segment(TRANSLATED).segments, terms(project), {}, [(0, len(TRANSLATED))])


PLAIN = """Will Brook, the minister, said the shop sells maps. Supports for the quay of the harbour were built in 2019.

Hopes are high among the sailors of the coast. Calls to the office of the port were not answered. Notes on the tide were taken at every gate.

Should the states of the coast fail to agree, the port will close. Were ships to come at night, lights would be lit. Had they come by day, none would.

Was the weight of the boat too great, the minister asked.
"""
GERMAN = (
    "Das Amt fragt den, der schreibt, was zu tun ist. Was von der Frage am Ende des Tages übrig bleibt, weiß keiner der Herren im Amt.\n"
)


@pytest.mark.parametrize("text", [PLAIN, GERMAN], ids=["English", "German"])
def test_sound_sentences_lost_no_subject(text: str) -> None:
    assert not suggest(text, segment(text).segments, [], {})


@pytest.mark.parametrize(
    "words",
    [
        "Calls for all states to keep the peace at sea.",
        "Will continue to work with all who sail there.",
        "Are against the use of force at sea by anyone.",
        "Hopes that the parties meet again in May.",
        "Has always kept the peace with all who sail.",
    ],
)
def test_sentences_without_who_acts_are_asked_about(words: str) -> None:
    text = f"The minister of Osthaven spoke of the sea and of those who live there. {words}\n"
    assert [(each.anchor.exact, each.category) for each in suggest(text, segment(text).segments, [], {})] == [
        (words.split(maxsplit=1)[0], "omission")
    ]


def test_a_translation_that_somebody_answers_for_is_not_suspect(checkout: Repo) -> None:
    (checkout.folder("correction") / "seed-004.yaml").unlink()
    assert "term" in {each.category for each in proposed(load_project(checkout), "seed-004")}
    path = checkout.folder("source") / "seed-004.yaml"
    path.write_text(path.read_text("utf-8").replace("translation: machine", "translation: official"), "utf-8")
    assert "term" not in {each.category for each in proposed(load_project(checkout), "seed-004")}


def test_only_an_accepted_suggestion_changes_the_corrected_reading(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout.folder("correction") / "seed-004.yaml").unlink()
    plain = load_project(checkout).readings["seed-004"]
    assert plain.corrected == plain.cleaned.text
    assert main(["--root", str(checkout.root), "suggest", "seed-004", "--write"]) == 0
    path = checkout.data / "suggestions" / "seed-004.yaml"
    project = load_project(checkout)
    assert not project.problems
    assert project.readings["seed-004"].corrected == plain.corrected
    text = path.read_text("utf-8")
    first = yaml.safe_load(text)["suggestions"][0]
    path.write_text(text.replace("decision: open", "decision: accepted", 1).replace("decision: open", "decision: rejected", 1), "utf-8")
    accepted = load_project(checkout).readings["seed-004"]
    assert first["replacement"] in accepted.corrected and accepted.corrected != plain.corrected
    assert len(accepted.corrections.edits) == 1
    again = path.read_text("utf-8")
    capsys.readouterr()
    assert main(["--root", str(checkout.root), "suggest", "seed-004", "--write"]) == 0
    assert path.read_text("utf-8") == again, "what was proposed once is not proposed again"
    assert not proposed(load_project(checkout), "seed-004")


def test_a_wrong_suggestion_file_is_told_with_its_place(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--root", str(checkout.root), "suggest", "seed-004", "--write"])
    folder = checkout.data / "suggestions"
    folder.mkdir(exist_ok=True)
    (folder / "seed-004.yaml").write_text(
        "id: seed-004\ntitle: x\nsource: seed-004\nsuggestions:\n  - id: a\n    exact: informatics\n    replacement: b\n    reason: c\n    category: term\n    certainty: low\n    review: needs-review\n    decision: maybe\n"
    )
    capsys.readouterr()
    assert main(["--root", str(checkout.root), "check"]) == 1
    assert "data/suggestions/seed-004.yaml:12:" in capsys.readouterr().err


def test_an_unknown_source_is_named(checkout: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(checkout.root), "suggest", "seed-999"]) == 1
    assert "unknown source 'seed-999'" in capsys.readouterr().err
