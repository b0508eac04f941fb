"""Everything that reads and writes: the checkout, the cache, builds, releases, bulk runs."""
