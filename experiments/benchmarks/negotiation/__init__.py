"""How well and how safely companies bargain: talks taken from runs, played again by any strategies, and what comes of them."""
