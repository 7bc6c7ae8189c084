"""Mesa's face of a park: what a Mesa user expects works, and costs the run nothing."""

import gc
import weakref

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

from ecopark import Company, Park, ParkModel, load_scenario
from ecopark.abm.entities.codes import CLOSED, OPEN
from ecopark.abm.entities.tables import describe
from ecopark.abm.input.errors import InputError
from ecopark.abm.model import seed_of
from ecopark.abm.observation.indicators import INDICATORS
from tests.abm.test_invariance import same_bits
from tests.parks import mixed


def test_a_step_is_a_month_and_a_run_is_the_same_bits():
    steps, run, park = ParkModel(mixed(), rng=7), ParkModel(mixed(), rng=7), Park(mixed(), 7)
    for _ in range(36):
        steps.step()
    same_bits(steps.park, run.run(years=3).park)
    same_bits(steps.park, park.run(years=3))
    assert steps.month == 36


def test_model_stops_running_at_its_horizon():
    model = ParkModel(mixed(years=2), rng=0)
    assert model.running
    model.run(years=1)
    assert model.running
    model.run()
    assert (model.running, model.month) == (False, 24)
    by_steps = ParkModel(mixed(years=1), rng=0)
    by_steps.run_model()
    assert by_steps.month == 12


def test_scenarios_come_by_name_by_object_and_with_values():
    assert ParkModel().scenario.name == "kalundborg"
    assert ParkModel("synthetic", rng=1, synthetic__companies=5).scenario["synthetic.companies"] == 5
    model = ParkModel(mixed(), rng=1, policy__landfill_tax=60, trust__gain=0.05)
    assert model.scenario["trust.gain"] == 0.05
    assert model.park.state.levers.landfill_tax[0] == 60
    with pytest.raises(InputError, match="trust"):
        ParkModel(mixed(), trust__gian=0.05)


class TestSeeds:
    @pytest.mark.parametrize("seed", [0, 7, np.int64(7), np.uint64(2**64 - 1)])
    def test_whole_numbers_are_seeds(self, seed):
        assert ParkModel(mixed(), rng=seed).park.seed == int(seed)
        assert ParkModel(mixed(), seed=int(seed)).park.seed == int(seed)

    def test_zero_is_a_seed(self):
        assert ParkModel(mixed(), rng=0).run().park.monthly.tobytes() == Park(mixed(), 0).run().monthly.tobytes()

    def test_generators_give_seeds_in_their_order(self):
        drawn = [seed_of(np.random.default_rng(5)) for _ in range(2)]
        assert drawn[0] == drawn[1]
        generator = np.random.default_rng(5)
        assert seed_of(generator) == drawn[0] != seed_of(generator)
        model = ParkModel(mixed(), rng=np.random.default_rng(5))
        assert model.park.seed == drawn[0]

    def test_sequences_and_bit_generators_are_taken_as_numpy_takes_them(self):
        assert seed_of([1, 2, 3]) == seed_of([1, 2, 3]) != seed_of([1, 2, 4])
        assert seed_of(np.random.SeedSequence(3)) == seed_of(np.random.SeedSequence(3))

    def test_none_is_entropy_of_the_system(self):
        assert ParkModel(mixed()).park.seed != ParkModel(mixed()).park.seed

    @pytest.mark.parametrize("seed", [-1, 2**64])
    def test_numbers_that_are_no_seeds_are_refused(self, seed):
        with pytest.raises(InputError, match="seed"):
            ParkModel(mixed(), rng=seed)


@pytest.fixture
def model():
    return ParkModel(mixed(), rng=3).run(years=6)


def test_companies_are_mesa_agents(model):
    agents = model.agents
    assert {"select", "agg", "groupby", "shuffle_do"} <= set(
        dir(agents)
    )  # Mesa has an own class for a model's agents from 3.4 on
    assert [agent.name for agent in agents] == list(model.park.names)
    assert all(isinstance(agent, mesa.Agent) and agent.model is model for agent in agents)
    assert len({agent.unique_id for agent in agents}) == 7
    assert len(model.agents_by_type[Company]) == 7
    assert model.agents is agents


def test_agents_are_made_when_first_asked_for():
    model = ParkModel("synthetic", rng=1, synthetic__companies=2000, synthetic__candidates=0)
    model.step()
    assert len(model._all_agents) == 0
    assert len(model.agents) == 2000


def test_an_agent_is_a_view_of_its_row(model):
    table = model.park.state.companies
    for agent in model.agents:
        for name, _, _, _ in describe("companies"):
            value, row = getattr(agent, name), table[name][agent.row]
            assert value == row or (np.isnan(value) and np.isnan(row)), name
    smelter = next(iter(model.agents.select(lambda agent: agent.name == "Smelter A")))
    assert (smelter.type_name, smelter.sector_name, smelter.pos) == ("smelter", "industry", (0.0, 0.0))
    assert smelter.is_open == (smelter.status == OPEN)
    assert smelter.is_closed == (smelter.status == CLOSED)
    assert isinstance(smelter.cash, float)
    assert isinstance(smelter.sells, int)


def test_what_is_written_to_an_agent_is_written_to_the_park(model):
    other = model.fork()
    greenhouse = next(agent for agent in model.agents if agent.name == "Greenhouse")
    greenhouse.attitude = 0.0
    greenhouse.capacity *= 2
    assert model.park.state.companies.attitude[greenhouse.row] == 0
    needs = [table.park.state.streams.amount.sum() for table in (model.run(years=1), other.run(years=1))]
    assert needs[0] > needs[1]


def test_columns_say_what_they_are():
    assert "EUR" in Company.cash.__doc__
    assert Company.attitude.__doc__.endswith("[0..1]")


def test_agent_sets_of_mesa_work_on_companies(model):
    open_companies = model.agents.select(lambda agent: agent.is_open)
    assert 0 < len(open_companies) <= 7
    jobs = open_companies.agg("jobs", sum)
    assert jobs == pytest.approx(sum(agent.jobs for agent in open_companies))
    assert set(model.agents.groupby("type_name").groups) == {"smelter", "builder", "greenhouse", "laundry"}
    model.agents.shuffle_do("step")
    smelter = next(iter(model.agents))
    assert smelter.pos == (smelter.x, smelter.y)


def test_data_collector_is_filled_from_the_record(model):
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame.columns.tolist() == list(INDICATORS)
    assert len(frame) == 72
    assert frame.links.tolist() == model.park.monthly.links.tolist()
    model.datacollector.collect(model)
    assert len(model.datacollector.get_model_vars_dataframe()) == 72
    agents = model.datacollector.get_agent_vars_dataframe()
    assert agents.index.names == ["Step", "AgentID"]
    assert len(agents) == 6 * 7
    last = agents.loc[71]
    assert last.company.tolist() == list(model.park.names)
    assert last.index.tolist() == [agent.unique_id for agent in model.agents]


def test_fork_is_independent_and_continues_with_the_same_shocks(model):
    fork = model.fork()
    assert isinstance(fork, ParkModel)
    assert (fork.month, fork.running, fork.park.seed) == (model.month, model.running, model.park.seed)
    same_bits(fork.run(years=2).park, model.fork().run(years=2).park)
    assert model.month == 72
    fork.set_policy("carbon_price", 500)
    assert fork.run(years=1).park.monthly.tax_revenue[-1] > model.run(years=3).park.monthly.tax_revenue[-1]


def test_agents_of_a_fork_belong_to_the_fork(model):
    fork = model.fork()
    next(iter(fork.agents)).attitude = 0.0
    assert next(iter(model.agents)).attitude > 0


def test_results_are_frames(model):
    assert len(model.results.yearly) == 6
    assert model.results.companies.company.nunique() == 7


@pytest.mark.filterwarnings("ignore:The `iterations` keyword")  # Mesa 3.3 has no other, 3.5 wants `rng` in its place
@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run_sweeps_parameters(processes):
    rows = batch_run(
        ParkModel,
        {"scenario": "synthetic", "synthetic__companies": 8, "rng": [1, 2], "policy__landfill_tax": [0, 100]},
        number_processes=processes,
        iterations=1,
        max_steps=13,
        data_collection_period=-1,
        display_progress=False,
    )
    by_model = {(row["rng"], row["policy__landfill_tax"]): row for row in rows}
    assert len(by_model) == 4
    for rng in (1, 2):
        assert by_model[rng, 100]["tax_revenue_alone"] > by_model[rng, 0]["tax_revenue_alone"]
    row = by_model[2, 0]  # Mesa 3.3 makes one step more than max_steps
    expected = Park(load_scenario("synthetic", {"synthetic.companies": 8}), 2).advance(row["Step"] + 1).monthly
    assert row["gain"] == expected.gain[-1]


class TestBookkeepingOfMesa:
    def test_kinds_of_agents_are_known_at_once(self):
        model = ParkModel("kalundborg", rng=1)
        assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == {Company: 18}
        assert ParkModel("kalundborg", rng=1).agent_types == [Company]

    def test_steps_and_time_count_months_however_they_are_run(self):
        model = ParkModel(mixed(), rng=1).run(years=2)
        assert (model.steps, model.time) == (24, 24.0)
        model.step()
        assert (model.steps, model.fork().steps) == (25, 25)

    @pytest.mark.skipif(not hasattr(mesa.Model, "run_for"), reason="Mesa before 3.4 has no time of its own")
    def test_mesas_time_runs_months_too(self):
        model = ParkModel(mixed(), rng=1).run(years=1)
        model.run_for(3)
        assert (model.month, model.time) == (15, 15.0)
        model.step()
        said = []

        def say():
            said.append(model.month)

        model.schedule_event(say, at=18)
        model.run_until(20)
        assert (model.month, len(said)) == (20, 1)
        same_bits(model.park, Park(mixed(), 1).advance(20))

    def test_rows_of_agents_and_of_the_model_have_the_same_labels(self):
        model = ParkModel(mixed(), rng=1).run(years=3)
        agents = model.datacollector.get_agent_vars_dataframe()
        whole = model.datacollector.get_model_vars_dataframe()
        steps = agents.index.get_level_values("Step").unique()
        assert steps.tolist() == [11, 23, 35]
        assert whole.index[-1] == 35
        for step in steps:
            assert agents.loc[step, "open"].sum() == model.park.monthly["companies"][step]

    @pytest.mark.parametrize("months", [24, 30])
    def test_batch_run_has_a_row_for_each_company(self, months):
        rows = batch_run(
            ParkModel, {"scenario": "kalundborg", "rng": [1, 2]}, max_steps=months, number_processes=1,
            data_collection_period=-1, display_progress=False,
        )  # fmt: skip
        assert len(rows) == 36
        assert {row["AgentID"] for row in rows} == set(range(1, 19))
        [step] = {row["Step"] for row in rows}  # Mesa 3.3 makes one step more than max_steps
        assert step in (months - 1, months)
        model = ParkModel("kalundborg", seed=2)
        for _ in range(step + 1):
            model.step()
        last = [row for row in rows if row["rng"] == 2]
        assert [row["cash"] for row in last] == [company.cash for company in model.agents]
        assert sum(row["open"] for row in last) == last[0]["companies"]

    def test_a_model_that_nobody_holds_is_freed(self):
        kept = []
        for seed in range(3):
            model = ParkModel(mixed(), rng=seed)
            assert len(model.agents) > 0
            kept.append(weakref.ref(model))
            del model
        gc.collect()
        assert [one() for one in kept] == [None, None, None]


class TestRemoval:
    def test_a_removed_company_closes_by_the_rules_of_the_model(self):
        model = ParkModel("kalundborg", rng=1).run(years=30)
        station = next(agent for agent in model.agents if agent.name == "Asnaes")
        now = model.month
        station.remove()
        assert station not in model.agents
        model.run(years=5)
        mine = model.results.exchanges.query("seller == 'Asnaes' or buyer == 'Asnaes'")
        assert mine["end_month"].notna().all()
        assert (mine["signed_month"] < now).all()
        assert model.results.companies.query("company == 'Asnaes'")["open"].tolist()[-1] is False

    def test_all_can_be_removed(self):
        model = ParkModel(mixed(), rng=1).run(years=1)
        model.remove_all_agents()
        model.step()
        assert len(model.agents) == 0
        assert model.park.monthly["companies"][-1] == 0

    def test_a_company_cannot_be_moved(self, model):
        company = next(iter(model.agents))
        with pytest.raises(AttributeError, match="places are fixed"):
            company.pos = (1.0, 2.0)


@pytest.mark.filterwarnings("ignore")  # Mesa's page warns of its own matters
def test_solara_viz_of_mesa_shows_a_park():
    pytest.importorskip("altair", reason="needs mesa[viz]")
    import solara
    from mesa.visualization import SolaraViz, make_plot_component

    page = SolaraViz(ParkModel("kalundborg", rng=1), components=[make_plot_component("links")], name="Kalundborg")
    box, context = solara.render(page, handle_error=False)
    assert box.children
    context.close()
