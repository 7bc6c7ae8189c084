"""The platform: its members read each other's listings before they look elsewhere."""

from __future__ import annotations

import numpy as np

from ..entities.codes import LATENT
from ..numerics.compiled import compiled
from .standing import is_alive


@compiled
def has_platform(p, lever):
    """Tell whether there is a platform."""
    return p.discovery_by_platform == 1 and lever.platform > 0.0


@compiled
def is_listed(p, lever, companies, opportunity):
    """Tell whether both sides of an opportunity are registered on a platform."""
    if not has_platform(p, lever):
        return False
    return max(companies[opportunity.seller].registration, companies[opportunity.buyer].registration) < lever.platform


@compiled
def read_listings(t, p, lever, standing, s):
    """Return the share of the listings that match its streams which each company reads on a platform this month.

    A listing takes `search.platform_look` hours and shows all there is; it comes before looks at others.
    """
    read = np.zeros(len(s.companies) if has_platform(p, lever) else 0, dtype=np.float64)
    if len(read) == 0:
        return read
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != LATENT or s.funnel[row].known > t:
            continue
        opportunity = s.opportunities[row]
        if is_listed(p, lever, s.companies, opportunity) and is_alive(t, standing, s.conversions, opportunity):
            read[opportunity.seller] += 1.0
            read[opportunity.buyer] += 1.0
    for row in range(len(read)):
        needed = p.search_platform_look * read[row]
        company = s.companies[row]
        if read[row] > 0.0:
            read[row] = 1.0 if company.hours >= needed else company.hours / needed
            company.hours = max(0.0, company.hours - needed)
    return read
