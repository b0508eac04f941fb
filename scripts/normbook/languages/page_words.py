"""Words of page furniture in all languages, in lower case: each is a whole line, or a whole item of a bar."""

from __future__ import annotations

from normbook.languages.language import Words

# Items of menus, headers and footers: a line of these alone is never prose
MENU = Words("page.menu")
CONTROLS = Words("page.controls")
LANGUAGES = Words("page.language-names")
NETWORKS = Words("page.networks", "page.controls")
PLAIN_SPAM = Words("page.plain-spam")
RARE_SPAM = Words("page.rare-spam")
