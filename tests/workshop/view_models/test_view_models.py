"""View models: what the screen shows of a park, without a screen."""

import json

import numpy as np
import pytest

from ecopark.abm.entities.codes import AGREED, ENDED
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.park import Park
from ecopark.experiments.workshop.stores.game import Game
from ecopark.experiments.workshop.stores.known_history import known_history
from ecopark.experiments.workshop.stores.laboratory import Laboratory
from ecopark.experiments.workshop.stores.solo import Solo
from ecopark.experiments.workshop.view_models import curves
from ecopark.experiments.workshop.view_models.anchor import anchor_of
from ecopark.experiments.workshop.view_models.bargaining import talk_chart, talk_list
from ecopark.experiments.workshop.view_models.company import company_sheet
from ecopark.experiments.workshop.view_models.comparison import compare, table_of
from ecopark.experiments.workshop.view_models.debrief import debrief
from ecopark.experiments.workshop.view_models.exchange import exchange_sheet
from ecopark.experiments.workshop.view_models.format import brief, figure, more, signed
from ecopark.experiments.workshop.view_models.history_line import add_history
from ecopark.experiments.workshop.view_models.layout import HEIGHT, WIDTH, lay_out
from ecopark.experiments.workshop.view_models.lines import live_chart
from ecopark.experiments.workshop.view_models.park_map import map_base, map_frame
from ecopark.experiments.workshop.view_models.privacy import Sight
from ecopark.experiments.workshop.view_models.sentence import explain
from ecopark.experiments.workshop.view_models.story import capital, date_of, story

NOTHING = Sight(False)


@pytest.fixture(scope="module")
def park(scenario):
    return Park(scenario, 1).advance(12 * 34)


@pytest.fixture(scope="module")
def ensembles(scenario):
    laboratory = Laboratory(scenario, 3)
    return laboratory.run({}), laboratory.run({"policy.carbon_price": 80})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (1234, "1,234"),
        (1.26e6, "1.26 million"),
        (-4.2e9, "−4.2 billion"),
        (0.123456, "0.123"),
        (float("nan"), "none"),
    ],
)
def test_numbers_for_people(value, words):
    assert figure(value) == words


def test_signs():
    assert signed(3.0, "t") == "+3 t"
    assert signed(-3.0, "t") == "−3 t"


def test_the_map_shows_every_exchange_and_talk_once(park):
    frame = map_frame(park, {"Asnaes"})
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    live = int(((table.stage >= AGREED) & (table.stage < ENDED)).sum())
    kinds = [link["kind"] for link in frame["links"]]
    assert kinds.count("talk") == int(park.state.clock.talks[0])
    assert len(kinds) - kinds.count("talk") == live > 5
    assert len({link["id"] for link in frame["links"]}) == len(frame["links"])
    assert sum(node[2] for node in frame["nodes"]) == 1
    json.dumps(frame, allow_nan=False)


def test_the_base_of_the_map_names_every_company(park, scenario):
    base = map_base(scenario)
    assert [node["name"] for node in base["nodes"]] == list(park.names)
    json.dumps(base, allow_nan=False)


@pytest.mark.parametrize("count", [1, 2, 18, 300])
def test_no_company_stands_on_another_or_outside(count):
    rng = np.random.default_rng(count)
    x, y = rng.normal(0, 1, count), rng.normal(0, 1, count)
    x[0], y[0] = 300.0, -200.0
    places = lay_out(x, y)
    assert ((places >= 0) & (places <= [WIDTH, HEIGHT])).all()
    gaps = np.hypot(*(places[:, None, :] - places[None, :, :]).transpose(2, 0, 1)) + 1e9 * np.eye(count)
    assert gaps.min() > 12


def test_companies_at_one_place_are_told_apart():
    places = lay_out(np.zeros(5), np.zeros(5))
    assert len({tuple(place) for place in places.round(3)}) == 5


def test_a_company_shows_its_numbers_to_those_who_may_see_only(park):
    whole, public = company_sheet(park, "Asnaes"), company_sheet(park, "Asnaes", NOTHING)
    private = {"cash", "attitude to exchanges", "trust in it", "result last month"}
    assert private <= {fact[0] for fact in whole["facts"]}
    assert not private & {fact[0] for fact in public["facts"]}
    assert "EUR" not in json.dumps(public)


def test_every_company_has_a_sheet_at_any_time(scenario):
    for months in (0, 1, 780):
        late = Park(scenario, 0).advance(months)
        for name in late.names:
            json.dumps(company_sheet(late, name), allow_nan=False)


def test_every_exchange_has_a_sheet_and_hides_its_terms(park):
    for number in range(int(park.state.clock.exchanges[0])):
        assert any(fact[0] == "price" for fact in exchange_sheet(park, number)["facts"])
        assert "EUR" not in json.dumps(exchange_sheet(park, number, NOTHING))


def test_the_log_is_newest_first_and_discreet(park):
    lines = story(park)
    months = [date_of(park, month) for month in range(park.month, -1, -1)]
    assert sorted(lines, key=lambda line: months.index(line["when"])) == lines
    assert any("EUR" in line["text"] for line in lines)
    assert not any(
        "EUR" in line["text"]
        for line in story(park, everything=True, sight=NOTHING)
        if line["kind"] in ("agreed", "building", "screened")
    )


def test_the_bargaining_table_shows_both_sides(park):
    talks = talk_list(park)
    assert talks[0]["open"] or int(park.state.clock.talks[0]) == 0
    option = talk_chart(park, talks[-1]["number"])
    seller, buyer = option["series"][:2]
    assert len(seller["data"]) == len(option["xAxis"]["data"])
    assert not any(
        ask is not None and offer is not None for ask, offer in zip(seller["data"], buyer["data"], strict=True)
    )
    assert not any(talk["shown"] for talk in talk_list(park, NOTHING))
    assert {talk["outcome"].split(":")[0] for talk in talks} <= {"open", "offer accepted", "failed"}


@pytest.mark.parametrize("name", curves.HEADLINES)
def test_every_headline_is_drawn_for_baseline_and_settings(ensembles, name):
    base, shown = ensembles
    option = curves.growth_chart(
        name, [curves.Shown("baseline", "#000", base, True), curves.Shown("mine", "#111", shown)]
    )
    means = [series for series in option["series"] if not series["name"].startswith("_")]
    assert [series["name"] for series in means] == ["baseline", "mine"]
    assert all(len(series["data"]) == 65 for series in option["series"])
    json.dumps(option, allow_nan=False)


def test_history_stands_beside_the_line_of_exchanges_where_it_is_known(ensembles, scenario):
    known = known_history("kalundborg", scenario)
    runs = [curves.Shown("baseline", "#000", ensembles[0])]
    option = add_history(curves.growth_chart("links", runs), known, "links")
    years, line = option["xAxis"]["data"], option["series"][-1]
    assert line["lineStyle"]["type"] == "dotted"
    assert dict(zip(years, line["data"], strict=True))[1990] == known.mid[1990]
    assert option["legend"]["data"] == ["baseline", "history"]
    json.dumps(option, allow_nan=False)
    assert "history" not in str(add_history(curves.growth_chart("trust", runs), known, "trust")["legend"])
    assert known_history("harbour", load_scenario("harbour")) is None
    game = Game(scenario, 1)
    assert [one["name"] for one in add_history(live_chart(game, "links"), known, "links")["series"]][-1] == "history"


def test_a_band_lies_around_its_mean(ensembles):
    low, middle, high = curves.spread(ensembles[0].values("links"))
    assert (low <= middle + 1e-9).all()
    assert (middle <= high + 1e-9).all()


def test_charts_are_valid_json_and_the_account_closes(ensembles):
    base, shown = ensembles
    for option in (
        curves.funnel_chart(shown),
        curves.ends_chart(base, shown, "mine"),
        curves.account_chart(base, shown, "mine"),
        curves.gains_chart(base, shown, "mine"),
    ):
        json.dumps(option, allow_nan=False)
    parts = next(series for series in curves.account_chart(base, shown, "mine")["series"] if series["name"] == "mine")[
        "data"
    ]
    assert parts[-1] == pytest.approx(sum(parts[:-1]), abs=0.01)


def test_the_public_purse_is_one_number_in_sentence_table_and_charts(ensembles):
    base, shown = ensembles
    purse = (shown.values("public_balance") - shown.values("public_balance_alone")).mean()
    before = (base.values("public_balance") - base.values("public_balance_alone")).mean()
    row = compare([("mine", shown)])[0]
    assert row["public purse a year"] == figure(purse, "EUR")
    chart = curves.account_chart(base, shown, "mine")
    bar = next(series for series in chart["series"] if series["name"] == "mine")["data"][-1]
    assert chart["yAxis"]["data"][-1] == "public purse"
    size = {"k": 1e3, "M": 1e6, "bn": 1e9}[chart["xAxis"]["name"].split()[0]]
    assert bar * size == pytest.approx(purse, rel=1e-3)
    line = curves.growth_chart("public_balance", [curves.Shown("mine", "#111", shown)])["series"][-1]["data"]
    assert np.mean(line) * size == pytest.approx(purse, rel=1e-3)
    lines = explain(base, shown, "a carbon price of 80")
    assert f"the public purse by {signed(purse - before, 'EUR')}" in lines[0]


def test_variants_side_by_side_and_as_a_table(ensembles):
    runs = [("baseline", ensembles[0]), ('a "variant", named', ensembles[1])]
    assert [row["settings"] for row in compare(runs)] == ["baseline", 'a "variant", named']
    lines = table_of(runs).splitlines()
    assert len(lines) == 1 + 2 * 3 * 65
    assert lines[0].count(",") == 2 + len(INDICATORS)


def test_live_lines_carry_the_other_future_and_the_ghost(scenario):
    game = Game(scenario, 1)
    game.go_to(1990)
    game.go_to(1980)
    game.fork()
    game.go_to(1985)
    names = [series["name"] for series in live_chart(game, "links")["series"]]
    assert names == ["this future", "the other future", "as it went until 1990"]
    json.dumps(live_chart(game, "trust"), allow_nan=False)


def test_the_debrief_compares_with_agents_and_with_the_optimum(scenario):
    solo = Solo(scenario, 1)
    solo.sit("Asnaes")
    solo.step(12 * 30)
    gained, broke, agents, optimum = debrief(solo)
    assert gained["tables"][0]["rows"][0]["cells"][:2] == ["Asnaes", "you"], "seats come first"
    running = agents["tables"][0]["rows"][0]["cells"]
    assert int(running[2]) > int(running[1]), "nobody answered the talks of Asnaes, its agent would have"
    assert "planner" in optimum["subtitle"]
    assert broke["title"] == "What broke"


def test_a_debrief_of_a_round_that_has_not_begun(scenario):
    sheets = debrief(Solo(scenario, 1))
    assert "at least a year" in sheets[3]["subtitle"]


def test_the_anchor_of_kalundborg(scenario):
    assert anchor_of(scenario) in ("Asnaes", "Refinery", "Novo Nordisk")


@pytest.mark.parametrize(
    ("value", "unit", "text", "apart"),
    [(1_234_000.0, "EUR", "1.23 M EUR", "+1.23 M EUR"), (-45_210.0, "t", "−45.2 k t", "−45.2 k t"), (0.0, "", "0", "0"), (12.0, "t", "12 t", "+12 t")],
)  # fmt: skip
def test_numbers_of_tables_are_brief(value, unit, text, apart):
    assert (brief(value, unit), more(value, unit)) == (text, apart)


def test_the_log_begins_its_sentences_with_a_capital(scenario):
    lines = story(Park(scenario, 1).advance(12 * 30))
    assert all(line["text"][0].isupper() or not line["text"][0].isalpha() for line in lines)
    assert capital("c7 closes", "c7") == "c7 closes", "a name is left as it is on the map"
