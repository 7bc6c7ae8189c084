"""Trust between companies and symbiosis, after Ghali, Frayret and Ahabchane (2017)."""
