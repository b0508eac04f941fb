"""Page models: one function a page."""
