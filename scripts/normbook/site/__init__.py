"""Turns the graph into pages and exports. Opens no files."""
