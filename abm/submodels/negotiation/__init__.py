"""Bilateral negotiation: opening, preferences, meetings, utility, outside option, signing and the protocols."""
