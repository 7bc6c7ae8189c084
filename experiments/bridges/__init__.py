"""Doors to the tools of the field: the model in the form in which other libraries ask for it."""
