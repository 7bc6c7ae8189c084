"""O1, O2: worth, best network, fair price and why not, against parks that can be worked out by hand."""

import pytest

from ecopark import load_scenario
from ecopark.experiments.intake.best import best_of
from ecopark.experiments.intake.opportunities import opportunities_of, total_of, verdict
from ecopark.experiments.intake.opportunity_page import csv_of, html, record, text
from ecopark.experiments.intake.streams import read_park
from ecopark.experiments.intake.worth import rows_of
from tests.parks import write_folder

TYPE = {
    "sector": "steel", "product": "ware", "product_unit": "t", "typical_size": 100000, "margin": 30, "fixed_cost": 1000000, "jobs": 50,
    "wacc": 0.08, "payback": 5,
}  # fmt: skip
GOOD = {"unit": "t", "group": "material", "tonnes_per_unit": 1}
TOML = "start_year = 2000\nyears = 10\n[market]\nvolatility = 0.0\n[production]\nvolatility = 0.0\noutages = 0.0\n[turnover]\nhazard = 0.0\n"


def way(by_product, share):
    costs = {"ratio": 1, "treatment_cost": 1, "handling_cost": 0.5, "max_share": share, "capex": 0, "capex_flow": 0}
    return {"by_product": by_product, "input": "bench_gravel", **costs}


def park(tmp_path, companies, ways, toml=TOML, **tables):
    """Return a park of the rule cases: slag and ash worth 24.5 to who gives them, gravel of 10 EUR/t, haul 0.1 EUR/t/km."""
    given = {"carrier": "truck", "haul_cost": 0.1, "max_km": 100, "disposal": "bench_tip"}
    rows = {
        "companies": companies,
        "types": [{"type": kind, "label": kind, **TYPE} for kind in ("maker", "burner", "taker")],
        "materials": [
            {"material": "bench_slag", "label": "slag", **GOOD, **given}, {"material": "bench_ash", "label": "ash", **GOOD, **given},
            {"material": "bench_gravel", "label": "gravel", **GOOD, "price": 10},
        ],
        "routes": [{"route": "bench_tip", "label": "tip", "kind": "landfill", "unit": "t", "fee": 20, "haul": 5, "taxed_landfill": 1}],
        "processes": [
            {"type": "maker", "material": "bench_slag", "direction": "out", "coefficient": 1},
            {"type": "burner", "material": "bench_ash", "direction": "out", "coefficient": 1},
            {"type": "taker", "material": "bench_gravel", "direction": "in", "coefficient": 1},
        ],
        "conversions": ways,
        **tables,
    }  # fmt: skip
    return load_scenario(write_folder(tmp_path / "park", rows, toml))


def company(name, kind, x, size=100000, **more):
    return {"name": name, "type": kind, "size": size, "x_km": x, "y_km": 0, **more}


def pair(tmp_path, **more):
    return park(tmp_path, [company("M", "maker", 0), company("T", "taker", 10)], [way("bench_slag", 1)], **more)


def test_a_pair_is_worth_what_it_is_by_hand(tmp_path):
    found = opportunities_of(pair(tmp_path), recruit=False)
    (row,) = found.rows
    assert (row.quantity, row.p_min, row.p_max) == (90000, pytest.approx(-24.5), pytest.approx(8))
    assert row.value == pytest.approx(2_919_000, rel=1e-6)
    assert (row.fair, verdict(row), row.in_best) == (pytest.approx(-8.25), "worth talking", 90000)
    assert found.best.value == pytest.approx(2_919_000, rel=1e-6)
    assert row.giver_value(row.fair) == pytest.approx(row.taker_value(row.fair))


def test_one_stream_in_many_rows_counts_once_in_the_total(tmp_path):
    buyers = [company(f"T{number}", "taker", 10) for number in range(8)]
    found = opportunities_of(park(tmp_path, [company("M", "maker", 0), *buyers], [way("bench_slag", 1)]), recruit=False)
    assert len(found.rows) == 8
    assert found.best.value == pytest.approx(2_919_000, rel=1e-6)
    assert sum(row.in_best for row in found.rows) == pytest.approx(90000)


def test_classes_of_an_input_share_it(tmp_path):
    """Slag for 0.3 and ash for 0.6 of 100,000 t, 0.9 dependable: 27,000 and 54,000 t, whichever comes first."""
    companies = [
        company("M", "maker", 0, 200000, opens=2003),
        company("B", "burner", 0, 200000),
        company("T", "taker", 10),
    ]
    found = opportunities_of(park(tmp_path, companies, [way("bench_slag", 0.3), way("bench_ash", 0.6)]), recruit=False)
    assert {row.material: round(row.in_best) for row in found.rows} == {"bench_slag": 27000, "bench_ash": 54000}
    assert next(row for row in found.rows if row.giver == "M").reasons == ("not before 2003 (opens)",)


def test_one_company_more_never_lowers_the_total_after_annuities(tmp_path, monkeypatch):
    ways = [way("bench_slag", 0.3), way("bench_ash", 0.6)]
    companies = [company("M", "maker", 0), company("T", "taker", 10)]
    more = [company("B", "burner", 5), company("T2", "taker", 40), company("M2", "maker", 60)]
    before = 0.0
    for number in range(len(more) + 1):
        net = opportunities_of(park(tmp_path / str(number), companies + more[:number], ways), recruit=False).best.net
        assert net >= before - 1e-6 * max(before, 1.0)
        before = net


def test_why_not_names_the_reason_and_what_turns_it(tmp_path):
    far = park(tmp_path / "far", [company("M", "maker", 0), company("T", "taker", 150)], [way("bench_slag", 1)])
    (row,) = opportunities_of(far, recruit=False).rows
    assert (row.reasons[0], row.in_best) == ("too far (150 km, reach 100)", 0)
    cheap = {
        "routes": [
            {
                "route": "bench_tip",
                "label": "tip",
                "kind": "landfill",
                "unit": "t",
                "fee": 0,
                "haul": 0,
                "taxed_landfill": 1,
            }
        ]
    }
    companies = [company("M", "maker", 0), company("T", "taker", 90)]
    found = opportunities_of(park(tmp_path / "cheap", companies, [way("bench_slag", 1)], **cheap), recruit=False)
    (row,) = found.rows
    assert row.p_max - row.p_min == pytest.approx(-0.5)
    assert (
        "loses 0.567 EUR/t (turns with disposal at 0.5667 EUR/t, or bench_gravel at 10.57 EUR/t, or 84 km)"
        in row.reasons[0]
    )
    assert [miss.change for miss in found.misses] == ["half the distance"]
    assert found.misses[0].value == pytest.approx(row.value + 90000 * 4.5)


def test_what_is_under_contract_is_in_the_total_and_apart(tmp_path):
    signed = {
        "giver": "M",
        "taker": "T",
        "material": "bench_slag",
        "input": "bench_gravel",
        "per_year": 50000,
        "since": "1995",
        "price": -3,
    }
    buyers = [company("T", "taker", 10), company("T2", "taker", 10)]
    scenario = park(tmp_path, [company("M", "maker", 0), *buyers], [way("bench_slag", 1)], exchanges=[signed])
    rows = {row.taker: row for row in opportunities_of(scenario, recruit=False).rows}
    assert (rows["T"].in_use, rows["T"].in_best, rows["T"].capital) == (True, 50000, 0)
    assert record(opportunities_of(scenario, recruit=False), rows["T"])["fair_price"] == -3
    assert rows["T2"].quantity == pytest.approx(
        0.9 * 100000 - 50000
    )  # R5: contracts and what is new together take the dependable part


def test_ranges_hold_the_value_and_a_guess_widens_them(tmp_path):
    sure = pair(tmp_path / "sure", streams=[
        {"company": "M", "material": "bench_slag", "direction": "out", "per_year": 100000, "low": 100000, "high": 100000, "grade": "V"},
        {"company": "T", "material": "bench_gravel", "direction": "in", "per_year": 100000, "low": 50000, "high": 200000, "grade": "A"},
    ])  # fmt: skip
    (row,) = opportunities_of(sure, recruit=False).rows
    assert row.low == pytest.approx(45000 * 32.5 - 6000)
    assert (row.high, row.letter) == (pytest.approx(row.value), "A")  # no more slag than there is
    for found in (opportunities_of(load_scenario("kalundborg"), recruit=False), opportunities_of(sure, recruit=False)):
        assert all(row.low <= row.value <= row.high for row in found.rows)


def test_a_company_that_is_missing_is_worth_what_it_adds(tmp_path):
    lonely = park(tmp_path, [company("M", "maker", 0), company("B", "burner", 0)], [way("bench_slag", 1)])
    found = opportunities_of(lonely)
    assert found.best.value == 0
    assert found.recruits[0][0] == "taker"
    assert found.recruits[0][1] == pytest.approx(90000 * 33.5 - 6000)  # in the middle of the park, 0 km
    assert {(who, what) for who, what, _ in found.alone} == {("M", "bench_slag"), ("B", "bench_ash")}


def test_a_confidential_stream_shows_neither_quantity_nor_money(tmp_path):
    secret = {
        "company": "M",
        "material": "bench_slag",
        "direction": "out",
        "per_year": 77777,
        "price_now": 4321,
        "confidential": 1,
    }
    found = opportunities_of(pair(tmp_path, streams=[secret]), recruit=False)
    for shown in (text(found, None), csv_of(found), html(found, "", None)):
        assert "confidential" in shown
        assert not any(number in shown for number in ("77777", "77,77", "69,999", "4321", "4,321"))
    assert ", capital" not in text(found, None)  # it would tell the quantity


def test_a_class_under_contract_leaves_the_other_classes_their_share(tmp_path):
    """27,000 t of the need are the slag's at most and all under contract; the ash has its 54,000 t all the same (R5)."""
    signed = {
        "giver": "M",
        "taker": "T",
        "material": "bench_slag",
        "input": "bench_gravel",
        "per_year": 27000,
        "since": "1995",
    }
    companies = [
        company("M", "maker", 0),
        company("M2", "maker", 0),
        company("B", "burner", 0, 200000),
        company("T", "taker", 10),
    ]
    ways = [way("bench_slag", 0.3), way("bench_ash", 0.6)]
    rows = opportunities_of(park(tmp_path, companies, ways, exchanges=[signed]), recruit=False).rows
    assert {(row.giver, row.material): round(row.quantity) for row in rows} == {
        ("M", "bench_slag"): 27000,
        ("M2", "bench_slag"): 0,
        ("B", "bench_ash"): 54000,
    }


def test_best_network_is_the_planners(tmp_path):
    """O2: with everything dependable the total less annuities is what the model's planner finds for the first year (R16)."""
    from ecopark import Park
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.abm.submodels.planner import list_candidates, value_opportunities
    from ecopark.abm.submodels.planner_solver import fit_rows

    toml = TOML + "[contract]\ndependable = 1.0\n"
    companies = [
        company("M", "maker", 0),
        company("B", "burner", 5),
        company("T", "taker", 10),
        company("T2", "taker", 40),
    ]
    ways = [way("bench_slag", 0.3), way("bench_ash", 0.6)]
    scenario = park(tmp_path, companies, ways, toml=toml)
    state = Park(scenario).state
    p, lever = state.params[0], state.levers[0]
    values, fixed = value_opportunities(p, lever, state)
    rows = (list_candidates(0, p, state) > 0).nonzero()[0]
    use, room = fit_rows(state, rows)
    planned = solve_flows(values[rows], fixed[rows], use, room, float(p.contract_smallest), 0.0001, 1000)
    assert planned.value > 0
    assert opportunities_of(scenario, recruit=False).best.net == pytest.approx(planned.value, rel=0.01)


def test_the_total_equals_the_best_network_of_the_rows(imported):
    _, folder = imported["irep"]
    scenario = load_scenario(folder)
    assert total_of(read_park(scenario)) == pytest.approx(opportunities_of(scenario, recruit=False).best.value)


def test_a_park_without_a_table_is_refused(tmp_path):
    from click.testing import CliRunner

    from ecopark.abm.input.errors import InputError
    from ecopark.experiments.cli import main_group

    done = CliRunner().invoke(main_group, ["opportunities", "synthetic"])
    assert isinstance(done.exception, InputError)


def test_pairs_that_cannot_pay_change_no_total(imported):
    """What the range of a total leaves out is in no best network."""
    for name in ("irep", "workbook"):
        park = read_park(load_scenario(imported[name][1]))
        assert best_of(park, rows_of(park, paying=True)).value == best_of(park, rows_of(park)).value
        assert len(rows_of(park, paying=True)) < len(rows_of(park))
