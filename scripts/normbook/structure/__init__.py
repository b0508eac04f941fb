"""From cleaned text to addressed segments: line roles, lists, dialogue."""
