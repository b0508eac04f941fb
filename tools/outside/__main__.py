"""`make outside`: reads the built site with other people's tools, each pinned, in build/outside. By hand; needs Node.js, npm and the registries (minutes)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE, FOLDER = Path(__file__).parent, ROOT / "build" / "outside"
NPM = (
    "ajv@8.20.0",
    "ajv-formats@3.0.1",
    "@redocly/cli@2.77.0",
    "@stoplight/spectral-cli@6.16.3",
    "jsdom@24.1.3",
    "ro-crate@3.7.2",
    "@apache-annotator/selector@0.2.0",
    "@apache-annotator/dom@0.2.0",
)
PIP = ("sssom==0.4.21", "skosify==2.3.0", "sqlite-utils==4.2.1", "datasette==0.65.5", "openapi-python-client==0.29.1", "swh.model==8.4.1", "roc-validator==0.13.0", "mlcroissant==1.1.1")  # fmt: skip


def install() -> Path:
    """Installs the tools that are not there yet; returns the Python of their environment."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "node_modules" / NPM[-1].rpartition("@")[0]).exists():
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(FOLDER), *NPM], check=True)
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PIP], check=True)
    return python


def main() -> int:
    """Prints one line for each tool; the number of tools that are not satisfied is the status."""
    if not shutil.which("npm"):
        print("this needs Node.js and npm (Debian: apt-get install nodejs npm)")
        return 2
    python, site = install(), ROOT / "site"
    for program in ("ajv.mjs", "annotator.mjs"):
        shutil.copy(HERE / program, FOLDER / program)  # imports are looked for beside the file
    (FOLDER / ".spectral.yaml").write_text('extends: ["spectral:oas"]\n', "utf-8")
    programs = FOLDER / "node_modules" / ".bin"
    bad = 0
    for name, command in (
        ("ajv", ["node", str(FOLDER / "ajv.mjs"), str(site)]),
        ("annotator", ["node", str(FOLDER / "annotator.mjs"), str(site)]),
        ("redocly", [str(programs / "redocly"), "lint", "--extends=recommended", str(site / "openapi.json")]),
        ("spectral", [str(programs / "spectral"), "lint", "--fail-severity=error", str(site / "openapi.json")]),
    ):
        ran = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
        said = [line.strip() for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]
        told = said[-1] if name != "redocly" or ran.returncode else [line for line in said if "valid" in line.lower()][-1]
        print(f"{name:<10} {'' if ran.returncode == 0 else 'FAILED '}{told}", flush=True)
        bad += ran.returncode != 0
    return bad + subprocess.run([python, str(HERE / "readers.py"), str(site)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
