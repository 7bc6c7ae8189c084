"""The server of the browser view."""
