"""Many documents cleaned in one run."""
