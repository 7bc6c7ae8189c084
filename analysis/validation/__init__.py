"""A run against history: links, counts, turning points."""
