"""From cleaned text to segments with addresses: line roles, sentences, lists, dialogue."""
