"""A public benchmark for cleaners of policy texts: cases, documents, and a scorer that any cleaner can run. README.md explains it."""
