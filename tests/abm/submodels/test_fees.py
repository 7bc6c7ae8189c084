"""Fees of programmes: members and clients pay, and nobody else does."""

import pytest

from ecopark.abm.entities.codes import BY_BROKER, OPEN
from ecopark.abm.park import Park
from tests.references import parks


@pytest.mark.parametrize(("policy", "size", "fee"), [("platform", 0.6, 100.0), ("broker", 1.0, 5000.0)])
def test_members_pay_the_fee_of_a_programme_and_nobody_does_by_default(policy, size, fee):
    """Registered companies pay every month, both sides of a match when it is proposed: it is taken from what they gain."""
    terms = {f"policy.{policy}.size": size, "turnover.hazard": 0, "turnover.insolvency": False, "turnover.entry": 0}
    free = Park(parks.thirty(terms), 3).advance(24)
    park = Park(parks.thirty({**terms, f"policy.{policy}.fee": fee}), 3).advance(24)
    registered = int(((park.state.companies.registration < size) & (park.state.companies.status == OPEN)).sum())
    matched = int((park.state.notes.channel == BY_BROKER).sum())
    paid = [run.results.accounts.query("item == 'fee' and is_company").paid.sum() for run in (free, park)]
    assert paid == pytest.approx([0, 24 * fee * registered if policy == "platform" else 2 * fee * matched])
    assert paid[1] > 0
    assert float(park.monthly.gain.sum()) == pytest.approx(float(free.monthly.gain.sum()) - paid[1])
