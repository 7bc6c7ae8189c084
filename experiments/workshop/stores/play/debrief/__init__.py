"""What a workshop was, after its last round: its talks opened up, what was left, and the same park played again."""
