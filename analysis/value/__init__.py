"""What exchanges are worth: the central optimum, cooperative games, division of the surplus."""
