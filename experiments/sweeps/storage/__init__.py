"""Where the results of a sweep are kept."""
