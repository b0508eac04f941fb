"""Records and changes as text, for a terminal and as Markdown."""
