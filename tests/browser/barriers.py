"""What axe finds on a page. Contrasts, which take most of its time, are computed once for all elements that are drawn alike, in all processes of a run."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

# Marks the elements whose colours were not compared yet, and gives what tells them from others: the classes, colours, letters and
# lines of an element and of all around it, and whether a link stands among words. What may lie over something else is always marked.
MARK = """known => {
  const seen = new Set(known), fresh = [];
  const hashed = text => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let i = 0; i < text.length; i++) { const c = text.charCodeAt(i); a = Math.imul(a ^ c, 2654435761); b = Math.imul(b ^ c, 1597334677) }
    return 4294967296 * (2097151 & b) + (a >>> 0);
  };
  const visit = (e, above, moved) => {
    const s = getComputedStyle(e);
    moved ||= !['static', 'relative'].includes(s.position) || s.transform !== 'none' || e.localName === 'svg';
    const key = hashed([above, e.localName, e.getAttribute('class'), e.getAttribute('style'), e.type, e.disabled, s.display, s.visibility, s.position,
      s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.fontSize, s.fontWeight, s.fontStyle, s.textShadow, s.textDecoration, s.border, s.outline,
      e.localName === 'a' && axe.commons.dom.isInTextBlock(e)].join('|'));
    const unseen = !seen.has(key);
    if (unseen) { seen.add(key); fresh.push(key) }
    e.toggleAttribute('data-compared', unseen || moved);
    for (const child of e.children) visit(child, key, moved);
  };
  axe.setup(document.documentElement);
  visit(document.documentElement, 0, false);
  axe.teardown();
  return fresh;
}"""
# axe fetches all styles for a rule that is not among these; what it needs of sounds and films it still fetches
RUN = """options => {
  axe.configure({rules: [
    {id: 'color-contrast', selector: '[data-compared]'}, {id: 'link-in-text-block', selector: 'a[href][data-compared], [role=link]'},
  ]});
  return axe.run(document, {resultTypes: ['violations'], preload: {assets: ['media']}, ...options});
}"""


COLOURS = ("color-contrast", "link-in-text-block")


class Barriers:
    """Runs axe, and remembers which elements' colours it compared and found right; in each scheme and width they are others.

    Processes that are given the same file write there what they have compared, and read what others have.
    """

    def __init__(self, shared: Path | None = None) -> None:
        self.seen: set[int] = set()
        self.shared = shared

    def _read(self) -> None:
        if self.shared and self.shared.exists():
            content = self.shared.read_bytes()
            self.seen.update(array("Q", content[: len(content) // 8 * 8]))

    def _add(self, fresh: list[int]) -> None:
        self.seen.update(fresh)
        if self.shared:
            with self.shared.open("ab", buffering=0) as file:  # one call of the system, which nothing of another process can part
                file.write(array("Q", fresh).tobytes())

    def violations(self, page: Page, only: tuple[str, ...] = ()) -> list[str]:
        """What axe finds on a page as it now is; or what it finds by some rules alone, those of colours among them."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
        self._read()
        fresh = page.evaluate(MARK, sorted(self.seen))
        options = {"runOnly": list(only)} if only else {"rules": {"target-size": {"enabled": True}}}
        found: dict[str, Any] = page.evaluate(RUN, options)
        told = [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]
        if not told:
            self._add(fresh)
        return told
