"""Decoding of bytes that should be UTF-8; if they are not, where that shows and which encoding they look like."""

from __future__ import annotations

import codecs
import re
import shlex
import unicodedata

from normbook.findings.finding import Problem

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
PLAUSIBLE = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "cp1252")  # common encodings of policy texts in the languages of the seeds
TYPICAL_LETTERS = {  # patterns of letters that make up at least a quarter of the non-ASCII letters of a text in that encoding
    "shift_jis": "[\u3041-\u30fe]",
    "euc_kr": "[\uac00-\ud7a3](?=[\uac00-\ud7a3 .,])",
    "cp1251": "[\u0430-\u044f](?=[\u0430-\u044f ,.\n])",
    "gb18030": "[\u4e00-\u9fff]",
    "big5": "[\u4e00-\u9fff]",
}
KOREAN_SPACING = "[\uac00-\ud7a3] [\uac00-\ud7a3]"
LONE_HIGH_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
ICONV_NAMES = {
    "gb18030": "GB18030",
    "big5": "BIG5",
    "shift_jis": "SHIFT_JIS",
    "euc_kr": "EUC-KR",
    "cp1251": "WINDOWS-1251",
    "cp1252": "WINDOWS-1252",
}


def read_utf8(content: bytes, path: str) -> str | Problem:
    """The decoded text, including a byte order mark, or a finding with the place of the first byte that is not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    else:
        offset = content.find(b"\0")
        if offset < 0 or not (guess(content) or "").startswith("UTF-16"):
            return text  # UTF-16 of ASCII letters is valid UTF-8, with a null byte at every second place
    before = content[:offset].removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    line, column = len(before), len(before[-1].decode("utf-8", "replace")) + 1
    encoding = guess(content)
    message = f"byte 0x{content[offset]:02x} at offset {offset} is not UTF-8"
    if encoding is None:
        hint = "save the file as UTF-8"
    else:
        message += f"; the file looks like {encoding}"
        old, new = shlex.quote(path), shlex.quote(f"{path}.new")
        hint = f"save the file as UTF-8: iconv -f {encoding} -t UTF-8 {old} > {new} && mv {new} {old}"
    source_line = (
        ""
        if encoding and encoding.startswith("UTF-")
        else (before[-1] + re.split(rb"[\r\n]", content[offset:], maxsplit=1)[0]).decode("utf-8", "replace")
    )
    return Problem(path, line, column, "N110", message, hint, source_line=source_line)


def guess(content: bytes) -> str | None:
    """The encoding that bytes look like, by its iconv name, or None if no encoding is likely.

    A byte order mark, or a zero at every second byte, decides. Otherwise charset-normalizer chooses among PLAUSIBLE, and
    Windows-1252 is suggested only if it gives no control characters.

    >>> guess("标题: 全球数据安全倡议\\n".encode("gb18030")), guess("title: café".encode("latin-1")), guess(b"\\xff\\x00\\x81")
    ('GB18030', 'WINDOWS-1252', None)
    """
    for mark, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return name
    zeros_even, zeros_odd = content[: 1 << 16 : 2].count(0), content[1 : 1 << 16 : 2].count(0)
    if zeros_even or zeros_odd:
        name = "" if (zeros_even and zeros_odd) or zeros_even + zeros_odd < 2 else "UTF-16LE" if zeros_odd else "UTF-16BE"
        return name if name and _is_text(content[: 1 << 16], name) else None
    return _most_likely(content[: 1 << 16])


def _is_text(content: bytes, name: str) -> bool:
    """True if the bytes decode to assigned characters only."""
    text = content[: len(content) // 2 * 2].decode(name, "replace")
    return not any(unicodedata.category(letter) in ("Cn", "Co", "Cs") or letter == "\ufffd" for letter in text)


def _most_likely(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    candidates = [name for name in PLAUSIBLE if _could_be(content, name)]
    # accented letters are mostly single bytes between ASCII letters: a Western European text, if it decodes as one
    if "cp1252" in candidates and len(LONE_HIGH_BYTE.findall(content)) * 2 > len(HIGH_BYTE.findall(content)):
        return "WINDOWS-1252"
    # GB 2312 has few byte pairs, so other texts seldom decode as it; Korean is recognized by its spaces between words
    if "gb18030" in candidates and _could_be(content, "gb2312"):
        candidates = [
            name
            for name in candidates
            if name == "gb18030" or (name == "euc_kr" and re.search(KOREAN_SPACING, content.decode(name, "replace")))
        ]
    candidates = [name for name in candidates if name != "cp1252"]
    if len(candidates) == 1:
        return ICONV_NAMES[candidates[0]]
    best = from_bytes(content, cp_isolation=candidates).best() if candidates else None
    return ICONV_NAMES[best.encoding] if best else None


def _could_be(content: bytes, name: str) -> bool:
    """True if the bytes decode in an encoding, without control characters, to letters that are typical of it."""
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        if error.end < len(content) - 4:
            return False
        text = content[: error.start].decode(name)  # cut off in the middle of a character
    if any("\x7f" <= letter <= "\x9f" or (letter < " " and letter not in "\t\n\r") or "\ue000" <= letter <= "\uf8ff" for letter in text):
        return False
    typical = TYPICAL_LETTERS.get(name)
    return typical is None or len(re.findall(typical, text)) * 4 > sum(letter > "\x7f" for letter in text)
