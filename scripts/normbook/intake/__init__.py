"""From the bytes of a received file to its text, with a map that leads every character back to its place in the file."""
