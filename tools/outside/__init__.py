"""`make outside`: the published files in the hands of other people's tools."""
