"""The records as one immutable graph, and the checks over it. Opens no files."""
