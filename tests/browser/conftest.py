"""A browser, and the site served. What drives the browser leaves an event loop in the process, so it ends with the last test of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.barriers import Barriers
from tests.shared import folder_of_run
from tools.browser import FLAGS, Window, chromium, serving


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="package")
def window(browser: Browser) -> Iterator[Window]:
    """One window for the tests that look at page after page and press nothing that a page remembers."""
    found = Window(browser)
    yield found
    found.page.context.close()


@pytest.fixture(scope="package")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, served under the path that it has in the world."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "normbook").symlink_to(site)
    with serving(folder) as address:
        yield address + "normbook/"


@pytest.fixture(scope="package")
def barriers(tmp_path_factory: pytest.TempPathFactory) -> Barriers:
    """axe, which compares the colours of what is drawn alike once in a run."""
    return Barriers(folder_of_run(tmp_path_factory) / "compared")
