"""The park model: knows no screen, no command line, no other process."""
