"""Who may see whose private numbers: cash, results, costs, gains, trust, willingness and offers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sight:
    """What one person sees. everything: all companies; else only the own ones."""

    everything: bool = True
    own: frozenset[str] = field(default_factory=frozenset)

    def sees(self, company: str) -> bool:
        """Tell whether a company's private numbers may be shown."""
        return self.everything or company in self.own

    def sees_deal(self, seller: str, buyer: str) -> bool:
        """Tell whether the terms between two companies may be shown: to either of them."""
        return self.sees(seller) or self.sees(buyer)


ALL = Sight()
