"""Stories of parks without chance, whose numbers and causes are known beforehand."""

import pytest

from ecopark import Park
from ecopark.analysis.exchanges.ledger_audit import audit
from ecopark.analysis.exchanges.stories import pair_stories
from ecopark.analysis.report.run_parts_compared import paired_words
from ecopark.analysis.run_folder.tables import tables_of
from ecopark.experiments.workshop.languages.translate import Translator
from tests.pair_park import CONTRACT, pair


def told(scenario, seller="M", buyer="T", language="en"):
    tables = tables_of(Park(scenario, 1).run().results)
    say = Translator(language)
    return "\n".join(say(line) for story in pair_stories(tables, seller, buyer) for line in story.lines)


@pytest.mark.parametrize("years", [1, 3])
def test_the_terms_of_a_year_are_those_of_a_year_in_which_it_runs(years):
    """99,000 t a year at 25 EUR of disposal, 10 EUR of gravel and a price of -5 EUR, whenever the run ends."""
    text = told(pair(exchanges=[{**CONTRACT, "price": -5, "since": 2000}], years=years))
    assert "disposal that it no longer pays +2,475,000, what the buyer pays -495,000, handling -49,500" in text
    assert "input that it no longer buys +990,000, what it pays the seller +495,000" in text


@pytest.fixture(scope="module")
def left():
    """T2 opens next door in January 2004, and M leaves T, 60 km away, for it."""
    near = {"name": "T2", "type": "taker", "x_km": 1, "y_km": 0, "opens": "2004-01"}
    contract = {**CONTRACT, "per_year": 100000, "price": -11, "since": 2000, "term_years": 10}
    values = {"discovery.announcement": 24}
    park = pair(values, companies=[{"name": "T", "x_km": 60, "y_km": 0}, near], exchanges=[contract], years=8)
    return Park(park, 1).run().results


def test_who_leaves_for_something_better_does_so_because_that_begins(left):
    exchanges, events = left.exchanges, left.events.set_index("event")
    assert exchanges.reason.tolist()[0] == "better_use"
    end = events[events.kind == "ended"].iloc[0]
    cause = events.loc[end.cause]
    assert (cause.kind, cause.company, cause.partner, cause.month) == ("operating", "M", "T2", end.month)
    lines = [line.text for story in pair_stories(tables_of(left), "M", "T") for line in story.lines]
    place = next(place for place, line in enumerate(lines) if "has a better use" in line)
    assert lines[place + 1].startswith("because Slag flows from M to T2")


def test_a_demand_that_ends_an_exchange_is_not_told_as_met():
    values = {"investment.hold_up": 1, "investment.enforcement": 0, "trust.start": 0.3}
    types = [{"type": "maker", "opportunism": 1}, {"type": "taker", "opportunism": 1}]
    text = told(pair(values, {"capex": 2e6}, types=types, levers=[{"date": "2000", "broker": 9}], years=3))
    end = text[text.index("one side was held up") :]
    assert "more for Slag between M and T and the other leaves" in end
    assert "and gets it" not in text


def test_the_name_of_a_company_is_no_word(left):
    """In German M is short for a million and T for nothing: names stay as they are."""
    say = Translator("de")
    lines = [say(line) for story in pair_stories(tables_of(left), "M", "T") for line in story.lines]
    assert not [line for line in lines if "Mio." in line]
    assert any("von M zu T2" in line for line in lines)


def test_a_contract_that_has_not_begun_is_no_lack_of_books():
    tables = tables_of(Park(pair(exchanges=[{**CONTRACT, "since": 2030}], years=2), 1).run().results)
    assert audit(tables).differences == ()


def test_the_same_contracts_at_other_figures_are_not_called_no_change():
    """A landfill tax from the second year on changes what M gains, and no contract."""
    runs = [
        tables_of(Park(pair(values, exchanges=[{**CONTRACT, "price": -5, "since": 2000}], years=2), 1).run().results)
        for values in ({}, {"policy.landfill_tax.size": 60, "policy.landfill_tax.start": 2001})
    ]
    assert paired_words(runs[0], runs[0]).endswith("The runs never part: the change changed nothing.")
    assert "The same happens in both, at other figures." in paired_words(*runs)
