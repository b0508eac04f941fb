"""What a source holds, as drafts of records."""
