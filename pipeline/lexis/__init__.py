"""What several stages need of the language: numerals, units, calendar, and where amounts and times stand in a text."""
