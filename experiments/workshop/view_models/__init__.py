"""View models: plain values for the screen, computed from a park; no widget is known here."""
