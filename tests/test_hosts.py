"""What stands beside the code for hosts and editors: valid, pinned, without rights it does not need, and in step with the site."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from lxml import html as lxml_html

from normbook.cli.main import _parser
from normbook.workspace.repo import Repo
from tests.conftest import ROOT

GITHUB = ROOT / ".github"
BIN = Path(sys.executable).parent
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = {
    path.name: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
    if path.name != "config.yml"
}
PULLS = sorted((GITHUB / "PULL_REQUEST_TEMPLATE").glob("*.md"))
BESIDE = {"fix", "diff"}  # commands that hosts call and that may come in a change beside this one
VALIDATED = [
    *(("vendor.github-workflows", path) for path in WORKFLOWS), ("vendor.dependabot", GITHUB / "dependabot.yml"),
    ("vendor.github-issue-config", GITHUB / "ISSUE_TEMPLATE" / "config.yml"), *(("vendor.github-issue-forms", GITHUB / "ISSUE_TEMPLATE" / name) for name in FORMS),
]  # fmt: skip


def ask(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / arguments[0], *arguments[1:]], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("schema", "path"), VALIDATED, ids=lambda each: getattr(each, "name", ""))
def test_each_file_is_what_its_host_s_schema_says(schema: str, path: Path) -> None:
    ran = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, str(path)])
    assert ran.exit_code == 0, ran.output


def test_the_schemas_of_the_hosts_would_see_a_fault(tmp_path: Path) -> None:
    for schema, content in (
        ("vendor.dependabot", "version: 3"),
        ("vendor.github-issue-forms", "name: a"),
        ("vendor.github-workflows", "on: nothing\njobs: {}"),
    ):
        (tmp_path / "a.yml").write_text(content, "utf-8")
        assert CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, str(tmp_path / "a.yml")]).exit_code == 1


def faults(text: str) -> Iterator[str]:
    """What is not as it should be in a workflow."""
    for line in text.splitlines():
        if (used := re.search(r"\buses: (.*)", line)) and not re.fullmatch(r"[\w-]+(?:/[\w.-]+)+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", used[1]):
            yield f"not pinned to a hash with its version beside it: {used[1]}"
    flow = yaml.safe_load(text)
    on = flow[True]  # YAML 1.1 reads the key «on» as true
    if {"pull_request_target", "workflow_run", "issue_comment"} & set(on):
        yield "runs with rights on what a stranger wrote"
    if flow.get("permissions") != {} or "concurrency" not in flow:
        yield "rights are not given job by job, or runs are not ordered"
    for name, job in flow["jobs"].items():
        if "permissions" not in job or not isinstance(job["permissions"], dict) or "timeout-minutes" not in job:
            yield f"{name}: no rights or no time named"
        for step in job["steps"]:
            if "${{" in step.get("run", ""):
                yield f"{name}: an expression inside a script"
            if step.get("uses", "").startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") is not False:
                yield f"{name}: the token stays in the checkout"
        if any(right == "write" for right in job["permissions"].values()) and any(
            "make test" in step.get("run", "") for step in job["steps"]
        ):
            yield f"{name}: tests run with a right to write"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_pinned_ordered_and_have_the_least_rights(path: Path) -> None:
    assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  # v7.0.1", ""), ("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@v7"), ("pull_request:", "pull_request_target:"), ("permissions: {}", "permissions: write-all"),
        ("    timeout-minutes: 30\n", ""), ('"origin/$BASE"', '"origin/${{ github.base_ref }}"'), ("persist-credentials: false", "persist-credentials: true"), ("contents: read", "contents: write"),
    ],
)  # fmt: skip
def test_a_workflow_at_fault_would_be_seen(old: str, new: str) -> None:
    text = (GITHUB / "workflows" / "check.yml").read_text("utf-8")
    assert old in text and list(faults(text.replace(old, new)))


def test_one_action_has_one_version() -> None:
    used = set(re.findall(r"uses: (\S+)  # (\S+)", "".join(path.read_text("utf-8") for path in WORKFLOWS)))
    assert used and len({action.partition("@")[0] for action, _ in used}) == len(used)


def test_an_outside_audit_of_the_workflows_finds_nothing(tmp_path: Path) -> None:
    audit = ("zizmor", "--offline", "--no-config", "--no-progress", "--persona", "pedantic", "--min-severity", "low")
    ran = ask(*audit, ROOT)
    assert ran.returncode == 0, ran.stdout
    (tmp_path / "a.yml").write_text(
        "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.pull_request.title }}\n",
        "utf-8",
    )
    ran = ask(*audit, tmp_path / "a.yml")
    assert ran.returncode != 0 and "template-injection" in ran.stdout and "dangerous-triggers" in ran.stdout


def test_what_the_hosts_call_exists() -> None:
    known = set(next(iter(action.choices for action in _parser()._actions if action.dest == "command")))
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS, ROOT / ".pre-commit-config.yaml")]
    called = {name for text in texts for name in re.findall(r"bin/normbook ([\w-]+)", text)}
    assert {"check", "build"} <= called <= known | BESIDE
    targets = set(re.findall(r"\bmake ([a-z]+)\b", "".join(path.read_text("utf-8") for path in WORKFLOWS)))
    assert targets and targets <= set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    arguments = _parser().parse_args(["check", "--format", "github", "--base", "origin/main"])
    assert (arguments.format, arguments.base) == ("github", "origin/main")


@cache
def links(page: Path) -> list[str]:
    """Where a page leads."""
    return [str(each) for each in lxml_html.fromstring(page.read_bytes()).xpath("//@href")]


def host(repo: Repo) -> str:
    return str(re.search(r"(?m)^repo_url: (\S+)$", repo.mkdocs.read_text("utf-8"))[1])  # type: ignore[index]


def test_every_link_to_a_form_names_a_form_and_fields_that_exist(site: Path, repo: Repo) -> None:
    seen: dict[str, set[str]] = {}
    for page in sorted(site.rglob("*.html")):
        for link in links(page):
            if not link.startswith(f"{host(repo)}/issues/new"):
                continue
            asked = {key: value[0] for key, value in parse_qs(urlsplit(link).query, strict_parsing=True).items()}
            form = FORMS[asked["template"]]
            fields = {each["id"] for each in form["body"] if each["type"] in ("input", "textarea")}
            assert set(asked) - {"template", "title"} <= fields, f"{page}: {link}"
            seen.setdefault(asked["template"], set()).update(asked)
            if "record" in asked:
                assert asked["record"] == page.stem and asked["title"].endswith(f" {page.stem}")
    assert set(seen) == set(FORMS) and "record" in seen["correct-a-record.yml"]


def test_every_record_page_in_either_language_leads_to_the_file_that_it_was_made_from(site: Path, repo: Repo) -> None:
    pages = 0
    for path in sorted(repo.data.glob("*/*.yaml")):
        for language in ("", "zh/"):
            page = site / f"{language}{path.parent.name}" / f"{path.stem}.html"
            if path.parent.name in ("corrections", "suggestions"):
                assert not page.exists()
                continue
            wanted = f"{host(repo)}/edit/main/{repo.relative(path)}"
            edits = [link for link in links(page) if link.startswith(f"{host(repo)}/edit/") and "/data/" in link]
            assert edits == [wanted], page
            words = {"": "Edit this record", "zh/": "编辑此条目"}[language]
            assert f'<a href="{wanted}">{words}</a>' in page.read_text("utf-8")
            pages += 1
    assert pages > 300


def test_the_contact_links_and_the_policy_lead_somewhere(site: Path) -> None:
    config = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "config.yml").read_text("utf-8"))
    address = re.search(r"(?m)^site_url: (\S+)$", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert address
    for link in config["contact_links"]:
        if link["url"].startswith(address[1]):
            assert (site / link["url"].removeprefix(address[1])).is_file()
    assert "Report a vulnerability" in (ROOT / "SECURITY.md").read_text("utf-8")
    assert "@" not in (ROOT / "SECURITY.md").read_text("utf-8")


def test_the_default_pull_request_names_every_form_of_one() -> None:
    text = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    assert set(re.findall(r"template=([\w-]+\.md)", text)) == {path.name for path in PULLS} and len(PULLS) == 5
    assert all("- [ ] " in path.read_text("utf-8") for path in PULLS)


def test_every_owner_s_line_fits_a_file() -> None:
    for line in (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern, *owners = line.split()
            assert owners and all(owner.startswith("@normbook/") for owner in owners)
            assert pattern == "*" or (ROOT / pattern.strip("/")).exists()


def test_the_editor_s_settings_give_every_record_the_schema_of_its_type(repo: Repo) -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert "redhat.vscode-yaml" in json.loads((ROOT / ".vscode" / "extensions.json").read_text("utf-8"))["recommendations"]
    schemas: dict[str, str] = settings["yaml.schemas"]
    assert all((ROOT / schema).is_file() for schema in schemas)
    for path in sorted([*repo.data.glob("*/*.yaml"), repo.redirects]):
        fit = [Path(schema).name for schema, pattern in schemas.items() if fnmatch(f"/{repo.relative(path)}", pattern)]
        assert len(fit) == 1 and path.read_text("utf-8").split("\n")[0].endswith(f"/schema/{fit[0]}"), path


def test_committed_texts_are_as_the_editor_s_rules_say() -> None:
    rules = configparser.ConfigParser()
    rules.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert dict(rules["*"]) == {"charset": "utf-8", "end_of_line": "lf", "insert_final_newline": "true", "trim_trailing_whitespace": "true"}
    own = [
        *GITHUB.rglob("*.*"),
        *ROOT.glob("*.md"),
        *ROOT.glob(".vscode/*.json"),
        *(ROOT / "schema").glob("*"),
        *(ROOT / "data").glob("*/*.yaml"),
        ROOT / ".editorconfig",
    ]
    for path in own:
        if path.is_file():
            content = path.read_bytes()
            content.decode("utf-8")
            assert b"\r" not in content and content.endswith(b"\n") and not re.search(rb"[ \t]\n", content), path


def hooks() -> dict[str, dict[str, Any]]:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    for repo in config["repos"]:
        assert repo["repo"] == "local" or re.fullmatch("[0-9a-f]{40}", repo["rev"])
    return {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"] if repo["repo"] == "local"}


def entry(hook: dict[str, Any]) -> list[str]:
    words: list[str] = hook["entry"].split()
    assert words[0].startswith(".venv/bin/") and hook["language"] == "system"
    return [str(BIN / words[0].removeprefix(".venv/bin/")), *words[1:]]


def test_the_local_hooks_pass_what_is_sound_and_stop_what_is_not(copy: Repo) -> None:
    (copy.root / "sound.py").write_text('"""A."""\n', "utf-8")
    known = set(next(iter(action.choices for action in _parser()._actions if action.dest == "command")))
    ran = []
    for name, hook in hooks().items():
        if name.startswith("normbook-") and hook["entry"].split()[1] not in known:
            assert hook["entry"].split()[1] in BESIDE
            continue
        files = [] if hook.get("pass_filenames") is False else ["sound.py"]
        done = subprocess.run([*entry(hook), *files], cwd=copy.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        ran.append(name)
    assert {"normbook-check", "ruff-check", "ruff-format"} <= set(ran)
    (copy.folder("theme") / "fairness.yaml").write_text("id: [\n", "utf-8")
    done = subprocess.run(entry(hooks()["normbook-check"]), cwd=copy.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "N101" in done.stderr
    (copy.root / "sound.py").write_text("import os,sys\nx = undefined\n", "utf-8")
    for name in ("ruff-check", "ruff-format"):
        assert subprocess.run([*entry(hooks()[name]), "sound.py"], cwd=copy.root, capture_output=True, check=False).returncode == 1
