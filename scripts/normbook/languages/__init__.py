"""What is known of languages: their words, their calendars, and which one a text is in."""
