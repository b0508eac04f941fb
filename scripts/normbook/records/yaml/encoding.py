"""Bytes that should be UTF-8: their text, or where they are not and what they look like."""

from __future__ import annotations

import codecs
import re
import shlex
import unicodedata

from normbook.findings.finding import Problem

MARKS = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"), (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))
PLAUSIBLE = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "cp1252")  # what policy texts in the languages of the seeds come in
OWN = {  # patterns, compiled when a file is not UTF-8: letters of which at least a quarter of a text is made, if it is in that encoding
    "shift_jis": "[\u3041-\u30fe]",
    "euc_kr": "[\uac00-\ud7a3](?=[\uac00-\ud7a3 .,])",
    "cp1251": "[\u0430-\u044f](?=[\u0430-\u044f ,.\n])",
    "gb18030": "[\u4e00-\u9fff]",
    "big5": "[\u4e00-\u9fff]",
}
SPACED = "[\uac00-\ud7a3] [\uac00-\ud7a3]"
ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
HIGH = re.compile(rb"[\x80-\xff]")
NAMES = {
    "gb18030": "GB18030",
    "big5": "BIG5",
    "shift_jis": "SHIFT_JIS",
    "euc_kr": "EUC-KR",
    "cp1251": "WINDOWS-1251",
    "cp1252": "WINDOWS-1252",
}


def read_utf8(content: bytes, path: str) -> str | Problem:
    """The text of bytes, a byte order mark included, or the finding that says where they are not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    else:
        at = content.find(b"\0")
        if at < 0 or not (guess(content) or "").startswith("UTF-16"):
            return text  # plain letters and null bytes by turns are valid UTF-8, and not meant so
    before = content[:at].removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    line, column = len(before), len(before[-1].decode("utf-8", "replace")) + 1
    likely = guess(content)
    said = f"byte 0x{content[at]:02x} at offset {at} is not UTF-8"
    if likely is None:
        hint = "save the file as UTF-8"
    else:
        said += f"; the file looks like {likely}"
        old, new = shlex.quote(path), shlex.quote(f"{path}.new")
        hint = f"save the file as UTF-8: iconv -f {likely} -t UTF-8 {old} > {new} && mv {new} {old}"
    shown = (
        ""
        if likely and likely.startswith("UTF-")
        else (before[-1] + re.split(rb"[\r\n]", content[at:], maxsplit=1)[0]).decode("utf-8", "replace")
    )
    return Problem(path, line, column, "N110", said, hint, source_line=shown)


def guess(content: bytes) -> str | None:
    """The encoding that bytes look like, as iconv calls it, or None where nothing is likely.

    A mark at the beginning or every second byte zero settles it; else charset-normalizer weighs those that come to mind, and
    Western letters are named only where no control character would come out.

    >>> guess("标题: 全球数据安全倡议\\n".encode("gb18030")), guess("title: café".encode("latin-1")), guess(b"\\xff\\x00\\x81")
    ('GB18030', 'WINDOWS-1252', None)
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    even, odd = content[: 1 << 16 : 2].count(0), content[1 : 1 << 16 : 2].count(0)
    if even or odd:
        name = "" if (even and odd) or even + odd < 2 else "UTF-16LE" if odd else "UTF-16BE"
        return name if name and _is_text(content[: 1 << 16], name) else None
    return _weighed(content[: 1 << 16])


def _is_text(content: bytes, name: str) -> bool:
    """True if all that bytes stand for in an encoding are characters in use."""
    text = content[: len(content) // 2 * 2].decode(name, "replace")
    return not any(unicodedata.category(letter) in ("Cn", "Co", "Cs") or letter == "\ufffd" for letter in text)


def _weighed(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    fitting = [name for name in PLAUSIBLE if _fits(content, name)]
    # accents stand between plain letters: a European text, if it can be one
    if "cp1252" in fitting and len(ALONE.findall(content)) * 2 > len(HIGH.findall(content)):
        return "WINDOWS-1252"
    if "gb18030" in fitting and _fits(
        content, "gb2312"
    ):  # its pairs are fewer, so that other texts seldom fit; Korean puts spaces between words
        fitting = [
            name for name in fitting if name == "gb18030" or (name == "euc_kr" and re.search(SPACED, content.decode(name, "replace")))
        ]
    fitting = [name for name in fitting if name != "cp1252"]
    if len(fitting) == 1:
        return NAMES[fitting[0]]
    best = from_bytes(content, cp_isolation=fitting).best() if fitting else None
    return NAMES[best.encoding] if best else None


def _fits(content: bytes, name: str) -> bool:
    """True if every byte has a meaning in an encoding, and none is a control character."""
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        if error.end < len(content) - 4:
            return False
        text = content[: error.start].decode(name)  # cut off in the middle of a character
    if any("\x7f" <= letter <= "\x9f" or (letter < " " and letter not in "\t\n\r") or "\ue000" <= letter <= "\uf8ff" for letter in text):
        return False
    own = OWN.get(name)
    return own is None or len(re.findall(own, text)) * 4 > sum(letter > "\x7f" for letter in text)
