"""New records with placeholders to fill in."""
