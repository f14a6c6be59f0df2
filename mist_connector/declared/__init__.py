"""From the text of mapping files to values; strict, every problem at once."""
