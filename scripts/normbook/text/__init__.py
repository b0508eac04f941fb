"""What all later packages share: ledgers, decoding, characters, lines, anchors. Opens no file."""
