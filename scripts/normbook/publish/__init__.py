"""From the graph to pages: views, templates, the frame, search, exports. Opens no file."""
