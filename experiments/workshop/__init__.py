"""The browser view: explore a whole history, play it month by month, take a seat, share a workshop."""
