"""Spatial networks of industrial symbiosis, after Raimbault and others (2020)."""
