"""How the runs of a sweep are made: workers, shards, clusters."""
