"""Rooms (to be filled)."""
class Rooms:
    def __init__(self, *a): pass
