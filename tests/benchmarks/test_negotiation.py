"""`ecopark bench negotiation`: talks of runs are played again by the rules of the table; what theory knows comes out."""

from __future__ import annotations

import numpy as np
import pytest

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.strategies import guarded
from ecopark.experiments.benchmarks.negotiation import rivals, tournament
from ecopark.experiments.benchmarks.negotiation.in_runs import in_runs
from ecopark.experiments.benchmarks.negotiation.pool import harvest
from ecopark.experiments.benchmarks.negotiation.quality import deals_of, late_conceders
from ecopark.experiments.benchmarks.negotiation.rows import Row, table_of
from ecopark.experiments.benchmarks.negotiation.safety import gains_of
from ecopark.experiments.benchmarks.negotiation.scripts import listed, unlisted
from ecopark.experiments.benchmarks.negotiation.table import play
from ecopark.experiments.benchmarks.negotiation.tournament import entrants, equilibrium, matrix
from ecopark.experiments.benchmarks.negotiation.variants import NUMBERS, variant


@pytest.fixture(scope="module")
def pool():
    return harvest("kalundborg", [1])


def test_a_deal_is_worth_its_least_gain_to_both_and_no_more_than_the_zone(pool):
    played = play(pool, "default", "default", 1)
    gains = pool.gains(played.price, played.package)[played.agreed]
    assert len(gains) > 20
    assert (gains >= -1e-6 * pool.stake[played.agreed, None]).all()
    assert (gains.sum(1) <= pool.zone()[played.agreed] * (1 + 1e-9) + 1e-6).all()


def test_the_same_seed_gives_the_same_talks(pool):
    one, two, other = (play(pool, "default", "default", seed).price for seed in (1, 1, 2))
    assert np.array_equal(one, two, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_the_variant_with_the_usual_numbers_is_the_default(pool):
    name, constants = variant(NUMBERS[0], 1.0)
    assert constants.tolist() == [guarded.GIVEN_BACK, guarded.LEAST_STEP, guarded.PACE, guarded.LAST_GAP]
    for seed in range(3):
        usual = play(pool, "default", "default", seed)
        same = play(pool, name, name, seed, 1, {0: constants, 1: constants})
        assert same.price == pytest.approx(usual.price, nan_ok=True)


def test_open_sides_agree_whatever_their_deadlines_and_curves(pool):
    assert all(row.holds for row in late_conceders("kalundborg", pool, 1))


def test_deals_leave_little_of_the_joint_gain(pool):
    rows = {row.what: row for row in deals_of("kalundborg", pool, 2)}
    assert rows["kalundborg, default: realised / maximum, of deals"].holds
    assert (
        rows["kalundborg, default: realised / maximum, of deals"].value
        > rows["kalundborg: a random feasible package"].value
    )
    assert rows["kalundborg, open: realised of all zones"].holds


def test_a_script_that_is_the_rule_itself_gains_nothing(pool):
    from ecopark.experiments.benchmarks.negotiation.scripts import Script

    assert gains_of(pool, [Script("default", "default")], 1)[0].share == pytest.approx(0.0)


def test_scripts_are_of_every_family_and_drawn_ones_belong_to_a_seed():
    assert len(listed()) >= 28
    assert {one.strategy for one in listed()} == {
        "script_programme",
        "script_echo",
        "script_pump",
        "script_waiter",
    }
    assert unlisted(1) == unlisted(1)
    assert unlisted(1) != unlisted(2)


@pytest.mark.parametrize("side", [SELLER, BUYER])
def test_rivals_move_the_price_as_the_outside_option_principle_says(side):
    shares = [rivals.market(side, n, 1.0, 80) for n in (1, 4, 16)]
    for (share, served), n in zip(shares, (1, 4, 16), strict=True):
        assert share == pytest.approx(rivals.theory(n), abs=0.06)
        assert served > 0.97
    assert rivals.market(side, 4, 0.0, 80)[0] < shares[1][0]


def test_theory_of_rivals():
    assert [round(rivals.theory(n), 2) for n in (1, 2, 4, 8, 16)] == [0.5, 0.62, 0.77, 0.88, 0.94]


def test_what_is_accepted_is_signed():
    rows = in_runs("kalundborg", [1])
    assert rows[0].value <= 0.05
    assert {row.number for row in rows} == {"7", "8", "N13"}


def test_a_tournament_gives_every_pair_its_shares(pool):
    players = [one for one in entrants() if one.label in ("default", "open", "guarded")]
    own, agreed, realised = matrix(pool, players, 1)
    assert own.shape == (3, 3)
    assert np.allclose(own + own.T, 2 * realised / 1, atol=0.05) or np.allclose(own + own.T, realised, atol=1e-9)
    assert (agreed <= 1).all()
    assert equilibrium(own).sum() == pytest.approx(1.0)


def test_the_table_says_what_is_missed():
    text = table_of([Row("1", "a", 0.5, 0.97), Row("2", "b", 0.85, 0.8, 0.9), Row("3", "c", 1.0)])
    assert text.count("missed") == 1
    assert "0.800 to 0.900" in text


def test_rows_are_told_to_programs(tmp_path):
    from ecopark.analysis.run_folder.plain_json import plain_json

    rows = [
        Row("1", "a", np.float64(0.5), 0.97),
        Row("4", "b", float("nan"), detail={"scripts": [{"share": np.float64(1.0)}]}),
    ]
    text = plain_json({"rows": [row.plain() for row in rows]})
    assert '"holds": false' in text
    assert "NaN" not in text


def test_negotiators_of_negmas_play_in_the_field_that_the_measure_names(pool, monkeypatch):
    pytest.importorskip("negmas")
    monkeypatch.setattr(tournament, "GUEST_TALKS", 2)
    (row,) = tournament.with_guests("kalundborg", pool.only(pool.zone() > 0.0))
    assert len(row.detail["own_agreed"]) == len(entrants()) + len(tournament.NEGMAS) == 13
    assert 1 <= row.value <= 13
    monkeypatch.setattr(tournament, "find_spec", lambda name: None)
    assert tournament.with_guests("kalundborg", pool) == []
