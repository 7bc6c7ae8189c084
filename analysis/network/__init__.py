"""The network of exchanges: measures, resilience, stages of development."""
