"""What a change brings over a revision: new findings alone fail it, and no published id vanishes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.findings.finding import Problem
from normbook.workspace.baseline import patch, since
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from tests.workspace.test_git import git

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kept(copy: Repo) -> Repo:
    """A copy of the project with one commit, in which one record has an error."""
    alter(copy, "principle", "gids-1", "modality: will", "modality: ought")
    git(copy.root, "init", "--quiet")
    git(copy.root, "add", ".")
    git(copy.root, "commit", "--quiet", "-m", "one")
    return copy


def alter(repo: Repo, type: str, id: str, old: str, new: str) -> Path:
    path = repo.folder(type) / f"{id}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def check(run: Run, repo: Repo, *more: str) -> tuple[int, str]:
    status, _, err = run("--root", str(repo.root), "check", "--base", "HEAD", *more)
    return status, err


def test_what_stood_there_fails_nothing_and_is_counted(run: Run, kept: Repo) -> None:
    assert run("--root", str(kept.root), "check")[0] == 1
    status, err = check(run, kept)
    count = int(err.partition("fixed; ")[2].split(" ")[0])
    assert status == 0 and count >= 1
    assert err == f"0 new errors, 0 new warnings since 'HEAD'; 0 fixed; {count} existing finding{'s' * (count != 1)} not counted\n"


def test_a_finding_that_only_moved_is_not_new(run: Run, kept: Repo) -> None:
    alter(kept, "principle", "gids-1", "modality: ought", "# a line\n# another\nmodality: ought")
    assert check(run, kept)[0] == 0


def test_a_new_finding_fails_and_a_mended_one_is_counted(run: Run, kept: Repo) -> None:
    alter(kept, "principle", "gids-1", "modality: ought", "modality: will")
    alter(kept, "principle", "gids-2", "  - critical-infrastructure", "  - critical-infrastructur")
    status, err = check(run, kept)
    assert status == 1 and "data/principles/gids-2.yaml" in err and "gids-1.yaml" not in err and "N303" in err
    assert "1 new error, 0 new warnings since 'HEAD'; " in err and "0 fixed" not in err
    status, out, _ = run("--root", str(kept.root), "check", "--base", "HEAD", "--format", "json")
    found = json.loads(out)
    assert status == 1 and found["since"]["revision"] == "HEAD" and found["since"]["mended"] >= 1
    assert {each["path"] for each in found["findings"]} == {"data/principles/gids-2.yaml"}  # and not where points are counted


def test_the_same_finding_twice_where_it_stood_once_is_new_once(kept: Repo) -> None:
    project = load_project(kept)
    found = since(project, "HEAD", [])
    assert found is not None and found.new == () and found.fixed == 0
    alter(kept, "principle", "gids-3", "modality: ", "modality: ought  # ")
    found = since(load_project(kept), "HEAD", [])
    assert found is not None and [each.path for each in found.new if each.code == "N203"] == ["data/principles/gids-3.yaml"]


def test_a_vanished_id_is_an_error_with_the_line_that_mends_it(run: Run, kept: Repo) -> None:
    old = kept.folder("correspondence") / "gids-7-un-gge-norms-10.yaml"
    text = old.read_text("utf-8")
    old.unlink()
    status, err = check(run, kept)
    assert status == 1
    assert "data/redirects.yaml:2:12: error[N343]: the id 'gids-7-un-gge-norms-10' is gone since 'HEAD'" in err
    assert "add `- {from: gids-7-un-gge-norms-10, to: [THE-ID-THAT-TOOK-ITS-PLACE]}` under redirects" in err
    assert "restore data/correspondences/gids-7-un-gge-norms-10.yaml with `publication: withdrawn`" in err
    (old.parent / "tools-and-norms.yaml").write_text(text.replace("id: gids-7-un-gge-norms-10", "id: tools-and-norms"), "utf-8")
    status, err = check(run, kept)
    assert status == 1 and "did it move to 'tools-and-norms'? add `- {from: gids-7-un-gge-norms-10, to: [tools-and-norms]}`" in err
    kept.redirects.write_text("redirects:\n  - {from: gids-7-un-gge-norms-10, to: [tools-and-norms]}\n", "utf-8")
    assert check(run, kept)[0] == 0


def test_a_new_record_with_the_same_title_is_named_even_if_no_line_is_kept(kept: Repo) -> None:
    old = kept.folder("theme") / "fairness.yaml"
    title = next(line for line in old.read_text("utf-8").split("\n") if line.startswith("title:"))
    old.unlink()
    status = "status:\n    publication: published\n    review: needs-review\n    certainty: low\n"
    new = f"id: even-handedness\n{title}\ndefinition: Other words.\n{status}"
    (old.parent / "even-handedness.yaml").write_text(new, "utf-8")
    project = load_project(kept)
    heir = [each for each in project.problems if each.path.endswith("even-handedness.yaml")]
    found = since(project, "HEAD", [])
    assert found is not None
    vanished = [each for each in found.new if each.code == "N343"]
    assert len(vanished) == 1 and ("'even-handedness'" in vanished[0].hint) == (not heir) and not heir


def test_a_broken_record_and_a_broken_list_of_redirects_do_not_count_as_vanished(kept: Repo) -> None:
    (kept.folder("theme") / "fairness.yaml").write_text("id: [\n", "utf-8")
    found = since(load_project(kept), "HEAD", [])
    assert found is not None and {each.code for each in found.new if each.level == "error"} == {"N101"}
    (kept.folder("theme") / "fairness.yaml").unlink()
    kept.redirects.write_text("redirects: 3\n", "utf-8")
    found = since(load_project(kept), "HEAD", [])
    assert found is not None and "N343" not in {each.code for each in found.new}
    kept.redirects.unlink()
    found = since(load_project(kept), "HEAD", [])
    assert found is not None and [(each.path, each.line) for each in found.new if each.code == "N343"] == [("data/redirects.yaml", 0)]


def test_what_came_to_the_revision_since_is_not_asked_of_the_branch(run: Run, kept: Repo) -> None:
    git(kept.root, "branch", "-m", "main")
    git(kept.root, "checkout", "--quiet", "-b", "change")
    git(kept.root, "checkout", "--quiet", "main")
    (kept.folder("theme") / "later.yaml").write_text(
        (kept.folder("theme") / "fairness.yaml").read_text("utf-8").replace("id: fairness", "id: later"), "utf-8"
    )
    git(kept.root, "add", ".")
    git(kept.root, "commit", "--quiet", "-m", "two")
    git(kept.root, "checkout", "--quiet", "change")
    status, _, err = run("--root", str(kept.root), "check", "--base", "main")
    assert status == 0 and "N343" not in err


def test_stale_derived_texts_are_warnings_with_a_patch_that_git_applies(run: Run, kept: Repo, tmp_path: Path) -> None:
    path = kept.derived / "seed-004" / "corrected.txt"
    wanted = path.read_bytes()
    path.write_bytes(wanted.replace(b"store", b"shop"))
    (kept.derived / "seed-001" / "cleaned.txt").unlink()
    (kept.derived / "seed-009").mkdir()
    (kept.derived / "seed-009" / "cleaned.txt").write_text("x", "utf-8")
    assert run("--root", str(kept.root), "check")[0] == 1
    status, err = check(run, kept)
    assert status == 0 and "0 new errors, 3 new warnings" in err
    assert all(f"warning[{code}]" in err for code in ("N801", "N802", "N803"))
    assert "  | --- a/data/derived/seed-004/corrected.txt" in err and "  | --- /dev/null" in err
    (tmp_path / "patch").write_text(patch(load_project(kept)) + "\n", "utf-8")
    subprocess.run(["git", "-C", str(kept.root), "apply", str(tmp_path / "patch")], check=True)
    assert path.read_bytes() == wanted
    assert [each.code for each in (since(load_project(kept), "HEAD", []) or pytest.fail("nothing")).new] == ["N803"]


def test_a_stale_text_is_told_even_where_the_revision_had_it_stale_too(run: Run, kept: Repo) -> None:
    (kept.derived / "seed-001" / "cleaned.txt").write_text("old", "utf-8")
    git(kept.root, "commit", "--quiet", "-am", "stale")
    status, err = check(run, kept)
    assert status == 0 and "warning[N802]" in err


def test_a_long_patch_is_cut_with_a_word(kept: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    import normbook.workspace.baseline as base

    (kept.derived / "seed-001" / "cleaned.txt").unlink()
    monkeypatch.setattr(base, "MOST_PATCH_LINES", 5)
    rows = patch(load_project(kept)).split("\n")
    assert len(rows) == 6 and rows[-1].startswith("… and ") and "normbook derive" in rows[-1]
    monkeypatch.setattr(base, "MOST_FILE_LINES", 2)
    assert "too long to compare here" in patch(load_project(kept))


def test_a_type_that_the_revision_does_not_know_is_no_fault(run: Run, kept: Repo) -> None:
    git(kept.root, "rm", "--quiet", "-r", "schema/glossary.schema.json", "data/glossary")
    git(kept.root, "commit", "--quiet", "-m", "before the glossary")
    git(kept.root, "checkout", "--quiet", "HEAD~1", "--", "schema/glossary.schema.json", "data/glossary")
    assert check(run, kept)[0] == 0


def test_an_earlier_revision_with_fewer_schemas_and_shared_keys_is_compared(run: Run, kept: Repo) -> None:
    """Neither `check --base` nor `diff` takes its records for none."""
    common = kept.schema / "common.schema.json"
    document = json.loads(common.read_text("utf-8"))
    del document["$defs"]["record"]["properties"]["judgements"]
    common.write_text(json.dumps(document), "utf-8")
    git(kept.root, "rm", "--quiet", "schema/book.schema.json")
    git(kept.root, "commit", "--quiet", "-am", "before books and judgements")
    git(kept.root, "checkout", "--quiet", "HEAD~1", "--", "schema")
    assert check(run, kept)[0] == 0
    assert run("--root", str(kept.root), "diff", "HEAD")[1] == "No published claim is altered, added or removed.\n"


@pytest.mark.parametrize(("revision", "code"), [("nope", "N713"), ("--help", "N713"), ("HEAD~1", "N715"), ("HEAD~2", "N715")])
def test_what_cannot_be_compared_with_is_told_and_fails(run: Run, kept: Repo, revision: str, code: str) -> None:
    git(kept.root, "rm", "--quiet", "--cached", "mkdocs.yml")
    git(kept.root, "commit", "--quiet", "-m", "no project")
    git(kept.root, "add", "mkdocs.yml")
    (kept.schema / "theme.schema.json").write_text("{", "utf-8")
    git(kept.root, "commit", "--quiet", "-am", "no schema")
    git(kept.root, "checkout", "--quiet", "HEAD~2", "--", "schema")
    git(kept.root, "commit", "--quiet", "-m", "a project")
    status, out, err = run("--root", str(kept.root), "check", f"--base={revision}")
    assert status == 1 and f"<command>: error[{code}]" in err and "\n  = " in err and "Traceback" not in err and out == ""


def test_nothing_in_the_checkout_is_touched(run: Run, kept: Repo) -> None:
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(kept.root.rglob("*"))
        if path.is_file() and not path.is_relative_to(kept.build)
    }
    check(run, kept)
    after = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(kept.root.rglob("*"))
        if path.is_file() and not path.is_relative_to(kept.build)
    }
    assert before == after
    problems: list[Problem] = []
    assert since(load_project(kept), "HEAD", problems) is not None and problems == []
