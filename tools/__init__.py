"""Programs for those who maintain the package: none of them is needed to use it."""
