"""What compiles, what draws, what sorts."""

from . import table_pointer as table_pointer  # teaches the compiler what a State is, before a rule meets one
