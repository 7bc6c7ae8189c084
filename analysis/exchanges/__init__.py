"""What became of exchanges: how long they last and why they end."""
