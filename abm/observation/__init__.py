"""ODD 4, Observation: indicators, result tables and the texts of events."""
