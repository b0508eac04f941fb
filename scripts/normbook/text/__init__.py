"""What all below share: ledgers, decoding, characters, lines, anchors. Opens no file."""
