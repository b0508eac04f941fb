"""Which language a text is in, by a library, asked only where the script does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

HAN = re.compile("[\u3400-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
SHORTEST = 20  # letters below which a text is too short to tell


def recognise(text: str) -> str | None:
    """The language tag of a text (BCP 47), None where it is too short to tell.

    >>> recognise("数据安全是全球性问题，需要国际社会共同讨论。")
    'zh'
    """
    han = len(HAN.findall(text))
    if han > 8 and not KANA.search(text) and han * 3 > sum(map(str.isalpha, text)):
        return "zh"
    if sum(map(str.isalpha, text)) < SHORTEST:
        return None
    return str(_classify()(text.encode("utf-8", "replace").decode("utf-8"))[0])


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """The library, loaded when it is first asked: its model takes a second."""
    from py3langid import classify

    return classify  # type: ignore[no-any-return]
