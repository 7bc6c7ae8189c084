"""Events of a change of process or size say from what to what."""

from ecopark import Park, load_scenario
from ecopark.abm.interventions.shocks import resize_company


def details(park, kind="process"):
    events = park.results.events
    return events[events["kind"] == kind]["detail"].tolist()


def test_a_size_and_a_process_say_what_they_were_and_are():
    said = details(Park(load_scenario("kalundborg"), 1).run(years=16))
    assert "Asnaes changes size 400,000 to 900,000 MWh a year" in said
    assert "Asnaes changes size 900,000 to 2,900,000 MWh a year" in said
    oil, coal = "oil-fired power station, condensing", "coal power station, condensing, no scrubber"
    assert f"Asnaes changes from {oil} to {coal}" in said
    assert not any("process or size" in line for line in said)


def test_what_a_person_changes_is_told_too():
    park = Park(load_scenario("kalundborg"), 1).run(years=2)
    resize_company(park, "Asnaes", 0.5)
    park.run(years=1)
    assert details(park)[-1] == "Asnaes changes size 900,000 to 450,000 MWh a year"
