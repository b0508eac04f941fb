"""The files of the form that proposes a change: libraries as they were bundled, schemas as they were compiled, ids and texts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from normbook.records.schema import Schemas
from normbook.site.exports.proposal_files import FORMS, digest, is_compiled, schema_scripts
from normbook.site.pages.propose import descriptions
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_compiled, read_descriptions
from tests.conftest import ROOT

ASSETS = ROOT / "site_src" / "assets"
VENDOR = ASSETS / "propose" / "vendor"
AGAIN = "run `make forms` (it needs Node.js and npm), and commit what it writes"


def sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_bundled_libraries_are_those_that_were_made_from_what_stands_here(schemas: Schemas) -> None:
    sums = json.loads((VENDOR / "sums.json").read_text("utf-8"))
    made = {path.relative_to(VENDOR).as_posix(): sum_of(path) for path in VENDOR.rglob("*") if path.is_file() and path.name != "sums.json"}
    assert made == sums["outputs"], AGAIN
    own = {name: sum_of(ROOT / name) for name in sums["inputs"] if name.startswith(("tools/", "site_src/"))}
    types = {f"schema/{name}.schema.json": digest(name, schemas.documents[name]) for name in ("common", *FORMS)}
    assert own | types == sums["inputs"], AGAIN
    scripts = {path.relative_to(ASSETS).as_posix() for path in (ASSETS / "picker.js", *(ASSETS / "propose").glob("*.js"))}
    assert {f"site_src/assets/{name}" for name in scripts} <= set(own), AGAIN
    assert {f"{type}.js" for type in FORMS} | {"yaml.js", "LICENSES.txt"} | {f"small/{name}" for name in scripts} == set(made), AGAIN


def test_nothing_bundled_needs_eval_or_asks_anyone() -> None:
    for path in VENDOR.rglob("*.js"):
        text = path.read_text("utf-8")
        assert not any(word in text for word in ("new Function", "eval(", "XMLHttpRequest", "fetch(", "import(")), path.name


def test_a_validator_whose_schema_has_changed_is_not_used(repo: Repo, schemas: Schemas) -> None:
    compiled = read_compiled(repo)
    assert all(is_compiled(schemas, type, compiled) for type in FORMS)
    changed: dict[str, Any] = json.loads(json.dumps(schemas.documents["theme"]))
    changed["properties"]["definition"]["description"] = "Other words do not bear on validity."
    other = Schemas({**schemas.documents, "theme": changed})
    assert is_compiled(other, "theme", compiled)
    changed["required"].append("broader")
    assert not is_compiled(other, "theme", compiled) and is_compiled(other, "actor", compiled)
    scripts = dict(schema_scripts(other, compiled))
    assert '"compiled":false' in scripts["propose/schemas/theme.js"] and '"compiled":true' in scripts["propose/schemas/actor.js"]


def test_every_description_of_a_field_is_translated_and_no_other(repo: Repo, schemas: Schemas) -> None:
    used = set[str]().union(*descriptions(schemas).values())
    for code, translated in read_descriptions(repo).items():
        assert used - set(translated) == set() and set(translated) - used == set(), code
