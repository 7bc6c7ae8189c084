"""Forecasts, nulls, decoys and the commands of the benchmark, on parks small enough to be run here."""

import csv
import shutil
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.analysis.validation.null_models import FLOOR
from ecopark.experiments.commands import run, score
from ecopark.experiments.commands.benchmark import command
from ecopark.experiments.sweeps.execution import park_model
from ecopark.experiments.sweeps.execution.model_contract import POSTERIOR
from ecopark.experiments.sweeps.study_file.study import Study
from ecopark.experiments.validation import decoys, link_scores, posterior, posterior_model
from ecopark.experiments.validation.aims import AIMS, LOST, MINIMUM, OPEN, REACHED, in_order, judged
from ecopark.experiments.validation.benchmark import append_scores
from ecopark.experiments.validation.cases import case_of, cases_of, hazard_of, nulls_of, rates_of
from ecopark.experiments.validation.dynamics import survival_of, years_of
from ecopark.experiments.validation.points import NAMES, PRIORS, draw, points_of
from ecopark.experiments.validation.runs import Outcome, chances_of
from ecopark.experiments.validation.store import gather, kept, load, save, simulate
from ecopark.experiments.validation.tables import PARKS, read_parks
from ecopark.experiments.validation.variants import ABLATIONS, FRICTIONLESS, SCORES

SMALL = ("montville", "aalborg", "iskenderun")


def outcome(links, chances=3):
    """Return a run with links (opportunity, start, end)."""
    never = np.full(chances, np.nan)
    link, start, end = (
        (np.array(column, dtype=float) for column in zip(*links, strict=True)) if links else [np.empty(0)] * 3
    )
    found = {name: never.copy() for name in ("identified", "screened", "signed", "operating")}
    for name in found:
        found[name][link.astype(int)] = start
    return Outcome(
        **found, link=link.astype(int), start=start, end=end, reason=np.zeros(len(link)), price=np.zeros(len(link))
    )


@pytest.fixture(scope="module")
def parks(tmp_path_factory):
    """Return the tables of three small parks alone."""
    folder = tmp_path_factory.mktemp("parks") / "parks"
    shutil.copytree(PARKS, folder)
    for name in ("parks", "companies", "exchanges", "not_realised", "counts"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = [row for row in reader if row["park"] in SMALL]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, reader.fieldnames)
            writer.writeheader()
            writer.writerows(rows)
    return read_parks(folder)


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Put a posterior of three rows in place of the saved one."""
    path = tmp_path / "posterior.csv"
    values = np.array([[float(prior.at(np.array(share))) for prior in PRIORS] for share in (0.2, 0.5, 0.8)])
    posterior.write_posterior(values, "1.0", path)
    monkeypatch.setattr(posterior, "PATH", path)
    monkeypatch.setattr(posterior_model, "PATH", path)
    return path


@pytest.fixture(scope="module")
def cases(parks):
    return cases_of(parks)


class TestRuns:
    def test_what_runs_in_a_month(self):
        runs = gather([outcome([(0, 5, np.nan), (1, 10, 20)]), outcome([])], 3)
        assert runs.live(4).sum() == 0
        assert runs.live(5).tolist() == [[True, False, False], [False] * 3]
        assert runs.live(19)[0].tolist() == [True, True, False]
        assert runs.live(20)[0].tolist() == [True, False, False]
        assert runs.starts((0, 1)).tolist() == [5, np.inf]
        assert runs.funnel.tolist() == [[2, 2, 2, 2], [0, 0, 0, 0]]
        assert runs.part(np.array([1])).live(19).sum() == 0

    def test_runs_are_kept_as_they_are(self, tmp_path):
        runs = gather([outcome([(0, 5, np.nan)]), outcome([(2, 1, 3)])], 3)
        save(tmp_path / "park.npz", runs)
        again = load(tmp_path / "park.npz")
        assert (again.count, again.chances) == (2, 3)
        assert again.live(5).tolist() == runs.live(5).tolist()

    def test_runs_of_another_model_park_or_point_are_made_anew(self, cases, tmp_path):
        case, points, said = cases[0], points_of(draw(2)), []
        terms = (tmp_path / "park.npz", case.ground, len(case.chances))
        first = kept(*terms, points, "given", 1, said.append)
        assert kept(*terms, points, "given", 1, said.append).start.tolist() == first.start.tolist()
        assert len(said) == 1
        kept(*terms, [{**points[0], "search.hours": 7.0}, points[1]], "given", 1, said.append)
        kept(*terms, points, "given", 1, said.append)
        assert len(said) == 3

    def test_survival_by_hand(self):
        runs = gather([outcome([(0, 0, 24), (1, 0, np.nan)])], 3)
        assert survival_of(runs, 119, np.array([1.0, 2.0, 3.0, 4.0])).tolist() == [1, 1, 0.5, 0.5]

    def test_the_same_seeds_give_the_same_runs(self, cases):
        case, points = cases[0], points_of(draw(3))
        first, again = (simulate(case.ground, len(case.chances), points) for _ in range(2))
        assert first.start.tolist() == again.start.tolist()


class TestForecasts:
    def test_a_forecast_counts_runs_with_the_link_at_the_date(self, cases):
        case = next(one for one in cases if one.name == "aalborg")
        row = next(place for place, fact in enumerate(case.facts) if fact.realised)
        place = case.facts[row].places[0]
        runs = gather(
            [outcome([(place, 0, np.nan)], len(case.chances)), outcome([], len(case.chances))], len(case.chances)
        )
        assert case.forecast(runs)[row] == pytest.approx(1.5 / 3)
        assert case.forecast(runs, np.array([1.0, 0.0]))[row] == pytest.approx(1.5 / 2)

    def test_every_feasible_opportunity_is_in_one_row(self, cases):
        for case in cases:
            places = [place for rows, kind, _ in case.rows if kind == "undocumented" for place in rows]
            documented = {place for fact in case.facts for place in fact.places}
            assert len(places) == len(set(places))
            assert not documented & set(places)
            assert set(places) | documented >= set(case.feasible.tolist())

    def test_nulls_of_links(self, cases):
        case = next(one for one in cases if one.name == "aalborg")
        found = nulls_of(case, [one for one in cases if one is not case])
        possible = case.possible & np.isfinite(case.value())
        assert (found["N3"][possible] == 1 - FLOOR).all()
        assert ((found["N4"] > 0.5) == (case.value() > 0)).all()
        assert found["N7"][case.possible][0] == pytest.approx(case.y[case.possible].sum() / case.possible.sum())
        assert np.ptp(found["N7"][case.possible]) == 0
        rates = rates_of([one for one in cases if one is not case], documented=False)
        assert set(found["N8"][case.possible]) <= set(rates.values())

    def test_a_perfect_forecast_gets_the_best_value(self, cases):
        forecasts = []
        for case in cases:
            others = [one for one in cases if one is not case]
            forecasts.append(link_scores.forecast_of(case, others, np.where(case.y > 0, 1 - 1e-9, 1e-9)))
        scores = link_scores.score_links(cases, forecasts)
        by_aim = {score.aim: score for score in scores if score.verdict and score.park == "pooled"}
        assert by_aim["G1"].model == 1
        assert by_aim["G2"].model == 1
        assert by_aim["G3"].model > 0.95
        assert by_aim["G3 parks"].model == 1

    def test_a_null_has_no_skill_against_itself(self, cases):
        forecasts = []
        for case in cases:
            others = [one for one in cases if one is not case]
            plain = link_scores.forecast_of(case, others, case.y)
            forecasts.append(replace(plain, model=plain.nulls["N7"]))
        skill = {row.null: row.model for row in link_scores.log_skill(forecasts) if row.aim == "G3"}
        assert skill["N7"] == pytest.approx(0)

    def test_everything_feasible_is_a_bad_forecast(self):
        """Of all that is feasible in parks with links a few in a hundred were realised (N3)."""
        parks = read_parks()
        rows = [row for row in parks.role("fit") if row["park"] in ("taranto", "kymi", "lidkoping")]
        found = [case_of(parks, ground) for ground in map(lambda row: _ground(parks, row), rows)]
        realised = sum(case.y[case.possible].sum() for case in found)
        assert 0.005 < realised / sum(case.possible.sum() for case in found) < 0.1


def _ground(parks, row):
    from ecopark.experiments.validation.scenarios import ground_of

    return ground_of(parks, row)


def test_years_of_months(cases):
    case = cases[0]
    assert years_of(case, np.array([0.0, 13.0, np.inf])).tolist() == [case.ground.first, case.ground.first + 1, np.inf]


def test_ends_a_year_of_documented_links(cases):
    assert 0 < hazard_of(cases) <= 0.5


class TestDecoys:
    def test_companies_of_the_pool_have_no_documented_exchange(self, parks):
        whole = read_parks()
        linked = {row["company"] for row in whole.companies if row["linked"] == "yes"}
        assert not linked & {plant.name for plant, _ in decoys.pool_of(whole)}

    def test_decoys_are_added_and_named(self, cases):
        ground, names = decoys.with_decoys(read_parks(), cases[0].ground, 5, 1)
        assert len(names) == 5
        assert len(ground.scenario.tables["companies"]) == len(cases[0].ground.scenario.tables["companies"]) + 5

    def test_nobody_deals_with_the_dead(self, cases):
        ground, names = decoys.with_dead_types(cases[0].ground)
        assert not [key for key in chances_of(ground.scenario).keys if names & set(key[:2])]

    def test_small_firms_are_small_and_swapped_plants_move(self, cases):
        _, names = decoys.with_small_firms(cases[0].ground, 1)
        assert len(names) == 8 * len(cases[0].ground.plants)
        moved = decoys.swapped(cases[0].ground, cases[1].ground)
        sites = {(plant.x, plant.y) for plant in cases[1].ground.plants}
        assert {(row.x_km, row.y_km) for row in moved.scenario.tables["companies"]} <= sites


class TestAims:
    def test_verdicts(self):
        assert [judged("G1", value).verdict for value in (0.71, 0.65, 0.5, float("nan"))] == [
            REACHED,
            MINIMUM,
            LOST,
            OPEN,
        ]
        assert AIMS["G1"].verdict(0.66, test=True) == REACHED
        assert [judged("G6", value).verdict for value in (0.4, 0.6, 0.9)] == [REACHED, MINIMUM, LOST]

    def test_rows_stand_in_the_order_of_aims(self):
        rows = in_order([judged("G12", 0.1), judged("G2", 0.1), judged("G1", 0.1)])
        assert [row.aim for row in rows] == ["G1", "G2", "G12"]

    def test_every_ablation_names_its_score_in_advance(self):
        assert sorted(ABLATIONS) == ["attitude", "broker", "hold_up", "negotiation", "search", "trust"]
        assert {one.score for one in ABLATIONS.values()} == set(SCORES)

    def test_what_is_taken_out_can_be_taken_out(self, cases):
        for values in (*(one.values for one in ABLATIONS.values()), FRICTIONLESS):
            cases[0].ground.scenario.replace(values)


class TestPosterior:
    def test_priors_are_the_shared_parameters(self, cases):
        assert len(PRIORS) <= 10
        for prior in PRIORS:
            assert prior.at(np.array([0.0, 1.0])) == pytest.approx([prior.low, prior.high])
        cases[0].ground.scenario.replace(points_of(draw(1))[0])

    def test_a_seed_draws_a_row(self, tmp_path):
        path = tmp_path / "posterior.csv"
        values = np.array([[prior.at(np.array(share)) for prior in PRIORS] for share in (0.2, 0.8)])
        posterior.write_posterior(values, "1.0", path)
        rows = [posterior.row_of(seed, path) for seed in range(30)]
        assert posterior.row_of(3, path) == rows[3]
        hours = sorted({row["search.hours"] for row in rows})
        assert hours == pytest.approx(values[:, 0].tolist(), rel=1e-4)
        assert set(rows[0]) == set(NAMES)
        assert len(posterior.points_of_posterior(5, path)) == 5

    def test_without_a_file_it_is_said_how_to_make_one(self, tmp_path):
        with pytest.raises(InputError, match="ecopark benchmark fit"):
            posterior.read_posterior(tmp_path / "none.csv")


def test_scores_of_releases_are_appended(tmp_path):
    path = tmp_path / "releases.csv"
    append_scores(path, [judged("G1", 0.7)], "1.0", "test")
    append_scores(path, [judged("G1", 0.8)], "1.1", "test")
    with path.open(encoding="utf-8", newline="") as file:
        assert [(row["release"], row["model"]) for row in csv.DictReader(file)] == [("1.0", "0.7"), ("1.1", "0.8")]


class TestCommands:
    def test_fit_and_score(self, parks, tmp_path):
        out = tmp_path / "out"
        done = CliRunner().invoke(
            command, ["fit", "--points", "60", "--parks", str(parks.folder), "--out", str(out), "--workers", "1"]
        )
        assert done.exit_code == 0, done.output
        assert len((out / "posterior.csv").read_text().splitlines()) == 1001
        done = CliRunner().invoke(
            command,
            ["score", "--parks", str(parks.folder), "--out", str(out), "--replicates", "20", "--workers", "1", "--decoys", "A",
             "--without", "search", "--ablation-points", "60"],
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert set(AIMS) == {row["aim"] for row in rows if row["verdict"]}
        page = (out / "scores.html").read_text()
        assert "What the validation shows and what it does not" in page
        assert "<svg" in page

    def test_predict_writes_three_tables_and_nothing_else(self, parks, saved, tmp_path):
        out = tmp_path / "predictions"
        done = CliRunner().invoke(
            command, ["predict", "--parks", str(parks.folder), "--role", "fit", "--replicates", "20", "--out", str(out)]
        )
        assert done.exit_code == 0, done.output
        assert sorted(path.name for path in out.iterdir()) == ["counts.csv", "ends.csv", "links.csv"]
        with (out / "links.csv").open(encoding="utf-8", newline="") as file:
            row = next(csv.DictReader(file))
        assert {
            "park",
            "giver",
            "taker",
            "by_product",
            "input",
            "year",
            "p_explored",
            "p_operating",
            "start_50",
            "N3",
            "N8",
        } <= set(row)

    def test_test_scores_a_folder_with_outcomes(self, parks, saved, tmp_path):
        folder = tmp_path / "copy"
        shutil.copytree(parks.folder, folder)
        done = CliRunner().invoke(
            command,
            ["test", "--parks", str(folder), "--replicates", "20", "--workers", "1", "--out", str(tmp_path / "out")],
        )
        assert done.exit_code == 0, done.output
        assert (folder / "releases.csv").exists()
        assert "reached" in done.output or "lost" in done.output

    def test_without_outcomes_nothing_is_scored(self, parks, tmp_path):
        folder = tmp_path / "copy"
        shutil.copytree(parks.folder, folder)
        for name in ("exchanges", "not_realised", "counts"):
            (folder / f"{name}.csv").unlink()
        done = CliRunner().invoke(command, ["test", "--parks", str(folder), "--out", str(tmp_path / "out")])
        assert isinstance(done.exception, InputError)

    def test_unknown_names_are_said(self, parks, tmp_path):
        done = CliRunner().invoke(command, ["score", "--without", "trst", "--out", str(tmp_path / "out")])
        assert isinstance(done.exception, InputError)
        assert "did you mean 'trust'" in str(done.exception)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of Kalundborg with links of its own, as anybody may write them."""
    from ecopark.abm.input.loading import SCENARIOS

    folder = tmp_path_factory.mktemp("own") / "town"
    shutil.copytree(SCENARIOS / "kalundborg", folder)
    for name in ("history.csv", "published.csv", "turning_points.csv"):
        (folder / name).unlink()
    rows = [
        "id,seller,buyer,material,start",
        "A,Lake Works,Refinery,lake_water,1961",
        "B,Asnaes,Refinery,extraction_steam,1982",
    ]
    (folder / "links.csv").write_text("\n".join(rows) + "\n")
    return folder


class TestOwnPark:
    def test_it_is_scored_by_its_links_beside_null_models(self, folder, tmp_path):
        done = CliRunner().invoke(
            score.command, [str(folder), "--replicates", "3", "--set", "horizon.years=30", "--out", str(tmp_path / "o")]
        )
        assert done.exit_code == 0, done.output
        assert "skill of the log score" in done.output
        assert "median error of starts, years" in done.output
        assert "core links" not in done.output, "Kalundborg's aims judge Kalundborg alone"
        assert (tmp_path / "o" / "score.html").exists()

    def test_its_history_is_compared_where_it_has_one(self, folder, tmp_path):
        other = tmp_path / "other"
        shutil.copytree(folder, other)
        years = "\n".join(f"{year},1,1,2" for year in range(1961, 1973))
        (other / "history.csv").write_text(f"year,low,mid,high\n{years}\n")
        terms = [str(other), "--replicates", "2", "--set", "horizon.years=12"]
        done = CliRunner().invoke(score.command, terms)
        assert done.exit_code == 0, done.output
        assert "CRPS of the number of links 1967 to 1972" in done.output
        (other / "history.csv").write_text("year,low,mid,high\n1961,one,1,1\n")
        assert "history.csv line 2" in str(CliRunner().invoke(score.command, terms).exception)

    def test_links_of_another_park_are_refused(self, folder, tmp_path):
        other = tmp_path / "other"
        shutil.copytree(folder, other)
        (other / "links.csv").write_text("id,seller,buyer,material,start\nA,Nobody,Refinery,lake_water,1961\n")
        done = CliRunner().invoke(score.command, [str(other), "--replicates", "2"])
        assert isinstance(done.exception, InputError)
        assert "none of them possible" in str(done.exception)

    def test_mistakes_of_links_are_said_at_once(self, folder, tmp_path):
        other = tmp_path / "other"
        shutil.copytree(folder, other)
        (other / "links.csv").write_text("id,seller,buyer,start\nA,Lake Works,Refinery,long ago\n")
        done = CliRunner().invoke(score.command, [str(other), "--replicates", "2"])
        assert "no column material" in str(done.exception)
        assert "long ago" in str(done.exception)


class TestDrawnFromThePosterior:
    def test_a_run_draws_its_parameters_by_the_seed_and_keeps_what_is_set(self, saved):
        scenario = load_scenario("kalundborg")
        drawn = run._drawn(scenario, 5, ("search.hours=11",))
        assert drawn["search.contact"] == posterior.row_of(5, saved)["search.contact"]
        assert drawn["search.hours"] == scenario["search.hours"]

    def test_a_study_draws_for_every_run_and_its_factors_win(self, saved):
        study = Study(scenario="kalundborg", posterior=True, factors={"search.hours": [10, 20]})
        assert study.model == POSTERIOR
        base = posterior_model.load("kalundborg", {}, 2)
        prepared = posterior_model.prepare(base, {"search.hours": 10})
        assert prepared[1] == {"search.hours"}
        series = posterior_model.simulate(prepared, 3)
        row = {name: value for name, value in posterior.row_of(3, saved).items() if name != "search.hours"}
        assert series.tobytes() == park_model.simulate(base.replace({"search.hours": 10, **row}), 3).tobytes()
