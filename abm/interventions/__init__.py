"""What people do to a park: seats, shocks and one talk on its own; all of it can be replayed."""
