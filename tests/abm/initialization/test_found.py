"""Founding: the first month's tables against the obvious way to build them; nothing of a run stays behind."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given

from ecopark import Park, load_scenario
from ecopark.abm.entities.codes import IN, OPEN, OUT, WAITING
from ecopark.abm.initialization import companies as roster
from ecopark.abm.initialization.calendar import build_calendar
from ecopark.abm.initialization.companies import call_roll
from ecopark.abm.initialization.found import ground_of
from ecopark.abm.initialization.levers import lay_levers
from ecopark.abm.initialization.opportunities import CARRIER_CO2
from ecopark.abm.initialization.price_paths import lay_paths
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.numerics.randomness import identity_of
from tests.abm.negotiation.strategies import parks
from tests.parks import MIXED, TRIO, changed, economics_of, mixed, scenario_of, trio


def obvious_opportunities(scenario):
    """Return (seller, by-product, buyer, input) of all streams within reach of a conversion, by plain loops."""
    tables = scenario.tables
    reach = {row.material: row.max_km for row in tables["materials"]}
    staged = {}
    for event in tables["events"]:
        if event.kind == "process":
            staged.setdefault(event.company, set()).add(event.value)
    made = {name: set() for name in ("out", "in")}
    for company in tables["companies"]:
        kinds = {company.type} | staged.get(company.name, set())
        for row in tables["processes"]:
            if row.type in kinds:
                made[row.direction].add((company, row.material))
    found = set()
    for way in tables["conversions"]:
        for seller, given_ in made["out"]:
            for buyer, taken in made["in"]:
                far = math.hypot(seller.x_km - buyer.x_km, seller.y_km - buyer.y_km)
                if (
                    (given_, taken) == (way.by_product, way.input)
                    and seller.name != buyer.name
                    and far <= reach[given_]
                ):
                    found.add((seller.name, given_, buyer.name, taken))
    return found


@given(parks())
def test_opportunities_are_all_pairs_within_reach(scenario):
    ways = Park(scenario).results.opportunities
    listed = list(zip(ways.seller, ways.material, ways.buyer, ways.input, strict=True))
    assert len(set(listed)) == len(listed)
    assert set(listed) == obvious_opportunities(scenario)
    assert (ways.stage == "latent").all()


@given(parks())
def test_every_index_leads_where_it_says(scenario):
    state = Park(scenario).state
    ways, streams, pairs, companies = state.opportunities, state.streams, state.ties, state.companies
    assert (streams.company[ways.supply] == ways.seller).all()
    assert (streams.company[ways.demand] == ways.buyer).all()
    assert (streams.direction[ways.supply] == OUT).all()
    assert (streams.direction[ways.demand] == IN).all()
    assert ((pairs.owner[ways.there] == ways.seller) & (pairs.other[ways.there] == ways.buyer)).all()
    assert ((pairs.owner[ways.back] == ways.buyer) & (pairs.other[ways.back] == ways.seller)).all()
    for row in range(len(streams)):
        first, count = streams.opportunity_first[row], streams.opportunity_count[row]
        own = range(first, first + count)
        if streams.direction[row] == OUT:
            assert list(own) == np.flatnonzero(ways.supply == row).tolist()
        else:
            assert sorted(state.needs.opportunity[list(own)]) == np.flatnonzero(ways.demand == row).tolist()
    for row in range(len(companies)):
        own = np.arange(companies.stream_first[row], companies.stream_first[row] + companies.stream_count[row])
        assert own.tolist() == np.flatnonzero(streams.company == row).tolist()
        own = np.arange(companies.pair_first[row], companies.pair_first[row] + companies.pair_count[row])
        assert own.tolist() == np.flatnonzero(pairs.owner == row).tolist()
        assert (np.diff(pairs.other[own]) > 0).all()
        first, count = companies.contact_first[row], companies.contact_count[row]
        contacts = state.contacts[first : first + count]
        assert (pairs.owner[contacts.pair] == row).all()
        assert (pairs.other[contacts.pair] == contacts.other).all()
        assert (pairs.contact[contacts.pair] == 1).all()
        assert row not in contacts.other


def test_an_opportunity_holds_what_conversion_carrier_and_distance_make_of_it():
    park = Park(mixed({"contract.term_truck": 4, "contract.term_pipe": 12}))
    ways = park.results.opportunities
    far = math.hypot(9, 4)
    slag = park.state.opportunities[ways[(ways.seller == "Smelter A") & (ways.buyer == "Builder A")].index[0]]
    assert slag.distance == pytest.approx(far)
    costs = economics_of(park.state, slag)
    assert costs.transport == pytest.approx(1 + 0.1 * far)
    assert (slag.arriving, slag.ratio, costs.share, costs.treatment, costs.handling) == (1, 0.8, 0.7, 3, 1)
    assert (costs.capital_fixed, costs.capital_flow, costs.lead, costs.permit, costs.term) == (30_000, 0, 2, 0, 4)
    assert costs.burden == pytest.approx(0.001 + CARRIER_CO2["truck"] * far)
    far = math.hypot(2, 1)
    warm = park.state.opportunities[ways[(ways.seller == "Smelter A") & (ways.buyer == "Greenhouse")].index[0]]
    assert warm.arriving == pytest.approx(0.98**far)
    costs = economics_of(park.state, warm)
    assert costs.capital_fixed == pytest.approx(50_000 + 60_000 * far)
    assert costs.capital_flow == pytest.approx(1 + 0.5 * far)
    assert (costs.permit, costs.term, costs.burden) == (1, 12, 0)


def test_only_the_nearest_partners_are_considered():
    many = [{"name": f"Builder {n:02}", "type": "builder", "x_km": n + 1} for n in range(30)]
    tables = {**MIXED, "companies": [MIXED["companies"][0], *many], "events": []}
    ways = Park(scenario_of(tables, {"discovery.partners": 5})).results.opportunities
    slag = ways[ways.material == "slag"]
    assert sorted(slag.distance_km) == [1, 2, 3, 4, 5]


def test_quality_counts_as_a_better_or_worse_substitute():
    tables = changed(TRIO, processes=[{"type": "smelter", "material": "slag", "direction": "out", "quality": 0.5}])
    assert sorted(Park(scenario_of(tables)).state.opportunities.ratio) == pytest.approx([0.4, 0.5])


def test_dates_of_conversions_are_months_of_the_run():
    tables = changed(
        TRIO, conversions=[{"by_product": "slag", "input": "sand", "known_from": 2003, "allowed_from": 2004}]
    )
    state = Park(scenario_of(tables)).state
    assert sorted(state.funnel.known) == [0, 36]
    assert sorted(economics_of(state, state.opportunities).allowed) == [0, 48]
    early = changed(TRIO, conversions=[{"by_product": "slag", "input": "sand", "known_from": 1990}])
    assert Park(scenario_of(early)).state.funnel.known.tolist() == [0, 0]


def contacts_of(park):
    names, state = list(park.names), park.state
    return {
        name: {names[state.contacts.other[entry]] for entry in range(first, first + count)}
        for name, first, count in zip(names, state.companies.contact_first, state.companies.contact_count, strict=True)
    }


def test_contacts_are_the_nearest_and_go_both_ways():
    park = Park(mixed({"social.contacts": 1, "social.rewiring": 0}))
    contacts = contacts_of(park)
    rows = {row["name"]: (row["x_km"], row["y_km"]) for row in MIXED["companies"]}
    for name, others in contacts.items():
        far = {other: math.dist(rows[name], rows[other]) for other in rows if other != name}
        assert min(far[other] for other in others) == min(far.values())
        assert all(name in contacts[other] for other in others)


def test_named_contacts_take_the_place_of_the_nearest():
    rows = [{"name": "Laundry", "contacts": "Builder B; Smelter A"}]
    contacts = contacts_of(Park(mixed({"social.contacts": 0}, companies=rows)))
    assert contacts["Laundry"] == {"Builder B", "Smelter A"}
    assert contacts["Builder B"] == {"Laundry"}
    assert contacts["Greenhouse"] == set()
    beside = contacts_of(Park(mixed({"social.contacts": 2, "social.rewiring": 0}, companies=rows)))
    assert {"Builder B", "Smelter A"} <= beside["Laundry"]


def test_some_contacts_are_far_ones():
    near = contacts_of(Park(mixed({"social.contacts": 2, "social.rewiring": 0})))
    far = contacts_of(Park(mixed({"social.contacts": 2, "social.rewiring": 1})))
    assert near != far


def test_strangers_trust_by_default_and_one_house_more():
    park = Park(mixed({"trust.start": 0.4, "trust.same_owner": 0.95}, companies=[
        {"name": "Smelter A", "owner": "One"}, {"name": "Builder A", "owner": "One"}, {"name": "Laundry", "owner": "Two"},
    ]))  # fmt: skip
    names, ties = list(park.names), park.state.ties
    one = {names.index("Smelter A"), names.index("Builder A")}
    same = np.array([{int(tie.owner), int(tie.other)} == one for tie in ties])
    assert same.sum() == 2
    assert park.state.pairs.trust.tolist() == pytest.approx(np.where(same, 0.95, 0.4))


def test_companies_are_what_their_types_and_rows_say():
    park = Park(mixed({"turnover.reserve": 10, "behaviour.payback": 2, "behaviour.attitude": 0.5}, companies=[
        {"name": "Laundry", "size": 2500, "wacc": 0.2, "payback": 1, "attitude": 0.9, "opportunism": 0.7, "risk_aversion": 3},
    ]))  # fmt: skip
    row = park.state.companies[list(park.names).index("Laundry")]
    assert row.identity == identity_of("Laundry")
    assert row.capacity == pytest.approx(2500 / 12)
    assert row.fixed_cost == pytest.approx(200_000 / 12)
    assert row.jobs == pytest.approx(17.5)
    assert (row.wacc, row.payback, row.opportunism, row.risk_aversion) == (0.2, 2, 0.7, 3)
    assert row.attitude == row.attitude_start == pytest.approx(0.45)
    assert row.cash_limit == pytest.approx(10 * row.fixed_cost)
    assert (row.status, row.prospect, row.rebase) == (OPEN, 1, 1)
    newcomer = park.state.companies[list(park.names).index("Newcomer")]
    assert (newcomer.status, newcomer.candidate, newcomer.prospect) == (WAITING, 1, 0)


def test_payback_limits_of_plants_of_one_type_differ_by_a_log_normal_draw():
    park = Park(load_scenario("synthetic", {"synthetic.companies": 3000}), 4)
    kinds = park.scenario.tables["types"]
    ratio = np.log(park.state.companies.payback / np.array([kinds[kind].payback for kind in park.state.companies.type]))
    assert (ratio.mean(), ratio.std()) == (pytest.approx(0, abs=0.02), pytest.approx(0.3, rel=0.05))


def test_share_that_registers_and_shares_fairly_is_as_asked():
    companies = Park(
        load_scenario("synthetic", {"synthetic.companies": 3000, "behaviour.fair": 0.3}), 4
    ).state.companies
    assert companies.fair.mean() == pytest.approx(0.3, abs=0.03)
    assert np.quantile(companies.registration, [0.25, 0.5, 0.75]) == pytest.approx([0.25, 0.5, 0.75], abs=0.03)


def test_own_streams_take_the_place_of_those_of_the_type():
    rows = [
        {"company": "Smelter", "material": "slag", "direction": "out", "per_year": 600},
        {"company": "Smelter", "material": "sand", "direction": "in", "per_year": 240},
    ]
    park = Park(trio(streams=rows))
    streams = park.state.streams[park.state.streams.company == list(park.names).index("Smelter")]
    made = {
        (park.scenario.tables["materials"][row.material].material, int(row.direction)): row.coefficient
        for row in streams
    }
    assert made == {("slag", OUT): pytest.approx(600 / 12000), ("sand", IN): pytest.approx(240 / 12000)}


def test_price_paths_run_through_the_middle_of_each_year():
    paths = np.exp(lay_paths(mixed(), 132))
    names = [row["material"] for row in MIXED["materials"]]
    heat = paths[names.index("heat")]
    middle = (heat[5::12] + heat[6::12]) / 2
    years = np.arange(2000, 2011)
    assert middle == pytest.approx(np.interp(years, [1998, 2003, 2008], [6, 9, 14]), rel=2e-3)
    assert set(paths[names.index("water")].round(12)) == {1.2}
    assert np.isnan(paths[names.index("slag")]).all()


def test_history_of_rules_is_a_step_function():
    rows = [
        {"date": "2001-07", "landfill_tax": 20},
        {"date": "2000", "landfill_tax": 5, "broker": 1},
        {"date": "2003", "broker": 0},
    ]
    levers = lay_levers(scenario_of({**TRIO, "levers": rows}), 60)
    assert levers.landfill_tax.tolist() == [5] * 18 + [20] * 42
    assert levers.broker.tolist() == [1] * 36 + [0] * 24
    assert set(levers.energy_price) == {1}


def test_a_coordinator_of_the_facilitated_mode_is_a_broker():
    levers = Park(mixed({"governance.mode": "facilitated", "governance.facilitator": 0.75})).state.levers
    assert set(levers.broker) == {0.75}
    assert set(levers.programme_cost) == {0.75 * 20_000}


def test_calendar_is_in_order_and_announces_what_comes():
    scenario = mixed({"discovery.announcement": 24}, events=[
        {"date": "2005-04", "kind": "process", "company": "Smelter A", "value": "builder"},
        {"date": "1990", "kind": "contacts", "value": "0.5"},
        {"date": "2004", "kind": "permit_withdrawn", "company": "Smelter B", "value": "slag"},
        {"date": "2003", "kind": "size", "company": "Smelter B", "value": "600"},
    ])  # fmt: skip
    ground = ground_of(scenario)
    calendar = build_calendar(scenario, call_roll(scenario), ground.companies, ground.streams)
    assert (np.diff(calendar.month) >= 0).all()
    assert calendar.tobytes() == ground.calendar.tobytes()
    kinds = {}
    for entry in calendar:
        kinds.setdefault(int(entry.kind), []).append(int(entry.month))
    opens, closes, process = 40, 134, 63
    assert kinds[0] == [opens]
    assert kinds[1] == [closes]
    assert set(kinds[2]) == {process}
    assert set(kinds[8]) == {opens - 24, closes - 24, process - 24}
    assert kinds[4] == [0]
    assert kinds[6] == [48]
    assert (kinds[3], kinds[10]) == ([36], [12])


@pytest.mark.parametrize(("notice", "share"), [(48, 0.5), (0, 1)])
def test_deals_before_a_plant_shrinks_fit_the_smaller_plant(notice, share):
    shrinks = {"date": "2003", "kind": "size", "company": "Smelter", "value": "6000"}
    park = Park(trio({"discovery.announcement": notice}, events=[shrinks])).run(years=2)
    signed = park.results.exchanges.query("buyer == 'Builder'")
    possible = min(0.5 * 6000 / 0.8, share * 0.5 * 12000)
    assert signed.quantity.tolist() == [pytest.approx(possible)]


def test_parameters_travel_as_one_record():
    state = Park(mixed({"trust.gain": 0.07, "negotiation.protocol": "threshold", "production.phi": 0.5}), 9).state
    record = state.params[0]
    for name in PARAMETERS:
        # who bargains how is a column of companies
        assert (name.replace(".", "_") in record.dtype.names) == (name != "strategy.default")
    assert (record.trust_gain, record.seed) == (0.07, 9)
    assert record.monthly_phi**12 == pytest.approx(0.5)
    assert (1 - record.monthly_hold_up) ** 12 == pytest.approx(0.95)
    assert state.params.dtype == Park(trio()).state.params.dtype


def test_runs_share_their_ground_and_leave_no_trace_in_it():
    scenario = mixed()
    before = Park(scenario, 1).state.copy()
    Park(scenario, 2).run()
    Park(scenario.replace({"trust.start": 0.9, "contract.term_truck": 9}), 1).run(years=2)
    after = Park(scenario, 1).state
    for name, table in before.tables().items():
        assert table.tobytes() == after.tables()[name].tobytes(), name


# The generator of parks and regions.


def generated(**values):
    return Park(load_scenario("synthetic", {f"synthetic.{name}": value for name, value in values.items()}))


def test_generator_draws_one_layout_for_all_seeds():
    one, other = Park(load_scenario("synthetic"), 1), Park(load_scenario("synthetic"), 2)
    for column in ("x", "y", "type", "capacity", "identity"):
        assert one.state.companies[column].tobytes() == other.state.companies[column].tobytes()
    moved = generated(layout=2)
    assert moved.state.companies.x.tobytes() != one.state.companies.x.tobytes()
    assert sorted(one.names) == sorted(f"c{number}" for number in range(60))


@pytest.mark.parametrize("count", [2, 30, 1000])
def test_generator_makes_as_many_companies_at_the_density_asked_for(count):
    companies = generated(companies=count, scatter=1, candidates=0.5).state.companies
    assert len(companies) == len(set(companies.identity)) == count + round(0.5 * count)
    side = math.sqrt(count / 0.3)
    assert (companies.x >= 0).all()
    assert (companies.x <= side).all()
    assert (companies.status[companies.candidate == 0] == OPEN).all()
    assert (companies.status[companies.candidate == 1] == WAITING).all()
    assert companies.candidate.sum() == round(0.5 * count)


def test_candidates_are_laid_beside_the_companies_and_not_in_regions(monkeypatch):
    few, many = (generated(companies=40, candidates=share).state.companies for share in (0, 1))
    those = many[many.candidate == 0]
    assert sorted(zip(few.x, few.type, few.capacity, strict=True)) == sorted(
        zip(those.x, those.type, those.capacity, strict=True)
    )
    monkeypatch.setattr(roster, "REGION", 39)
    assert len(generated(companies=40, candidates=1, density=0.31).state.companies) == 40


def test_centres_and_sizes_follow_their_parameters():
    tight, loose = (generated(companies=60, scatter=0, centre_size=60, centre_spread=far) for far in (0.1, 5))
    assert 20 * tight.state.companies.x.std() < loose.state.companies.x.std()
    small, large = (
        generated(companies=400, size_mean=mean, size_sd=0).state.companies.capacity.sum() for mean in (-1, 1)
    )
    assert large / small == pytest.approx(math.exp(2))


def test_diversity_is_the_share_of_types_and_scatter_spreads_them():
    few, all_ = (len(set(generated(companies=2000, diversity=share).state.companies.type)) for share in (0.1, 1))
    assert 2 <= few < all_ / 5
    planned, scattered = (len(generated(companies=400, scatter=share).state.opportunities) for share in (0, 1))
    assert planned > scattered


PRINT = """
import hashlib
from ecopark import load_scenario
from ecopark.abm.initialization.found import found
from ecopark.abm.initialization.price_paths import lay_paths

for name in ("kalundborg", "synthetic"):
    tables = found(load_scenario(name), 1, 120).tables()
    print(name, *(hashlib.sha256(table.tobytes()).hexdigest() for table in tables.values()))
"""


def features():
    """Return what numpy uses of this processor beyond its baseline, the widest last: AVX2 is in X86_V3, AVX-512 in X86_V4."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]


def test_founding_gives_the_same_bits_whatever_vector_instructions_there_are():
    """numpy chooses its array functions by processor; here it goes without the wider half of them, then without all."""
    usable = features()
    if not usable:
        pytest.skip("numpy uses nothing of this processor that can be switched off")
    found_here = set()
    for off in ([], usable[1:], usable):
        command = [sys.executable, "-W", "ignore", "-c", PRINT]
        environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(off)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found_here.add(done.stdout)
    assert len(found_here) == 1


def test_a_generated_region_is_drawn_from_its_mix(tmp_path):
    (tmp_path / "scenario.toml").write_text("[synthetic]\ncompanies = 12\n")
    (tmp_path / "mix.csv").write_text("type\nbrewery\nbiogas_plant\npig_farms\n")
    scenario = load_scenario(tmp_path)
    drawn = {scenario.tables["types"][kind].type for kind in call_roll(scenario).types}
    assert drawn <= {"brewery", "biogas_plant", "pig_farms"}
    assert len(drawn) > 1


def test_a_mix_of_unknown_types_and_types_without_streams_is_refused(tmp_path):
    (tmp_path / "scenario.toml").write_text("[synthetic]\ncompanies = 12\n")
    (tmp_path / "mix.csv").write_text("type\nbrewry\nother_plant\n")
    with pytest.raises(InputError) as error:
        load_scenario(tmp_path)
    assert ("brewry", "brewery") in {(one.value, one.nearest) for one in error.value.mistakes}
    (tmp_path / "mix.csv").write_text("type\nbrewery\nother_plant\n")
    with pytest.raises(InputError, match="other_plant"):
        load_scenario(tmp_path)
