"""A workshop with people: its phases, its journal, who is present, and everything that anybody sends."""
