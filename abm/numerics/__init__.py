"""What compiles, what draws, what sorts."""
