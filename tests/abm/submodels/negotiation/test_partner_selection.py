"""Partner selection: who may talk, in which order."""

from ecopark.abm.entities.codes import IDENTIFIED, SCREENED
from ecopark.abm.submodels.negotiation.partner_selection import are_free_to_talk
from tests.abm.submodels.negotiation.table_of_talks import Table
from tests.abm.submodels.tables import one, params, rows


def test_ties_keep_their_order_and_what_is_not_screened_stays_away():
    room = Table(5, 99, 8, 5, -1, stage=[SCREENED, IDENTIFIED, SCREENED, SCREENED, SCREENED])
    assert room.open() == [2, 0, 3, 4]


def test_only_screened_live_willing_pairs_talk():
    assert Table(5, stage=IDENTIFIED).open() == []
    assert Table(5, allowed=1).open() == []
    mistrusted = Table(5)
    mistrusted.pairs.trust[1] = 0.1
    assert mistrusted.open() == []


def test_planner_decides_who_talks():
    p = params({"governance.mode": "planned"})
    pairs, way = rows("pairs", 2, trust=0.0), one("opportunities", back=1)
    assert not are_free_to_talk(0, p, way, one("notes"), pairs)
    assert are_free_to_talk(0, p, way, one("notes", assigned=700), pairs)
    room = Table(5, assigned=700)
    room.open(values={"governance.mode": "planned"})
    assert (room.talks.planned[0], room.talks.reserve_seller[0], room.talks.reserve_buyer[0]) == (1, 0, 0)
    assert room.talks.quantity[0] == 700  # what the planner wants to flow
