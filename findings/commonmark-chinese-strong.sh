#!/bin/sh
# Package: pandoc 3.9 (pypandoc-binary 1.17), markdownify 1.2.3 and markdown-it-py 4.3.0.
# One would guess: words that are strong in HTML are strong again after a way through Markdown, at least when one program goes both ways.
# Seen: in a Chinese sentence without blanks, pandoc and markdownify write asterisks around words that end with a bracket or a quotation mark. CommonMark
#   does not take these for the end of strong words: the asterisks stay as text, and the words between two such places become strong instead.
# Source: observed by running; CommonMark 0.31.2, section 6.2: a run of asterisks after punctuation closes only before a blank or other punctuation.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile pypandoc-binary==1.17 markdownify==1.2.3 markdown-it-py==4.3.0 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import re
import sys
import markdownify
import pypandoc
from markdown_it import MarkdownIt

# "trial (draft)" strong, "is valid, and", "open" in quotation marks strong, "too"
page = "<p>\u6211<strong>\u8bd5\u884c\uff08\u8349\u6848\uff09</strong>\u6709\u6548\uff0c\u5e76\u4e14<strong>\u201c\u5f00\u653e\u201d</strong>\u4e5f\u662f\u3002</p>"


def strong(html):
    return re.findall("<strong>(.*?)</strong>", html), html.count("**")


written = [pypandoc.convert_text(page, "commonmark", "html"), markdownify.markdownify(page)]
found = [strong(pypandoc.convert_text(written[0], "html", "commonmark")), strong(MarkdownIt().render(written[1]))]
print(ascii(found))
sys.exit(0 if found == [(["\u6709\u6548\uff0c\u5e76\u4e14"], 2)] * 2 else 1)
PY
