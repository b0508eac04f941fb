"""The words by which pages speak of themselves, in the languages in which the texts come. Lower case; each stands alone on its line or in its place of a bar."""

from __future__ import annotations

from normbook.languages.language import Words

# What menus, headers and footers offer: a line made of these alone is no prose in any text
MENU = Words("page.menu")
CONTROLS = Words("page.controls")
LANGUAGES = Words("page.language-names")
NETWORKS = Words("page.networks", "page.controls")
PLAIN_SPAM = Words("page.plain-spam")
RARE_SPAM = Words("page.rare-spam")
