"""Everything that runs the model."""
