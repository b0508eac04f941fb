"""`make linear`: times cleaning on adversarial texts: each class at two sizes, the slowest one at 1, 2, 4 and 8 MB."""

from __future__ import annotations

import argparse
import gc
import time

from normbook.cli.main import GC_THRESHOLDS
from normbook.extraction.report import report

UNITS = {
    "prose": "The parties agreed that data shall be kept where they are, and that nobody may take them away. ",
    "paragraphs": "The parties agreed that data shall be kept where they are, and that nobody may take them.\n\n",
    "wrapped": "the parties agreed that data shall be kept where they are, and that\nnobody may take them away without asking the other side for it\n",
    "short lines": "a b\n",
    "blank lines": "\n",
    "crlf": "One line.\r\n",
    "spaces": " ",
    "one word": "a",
    "glued": "ofthegovernment",
    "glued words": "thegovernment ofthepeople ",
    "capitals": "A",
    "digits": "1",
    "quotes": "“a” ",
    "closing quotes": " ”a",
    "straight quotes": 'a"b ',
    "question marks": "a?s ",
    "lost marks": "?",
    "opening marks": "«\n",
    "entities": "&amp; ",
    "mojibake": "Ã© â€™ ",
    "gbk": "¡°a¡± ",
    "gbk words": "Êý¾Ý°²È« ",
    "utf-8 as gbk": "鈥檚 ",
    "readings": "數(shù)",
    "combining": "e\u0301",
    "many marks": "\u0301",
    "hangul": "\u1100\u1161\u11a8",
    "right to left": "\u202eab\u202c ",
    "han": "数据安全是全球性问题。",
    "han commas": "第一，数据，第二，安全；",
    "lists in a paragraph": "第一，数据，第二，安全；" * 3_300 + "\n",
    "lists in a line": "two rules: first, keep the data; second, share the data; " * 600 + "\n",
    "numbered": "1. Keep the data.\n2. Keep the peace.\n",
    "worded": "First, keep it. Second, share it. ",
    "bullets": "• keep\n",
    "letters": "(a) keep; (i) share; ",
    "inline numbers": "1) keep 2) share ",
    "turns": "Q: Why?\nA: So.\n",
    "names": "Ana Brook: We agreed.\n",
    "menu": "Home\nAbout us\n",
    "breadcrumbs": "Home > News\n",
    "shares": "Share this article\n",
    "bars": "Home | News | Contact\n",
    "dates": "3 May 2021 ",
    "stamps": "2021-05-03 10:22\n",
    "weekdays": "said on Monday ",
    "mail headers": "From: a@b.example\nSubject: data\n",
    "mail quotes": "> the parties agreed\n",
    "spam": "buy cheap pills casino\n",
    "forum links": "[url=a",
    "parentheses": "(((a",
    "closing parentheses": "Agency) 2",
    "hyphens": "a-\nb",
    "colons": "a: b: ",
    "semicolons": "a; b; ",
    "series": "principles of a, b, ",
    "initiatives": "Global Data Initiative ",
    "offices": "Foreign Minister Ana Brook, ",
    "slashes": "a/b/",
    "rows of dashes": "the parties agreed that data shall be kept where they are, and that\n" * 4 + "-" * 60 + "\n",
    "greater": "A > B > ",
    "stops": ".",
    "initials": "A. B. ",
    "ellipses": "... ",
    "tabs": "\t",
    "no-break": "a\u00a0b ",
    "soft hyphens": "a\u00ad",
    "lone bytes": "a\udce9",
    "nul": "\x00",
    "form feeds": "a\x0c",
    "dashes": "a -- b ",
    "dateline": "PARIS, May 3 (Wire) -- The ",
    "captions": "A hall. (Photo by A)\n",
    "page numbers": "Page 1 of 9\n",
    "running heads": "A CHARTER OF PORTS      7\n",
    "verse": "Carry the lamp,\nOver the water,\n",
    "counters": "3 comments ",
    "counters in lines": "3 comments " * 30 + "\n",
    "pointers": "read more " * 30 + "\n",
    "counted": "a (1)|" * 30 + "\n",
    "labels": "what\n\nnewsletters\n\ntemps\n",
    "offers": "sponsor\nPARIS, May 3 (Wire) -- The \nследующая\n",
    "buttons": "imprimir\nподелиться\n – \nlire ",
    "topics": "topic\na -- b \n",
    "urls": "http://a.example/b?c=d ",
}


def seconds(text: str) -> float:
    """The processor time of a full report on a text."""
    content = text.encode("utf-8", "surrogateescape")
    began = time.process_time()
    report("made", content)
    return time.process_time() - began


def main() -> None:
    """Prints each class at two sizes, and the slowest one at four."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linear")
    parser.add_argument("--size", type=int, default=250_000, help="code points of the smaller text of each class")
    parser.add_argument("--largest", type=int, default=8_000_000)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    gc.set_threshold(*GC_THRESHOLDS)  # as the command does
    report("warm", b"It is what thegovernment said to the people.")
    rows = []
    for name, unit in UNITS.items():
        if args.only and name not in args.only.split(","):
            continue
        small, large = (seconds(unit * max(size // len(unit), 1)) for size in (args.size, args.size * 2))
        rows.append((large, name, small, large / max(small, 1e-6)))
        print(
            f"{name:<22} {args.size / 1e6:.3f} MB {small:7.2f} s   {args.size * 2 / 1e6:.3f} MB {large:7.2f} s   x{large / max(small, 1e-6):.1f}{'   superlinear' if large > 2.6 * small and large > 0.5 else ''}",
            flush=True,
        )
    _, worst, _, _ = max(rows)
    print(f"worst: {worst}")
    size = max(args.largest // 8, 1)
    while size <= args.largest:
        print(f"  {size / 1e6:.0f} MB {seconds(UNITS[worst] * max(size // len(UNITS[worst]), 1)):8.2f} s", flush=True)
        size *= 2


if __name__ == "__main__":
    main()
