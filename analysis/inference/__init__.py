"""What a sweep says: effects, sensitivity, scenario discovery, policy choice, uncertainty."""
