"""Furniture of e-mails and mailing lists: headers, forwarding marks, list footers.

An archived mail opens with "From: …", "Date: …", "Subject: …" and ends with a rule and the address of its list. None of
it belongs to the statement that was mailed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from normbook.languages.language import Words, pattern
from normbook.page.line import Row
from normbook.page.patterns import FORWARDED, LIST_FOOTER, MAIL_HEADER, RULE
from normbook.text.lines import Role

QUOTED = re.compile(r">[> ]*")
FOOT = pattern(r"_{20,}$|#\s{2}<page.distributed:en>")
FOOT_RULE = re.compile(r"_{20,}$")
CERTAIN_HEADS, OF_LISTS = Words("page.certain-mail-heads"), Words("page.subscription-stems")
TOP_OF_MAIL = 80  # lines in which the headers of a mail are looked for


def mail_roles(rows: list[Row], found: dict[int, Role]) -> None:
    """Adds to `found` the headers of a mail, the header and footer of its list, and forwarding marks.

    Two different headers are required, one of them a common one: "Date: 3 May" alone may be a line of any text.
    """
    heads = [k for k, row in enumerate(rows[:TOP_OF_MAIL]) if ":" in row.text and MAIL_HEADER.match(row.text)]
    names = {rows[k].text.partition(":")[0].lower() for k in heads}
    if len(heads) < 2 or CERTAIN_HEADS.isdisjoint(names) or len(names) < 2:
        return
    top = heads[0]
    if any(row.prose and len(row.text) > 60 for row in rows[:top]) and not any(map(_is_of_list, rows[:top])):
        return
    if any(LIST_FOOTER.match(row.text.strip()) or _is_of_list(row) for row in rows[:top]):
        for row in rows[:top]:
            found[row.number] = "list-footer"
    for k in heads:
        found[rows[k].number] = "mail-header"
        j = k + 1
        while j < len(rows) and rows[j].text[0] in " \t" and not rows[j].apart:
            found[rows[j].number] = "mail-header"
            j += 1
    _quoted(rows, found)
    for row in rows:
        bare = row.text.strip()
        if row.number not in found and (FORWARDED.match(bare) or RULE.match(bare)):
            found[row.number] = "list-footer"
    foot = next((k for k in range(top, len(rows)) if rows[k].text.rstrip() in ("--", "_" * 47) or FOOT.match(rows[k].text)), None)
    if foot is not None:
        for row in rows[foot:]:
            found.setdefault(row.number, "list-footer")


def _is_of_list(row: Row) -> bool:
    return OF_LISTS.is_part_of(row.text.lower())


def _quoted(rows: list[Row], found: dict[int, Role]) -> None:
    """Adds to `found` the headers of a quoted mail ("> From: …") and its list footer, from the rule to the end of the quotation."""
    quoted = [(k, QUOTED.sub("", row.text, count=1)) for k, row in enumerate(rows) if row.text[0] == ">"]
    heads = [(k, words) for k, words in quoted if MAIL_HEADER.match(words)]
    for (k, words), (after, following) in pairwise(heads):
        if after == k + 1 and words.partition(":")[0] != following.partition(":")[0]:
            found[rows[k].number] = found[rows[after].number] = "mail-header"
    foot = next((k for k, words in quoted if heads and k > heads[-1][0] and FOOT_RULE.match(words)), None)
    while foot is not None and foot < len(rows) and rows[foot].text[0] == ">":
        found.setdefault(rows[foot].number, "list-footer")
        foot += 1
