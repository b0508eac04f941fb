"""`make screenshots`: screenshots of every page type, wide and narrow, light and dark. Not a test."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from tools.browser import FLAGS, PAGES, SIZES, chromium, open_page, serving
from tools.projects import ROOT


def main() -> None:
    """Writes the pictures of the built site to build/screenshots."""
    target = ROOT / "build" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with serving(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for path in PAGES[:-1]:
            for width, height in SIZES:
                for scheme in ("light", "dark"):
                    page, _ = open_page(browser, address + path, width, height, scheme)
                    page.screenshot(
                        path=str(target / f"{path.replace('/', '-').removesuffix('.html')}-{width}-{scheme}.png"), full_page=True
                    )
                    page.context.close()
        browser.close()
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")


if __name__ == "__main__":
    main()
