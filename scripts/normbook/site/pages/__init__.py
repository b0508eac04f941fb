"""Page models: one function per page."""
