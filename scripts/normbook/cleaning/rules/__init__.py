"""The rules of cleaning, by what they look at."""
