"""Exports for other programs: for each page, and in bulk. Nothing here reads or writes a file."""
