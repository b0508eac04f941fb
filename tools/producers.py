"""Files of each kind by the programs that people use, taken in and read again by other readers: `python -m tools.producers [--public DIR]`.

Texts of our own go through pandoc, LibreOffice (if it is installed), Chromium, WeasyPrint and python-docx, 30 files of each kind. With `--public`, files of the repositories that
public_files.toml names are read too, from clones in that folder. Of each file the received text must come back byte for byte from its report, every character must have
its place, and each line, taken as a quotation, is looked up at its place by a second reader: html5lib, pdfminer, python-docx. What that reader sees otherwise is counted by class.
"""

from __future__ import annotations

import argparse
import logging
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import docx
import html5lib
import pypandoc
import weasyprint
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar
from playwright.sync_api import sync_playwright

from normbook.extraction.report import report, revert
from normbook.intake.intake import Box, Intake, Refused
from normbook.intake.kinds import Kind, kind_of, received_of, take_in
from normbook.intake.pdf import boxes_of_all
from tests.intake.laws import assert_boxes_give_characters, assert_bytes_give_characters, assert_runs_give_characters, assert_tiles
from tools.browser import chromium
from tools.furniture_corpus import sources

RECIPE = Path(__file__).with_name("public_files.toml")
TEXTS = {
    "English": ("en", "Harbour lights", "States shall *not* store data of other states -- see Article 5.[^one] “No port closes at night,” said the chair of the council.", "Ships share warnings.", "The first note, on the office of the pilots."),
    "hyphens": ("en", "Small- and medium-sized ports", "A long-term, well-understood agreement on the non-interference of ports in one another’s internationalisation-related undertakings was signed.[^one]", "The re-opening.", "A co-author’s note."),
    "Chinese": ("zh", "全球数据安全", "各国不得在本国以外存储他国数据。参见第五条。[^one]“港口夜间不关闭。”理事会主席说。", "船只共享警告。", "第一条注释。"),
    "French": ("fr", "Les feux du port", "Les États s’engagent à ne pas stocker les données d’autrui ; voir l’article 5.[^one] « Aucun port ne ferme la nuit », a dit la présidente.", "Les navires partagent l’œuvre.", "La première note."),
    "German": ("de", "Hafenlichter", "Die Häfen dürfen keine Daten fremder Staaten speichern, siehe Art. 5.[^one] „Kein Hafen schließt nachts“, sagte die Vorsitzende.", "Schiffe teilen Warnungen.", "Die erste Fußnote."),
    "Spanish": ("es", "Luces del puerto", "Los Estados no almacenarán datos de otros Estados.[^one] ¿Cierra algún puerto de noche? «Ninguno», dijo la presidenta.", "Los buques comparten avisos.", "La primera nota."),
    "Russian": ("ru", "Огни гавани", "Государства не хранят данные других государств, см. статью 5.[^one] «Ни один порт не закрывается ночью», — сказала председатель.", "Суда делятся предупреждениями.", "Первая сноска."),
    "Japanese": ("ja", "港の灯", "各国は他国のデータを保存してはならない。第五条を参照。[^one]「夜に閉まる港はない」と議長は述べた。", "船は警報を共有する。", "最初の注。"),
    "signs": ("en", "Signs & numbers", "The fee is 1,234.50 € (± 3 %), about ½ of 2 × 1,200; 25 °C, x² + y³, A/B & C < D > E.[^one] Office, fluffy, waffle, affine.", "§ 4(2)(a) – see below…", "See p. 12 ff."),
    "nested": ("en", "Articles and lists", "The parties agree on the following, each for its own harbours and ships.[^one]", "The first **duty**, and\n    a.  its *first* part;\n    b.  its second part.", "As said before."),
}  # fmt: skip
LONGEST = 60  # characters of a line that are looked up as one quotation
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
SLACK = 0.6  # points by which the boxes of two readers may differ


class Made(NamedTuple):
    """A file: who made it, its name and its bytes."""

    producer: str
    name: str
    content: bytes


def markdown(title: str, body: str, item: str, note: str) -> str:
    """A text with headings, paragraphs, a list, a table and a note."""
    rows = "| Port | Share |\n|------|-------|\n| Alda | 40 %  |\n| Osth | 60 %  |\n"
    return f"# {title}\n\n{body}\n\n{body.replace('[^one]', '')}\n\n3.  {item}\n4.  {item}\n\n## {title} 2\n\n{rows}\n\n[^one]: {note}\n"


def converted(text: str, to: str, language: str, *more: str) -> bytes:
    """A text as pandoc writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"text.{to}"
        options = ["--standalone", "--metadata", "title=Lights", "--metadata", f"lang={language}", *more]
        pypandoc.convert_text(text, to, "markdown+smart", outputfile=str(path), extra_args=options)
        return path.read_bytes()


def office(content: bytes, suffix: str, to: str) -> bytes:
    """A file as LibreOffice saves it in another format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"text{suffix}"
        path.write_bytes(content)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            folder,
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (Path(folder) / f"text.{to.partition(':')[0]}").read_bytes()


def written(title: str, body: str, item: str, note: str) -> bytes:
    """A document as python-docx writes it."""
    document = docx.Document()
    document.add_heading(title, 1)
    for words in (body.replace("[^one]", "").replace("*", ""), note):
        paragraph = document.add_paragraph()
        for part in re.split(r"( )", words):
            paragraph.add_run(part).bold = len(part) > 8
    for words in (item, item):
        document.add_paragraph(words.replace("*", ""), style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((cell for row in table.rows for cell in row.cells), ("Alda", "40 %", "Osth", "60 %"), strict=True):
        cell.text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def made_files() -> Iterator[Made]:
    """Files of each kind by each producer, from texts of our own."""
    has_office = shutil.which("soffice") is not None
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(whole=True))
        for name, (language, title, body, item, note) in TEXTS.items():
            text = markdown(title, body, item, note)
            page, word = converted(text, "html", language), converted(text, "docx", language)
            tab = browser.new_page()
            tab.set_content(page.decode())
            yield Made("pandoc", f"{name}.html", page)
            yield Made("Chromium", f"{name}.html", tab.content().encode())
            yield Made("Chromium", f"{name}.pdf", tab.pdf())
            tab.close()
            yield Made("WeasyPrint", f"{name}.pdf", weasyprint.HTML(string=page.decode()).write_pdf())
            yield Made("pandoc", f"{name}.docx", word)
            yield Made("python-docx", f"{name}.docx", written(title, body, item, note))
            if has_office:
                yield Made("LibreOffice", f"{name}.html", office(word, ".docx", "html"))
                yield Made("LibreOffice", f"{name}.pdf", office(word, ".docx", "pdf"))
                yield Made("LibreOffice", f"{name}.docx", office(page, ".html", "docx:MS Word 2007 XML"))
        browser.close()


def public_files(clones: Path) -> Iterator[Made]:
    """The files that the recipe names."""
    for source, clone in sources(RECIPE, clones):
        names = [name for name in sorted(clone.names()) if re.search(source["paths"], name)][: source["most"]]
        for name, content in clone.read(names).items():
            yield Made(source["repository"], name, content)


def of_file(taken: Intake, start: int, end: int) -> str:
    """The characters of a span that the file holds: not the numbers of lists, tabs and line ends that are made."""
    return "".join(taken.text[each.start : each.end] for each in taken.places(start, end) if each.origin != "made")


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text, or their beginnings, as spans."""
    for match in re.finditer(r"[^\s\f][^\n\f]*", text):
        end = match.start() + len(match[0][:LONGEST].rstrip())
        yield match.start(), end


def solid(words: str) -> str:
    """Words as both readers must see them: compatible characters alike, without white space, soft hyphens and marks of direction."""
    return re.sub("[\\s\\xad\\u200b-\\u200f\\ufe00-\\ufe0f\\ufeff\\0]", "", unicodedata.normalize("NFKC", words))


def classed(wanted: str, seen: str, otherwise: str) -> str:
    """The class of a quotation that another reader sees as other words; empty if it sees the same."""
    if solid(wanted) in solid(seen):
        return ""
    if RIGHT_TO_LEFT.search(wanted) or RIGHT_TO_LEFT.search(seen):
        return "right to left"
    if "\ufffd" in wanted or "(cid:" in seen:
        return "a sign without a character"
    if Counter(solid(wanted)) - Counter(solid(seen)) == Counter():
        return "the same characters in another order or with others between"
    return otherwise


def page_classes(taken: Intake, content: bytes) -> Iterator[str]:
    """The class of each line of a web page, by html5lib."""
    tree = html5lib.parse(
        content[3:] if content.startswith(b"\xef\xbb\xbf") else content,
        treebuilder="lxml",
        namespaceHTMLElements=False,
        transport_encoding=_label(taken.encoding),
    )
    for start, end in quotations(taken.text):
        words = []
        for each in taken.places(start, end):
            if each.origin != "made":
                found = tree.xpath(taken.path(each.element))
                words.append("".join(found[0].itertext()) if found else "")
        seen = words[0] if len(set(words)) == 1 else " ".join(dict.fromkeys(words))
        inside = all(
            solid(taken.text[each.start : each.end]) in solid("".join(words)) for each in taken.places(start, end) if each.origin != "made"
        )
        yield "" if inside else classed(of_file(taken, start, end), seen, "another element")


def _label(encoding: str) -> str:
    return encoding.replace("cp125", "windows-125")


def pdf_classes(taken: Intake, content: bytes) -> Iterator[str]:
    """The class of each line of a PDF file, by the boxes of pdfminer."""
    signs: dict[int, list[Sign]] = {}
    for number, sheet in enumerate(extract_pages(BytesIO(content), laparams=LAParams(all_texts=True)), 1):
        rows: list[Sign] = []
        _gather(sheet, rows)
        signs[number] = sorted(rows)
    spans = list(quotations(taken.text))
    for (start, end), placed in zip(spans, boxes_of_all(content, taken, spans), strict=True):
        seen = "".join(_inside(signs.get(each.page, []), box) for each in placed for box in each.boxes)
        yield classed(of_file(taken, start, end), seen, "another place")


class Sign(NamedTuple):
    """A character as pdfminer places it, with the room that its font gives it, and what it stands for."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def _gather(item: Any, rows: list[Sign]) -> None:
    if isinstance(item, LTChar):
        rows.append(Sign(item.x0, item.y0, item.x1, item.y1, item.get_text()))
    elif hasattr(item, "__iter__"):
        for each in item:
            _gather(each, rows)


def _inside(signs: list[Sign], box: Box) -> str:
    """The characters whose room holds a part of a box of ink and that are as high, from left to right."""
    middle = (box.bottom + box.top) / 2
    return "".join(
        sign.text
        for sign in signs
        if sign.left <= box.right - SLACK and sign.right >= box.left + SLACK and sign.bottom <= middle <= sign.top
    )


def word_classes(taken: Intake, content: bytes) -> Iterator[str]:
    """The class of each line of a Word document, by the paragraphs of python-docx."""
    document = docx.Document(BytesIO(content))
    body = "\n".join("".join(node.itertext("{*}t", "{*}tab", "{*}br")) for node in document.element.body.iter("{*}p"))
    shown = {solid(paragraph.text) for paragraph in document.paragraphs}
    for table in document.tables:
        shown |= {solid(paragraph.text) for row in table.rows for cell in row.cells for paragraph in cell.paragraphs}
    every = "".join(sorted(shown))
    for start, end in quotations(taken.text):
        wanted = of_file(taken, start, end)
        parts = {each.part for each in taken.places(start, end) if each.origin != "made"}
        if solid(wanted) in every:
            yield ""
        elif any("note" in part for part in parts):
            yield "a note, which python-docx leaves out"
        elif all(solid(of_file(taken, each.start, each.end)) in every for each in taken.places(start, end)):
            yield ""
        elif kind := classed(wanted, every, ""):
            yield kind
        else:
            yield (
                "left out by python-docx (fields, tracked changes, text boxes)"
                if solid(wanted[:20]) in solid(body) or parts
                else "another paragraph"
            )


CHECKS: dict[Kind, tuple[Callable[[Intake, bytes], object], Callable[[Intake, bytes], Iterable[str]]]] = {
    "html": (assert_bytes_give_characters, page_classes),
    "pdf": (assert_boxes_give_characters, pdf_classes),
    "docx": (assert_runs_give_characters, word_classes),
}


def check(made: Made) -> tuple[int, Counter[str]]:
    """How many lines of a file were looked up, and the classes of those that another reader sees otherwise. Raises Refused, AssertionError."""
    kind = kind_of(made.name)
    taken = take_in(kind, made.content)
    assert_tiles(taken)
    law, classes = CHECKS[kind]
    law(taken, made.content)
    assert revert(report(made.name, made.content, kind=kind)) == received_of(taken, made.content).text.encode("utf-8", "surrogateescape")
    try:
        found = list(classes(taken, made.content))
    except Exception as error:  # the second reader may fail where ours does not
        return 0, Counter({f"the second reader failed: {type(error).__name__}": 1})
    return len(found), Counter(each for each in found if each)


def main() -> int:
    """Prints the table; the status is 1 if a text does not come back or a character has no place."""
    parser = argparse.ArgumentParser(prog="python -m tools.producers")
    parser.add_argument("--public", type=Path, help="the folder that holds the clones of public_files.toml")
    args = parser.parse_args()
    for name in ("pdfminer", "weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    files: Counter[tuple[str, str]] = Counter()
    lines: Counter[tuple[str, str]] = Counter()
    refused: dict[tuple[str, str], Counter[str]] = {}
    odd: dict[tuple[str, str], Counter[str]] = {}
    broken = 0
    for made in [*made_files(), *(public_files(args.public) if args.public else ())]:
        row: tuple[str, str] = (kind_of(made.name), made.producer)
        files[row] += 1
        try:
            count, classes = check(made)
        except Refused as why:
            refused.setdefault(row, Counter())[why.code] += 1
            continue
        except AssertionError as error:
            broken += 1
            print(f"{made.producer}, {made.name}: {error}")
            continue
        lines[row] += count
        odd.setdefault(row, Counter()).update(classes)
    print("| kind | from | files | refused | lines | seen alike by the second reader | otherwise |\n|---|---|---|---|---|---|---|")
    for key in sorted(files):
        mine, others = refused.get(key, Counter()), odd.get(key, Counter())
        alike = lines[key] - sum(others.values())
        share = f"{alike} ({alike / lines[key]:.1%})" if lines[key] else "0"
        print(
            f"| {key[0]} | {key[1]} | {files[key]} | {'; '.join(f'{code}: {n}' for code, n in sorted(mine.items()))} | {lines[key]} | {share} "
            f"| {'; '.join(f'{what}: {n}' for what, n in others.most_common())} |"
        )
    print(f"{broken} of {sum(files.values())} files break a law of the map or do not come back")
    return int(broken > 0)


if __name__ == "__main__":
    raise SystemExit(main())
