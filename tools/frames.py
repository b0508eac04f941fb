"""`make frames`: builds the site with other site generators and prints the differences. It may fail. By hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from lxml import html as lxml_html

from tools.projects import ROOT, copy_project

GENERATORS = {"zensical": "zensical==0.0.73", "properdocs": "properdocs==1.6.7"}
DATED = {"SOURCE_DATE_EPOCH": "1700000000"}


def main() -> int:
    """Builds the site by each generator in an environment of its own and compares every page with mkdocs' own."""
    folder = ROOT / "build" / "frames"
    shutil.rmtree(folder, ignore_errors=True)
    failed = 0
    ours = copy_project(folder / "mkdocs" / "project")
    subprocess.run(
        [sys.executable, "-m", "normbook", "--root", str(ours.root), "build"], check=True, env={**os.environ, **DATED}, capture_output=True
    )
    for name, package in GENERATORS.items():
        environment = ROOT / "build" / f"frames-{name}"
        if not (environment / ".done").exists():
            venv.create(environment, with_pip=True)
            pip = [str(environment / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True, stderr=subprocess.DEVNULL)
            if subprocess.run([*pip, package], check=False, stderr=subprocess.DEVNULL).returncode:
                print(f"{package}: NOT installed; the registry has no such version or lacks what it needs")
                failed += 1
                continue
            (environment / ".done").touch()
        repo = copy_project(folder / name / "project")
        settings = {**os.environ, "NORMBOOK_GENERATOR": name, "PYTHONPATH": str(ROOT / "scripts"), **DATED}
        command = [str(environment / "bin" / "python"), "-m", "normbook", "--root", str(repo.root), "build"]
        ran = subprocess.run(command, capture_output=True, text=True, env=settings, check=False)
        print(f"{package}: {'built' if ran.returncode == 0 else 'NOT built'}")
        if ran.returncode:
            print((ran.stdout + ran.stderr)[-2_000:])
            failed += 1
            continue
        compare(ours.site, repo.site)
    return int(failed == len(GENERATORS))


def compare(ours: Path, theirs: Path) -> None:
    """Prints the differences between two builds of the site: pages, text in and around the article, files that pages load."""
    one, two = ({path.relative_to(each).as_posix() for path in each.rglob("*.html")} for each in (ours, theirs))
    print(f"  pages: {len(one & two)} in both, only with mkdocs {sorted(one - two)[:5]}, only with it {sorted(two - one)[:5]}")
    matter, around, loaded = [], [], []
    for name in sorted(one & two):
        trees = [lxml_html.fromstring((each / name).read_bytes()) for each in (ours, theirs)]
        if words(trees[0], "//article") != words(trees[1], "//article"):
            matter.append(name)
        beside = [words(tree, "//header | //nav | //footer") for tree in trees]
        if beside[0] != beside[1]:
            around.append(f"{name}: {sorted(set(beside[0]) ^ set(beside[1]))[:6]}")
        frame = [classes(tree) for tree in trees]
        if frame[0] != frame[1]:
            loaded.append(f"{name}: {sorted(set(frame[0]) ^ set(frame[1]))[:6]}")
    for what, names in (
        ("the article's words differ", matter),
        ("the words around it differ", around),
        ("classes of the frame differ", loaded),
    ):
        print(f"  {what}: {len(names)} pages {names[:4]}")


def words(tree: lxml_html.HtmlElement, where: str) -> list[str]:
    """The words of some elements."""
    return " ".join(each.text_content() for each in tree.xpath(where)).split()


def classes(tree: lxml_html.HtmlElement) -> list[str]:
    """The classes of the frame's elements, in order."""
    return [each.get("class") for each in tree.xpath("//body//*[@class][not(ancestor-or-self::article)]")]


if __name__ == "__main__":
    sys.exit(main())
