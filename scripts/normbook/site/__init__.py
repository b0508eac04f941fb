"""From the graph to pages and exports. Opens no file."""
