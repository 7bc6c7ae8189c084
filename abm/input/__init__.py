"""ODD 6, Input data: scenario folders, parameters, and every mistake in them."""
