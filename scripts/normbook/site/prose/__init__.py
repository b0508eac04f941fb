"""Records and changes in words, for a terminal and as Markdown."""
