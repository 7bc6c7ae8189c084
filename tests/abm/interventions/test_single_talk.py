"""One negotiation on its own, without a trace in the park."""

import contextlib

import pytest

from ecopark import Park
from ecopark.abm.entities.codes import CLOSED
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.single_talk import hold_talk
from tests.abm.test_invariance import same_bits
from tests.parks import mixed, trio


def test_a_talk_on_its_own_is_the_talk_of_the_park():
    """The talk of the three companies, as recomputed in test_by_hand.py."""
    park = Park(trio(), 2)
    talk = hold_talk(park, "Smelter", "Builder")
    meetings = park.run(years=1).results.meetings
    assert [offer.price for offer in talk.offers] == pytest.approx(meetings.price.tolist())
    assert [offer.answer for offer in talk.offers] == meetings.answer.tolist()
    assert [offer.speaker for offer in talk.offers] == meetings.speaker.tolist()
    assert (talk.agreed, talk.quantity, talk.unit, talk.material, talk.input) == (True, 3750, "t", "slag", "gravel")
    assert talk.seller_reserve == 0  # what arranging costs is part of the gain
    assert talk.zone == pytest.approx(3750 * (24 - 2 + 0.8 * 30 - 5) - 2400 - 60_000 / 4 - 0.02 * 60_000 - 2 * 7500)
    assert talk.offers[-1].seller_gain + talk.offers[-1].buyer_gain == pytest.approx(talk.zone)


@pytest.mark.parametrize("years", [0, 2])
def test_a_talk_leaves_the_park_as_it_was(years):
    park = Park(mixed(), 1).run(years)
    expected = park.fork().run()
    held = 0
    for way in park.results.opportunities.itertuples():
        with contextlib.suppress(InputError):
            held += len(hold_talk(park, way.seller, way.buyer).offers) > 0
    assert held > 0
    same_bits(park.run(), expected)
    assert len(park.results.meetings) == len(expected.results.meetings) > 0


def test_talks_that_cannot_be_say_what_could():
    park = Park(mixed(), 1)
    for seller, buyer, material, words in (
        ("Smelter", "Builder A", None, "Smelter B"),
        ("Builder A", "Smelter A", None, "nobody"),
        ("Smelter A", "Builder A", "warmth", "slag"),
        ("Smelter A", "Laundry", "warmht", "warmth"),
    ):
        with pytest.raises(InputError, match=words):
            hold_talk(park, seller, buyer, material)


def test_what_is_promised_is_set_aside_for_a_talk():
    park = Park(trio(), 2)
    fresh = hold_talk(park, "Smelter", "Builder")
    again = hold_talk(park.run(2), "Smelter", "Builder")
    assert (fresh.set_aside, again.set_aside) == (False, True)
    assert again.quantity == pytest.approx(fresh.quantity)


def test_nobody_talks_with_a_company_that_is_not_there():
    park = Park(trio(), 2)
    park.state.companies.status[park.names.index("Builder")] = CLOSED
    park.state.companies.coming_capacity[park.names.index("Builder")] = 0
    with pytest.raises(InputError, match="companies that are open"):
        hold_talk(park, "Smelter", "Builder")
