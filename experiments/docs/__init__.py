"""The handbook: pages, what is made of the declarations, and the tools that run every block of code in them."""
