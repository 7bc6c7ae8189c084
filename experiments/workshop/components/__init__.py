"""Components: what the screen shows; each reads the store and calls its actions."""
