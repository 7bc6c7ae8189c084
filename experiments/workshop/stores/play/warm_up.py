"""Before people come: every rule that is called between the months is compiled, so that nobody waits for it in play."""

from __future__ import annotations

from contextlib import suppress

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.attention import look_at
from ecopark.abm.interventions.offers import safe_offer, zone
from ecopark.abm.interventions.seats import advise
from ecopark.abm.interventions.talks import may_open, meet, open_talk
from ecopark.abm.park import Park

MOST_MEETINGS = 40


def warm_up(scenario: Scenario) -> bool:
    """Open talks in a park of its own and hold their meetings until a deal is signed; return whether one was."""
    park = Park(scenario, 0).advance(1)
    for company in park.names:
        for partner in park.names:
            if partner != company:
                look_at(park, company, partner)
        for one in may_open(park, company):
            with suppress(InputError):
                if _hold(park, open_talk(park, one.opportunity, company), company):
                    return True
    return False


def _hold(park: Park, talk: int, company: str) -> bool:
    """Hold a talk to its end; return whether it was signed."""
    zone(park, talk)
    _, offer = advise(park, talk, company)
    safe_offer(park, talk, company, offer)
    contracts = int(park.state.clock.exchanges[0])
    for _ in range(MOST_MEETINGS):
        if meet(park, talk) != "offer":
            break
    return int(park.state.clock.exchanges[0]) > contracts
