"""State of the browser view: sessions, games, workshops and levers."""
