"""What a release promises, and which later changes break it."""
