"""What all studies share: declaration, runs, output."""
