"""Tables in, numbers and figures out."""
