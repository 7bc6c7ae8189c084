"""Published models rebuilt as small models of their own and compared with their own numbers."""
