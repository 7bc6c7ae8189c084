"""ODD 5, Initialization: from a scenario and a seed to the state of the first month."""
