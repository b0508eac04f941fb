"""What a release promises, and what a later state breaks."""
