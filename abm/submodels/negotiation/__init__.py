"""Bilateral negotiation: partner selection, opening, agenda, preferences, utility, outside option, meetings and their protocols, clearing, signing, impasse."""
