"""What a text says: dates, people, speakers, initiatives, stance."""
