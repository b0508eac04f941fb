"""Which lines of a copied web page belong to the page (menus, share bars, footers) and which to the text."""
