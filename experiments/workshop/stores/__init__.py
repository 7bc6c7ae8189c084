"""State of the browser view: sessions, rooms, games and levers."""
