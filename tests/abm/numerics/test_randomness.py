"""Draws: exact quantiles, uniform, independent, and the same for ever."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from ecopark.abm.numerics import randomness
from ecopark.abm.numerics.randomness import (
    identity_of,
    join,
    normal,
    normal_quantile,
    normals,
    scramble,
    uniform,
    uniforms,
)

SEED = np.uint64(1)
PROCESSES = {name: value for name, value in vars(randomness).items() if name.isupper() and isinstance(value, np.uint64)}
KEYS = st.integers(0, 2**64 - 1).map(np.uint64)


def numbered(count):
    return np.arange(count, dtype=np.uint64)


def draws(count=100_000, seed=SEED, process=randomness.OUTAGE, month=0):
    return uniforms(seed, process, month, numbered(count))


@given(st.floats(1e-300, 1 - 1e-16, exclude_min=True))
def test_normal_quantile_agrees_with_scipy(probability):
    assert normal_quantile(probability) == pytest.approx(special.ndtri(probability), rel=2e-15, abs=1e-15)


def test_normal_quantile_in_every_branch():
    grid = np.concatenate([np.logspace(-300, -1, 400), np.linspace(0.01, 0.99, 400), 1 - np.logspace(-15, -2, 200)])
    ours = np.array([normal_quantile(float(p)) for p in grid])
    np.testing.assert_allclose(ours, special.ndtri(grid), rtol=4e-15, atol=1e-15)
    assert (np.diff([normal_quantile(float(p)) for p in np.linspace(0.001, 0.999, 500)]) > 0).all()


def test_normal_quantile_is_odd():
    for probability in (0.25, 2.0**-5, 2.0**-30):
        assert normal_quantile(1.0 - probability) == -normal_quantile(probability) > 0
    assert normal_quantile(0.5) == 0


def test_uniform_draws_are_uniform():
    values = draws()
    assert stats.kstest(values, "uniform").pvalue > 1e-3
    counts = np.bincount((values * 256).astype(int), minlength=256)
    assert stats.chisquare(counts).pvalue > 1e-3
    assert 0 < values.min() < values.max() < 1


def test_normal_draws_are_normal():
    values = normals(SEED, randomness.UTILISATION, 3, numbered(100_000))
    assert stats.kstest(values, "norm").pvalue > 1e-3
    assert [values.mean(), values.std(), stats.skew(values)] == pytest.approx([0, 1, 0], abs=0.02)


VARIED = {
    "seed": lambda value: draws(seed=np.uint64(value)),
    "process": lambda value: draws(process=np.uint64(value + 1)),
    "month": lambda value: draws(month=value),
}


@pytest.mark.parametrize("what", VARIED)
def test_draws_of_different_seeds_processes_and_months_are_independent(what):
    series = [VARIED[what](value) for value in range(5)]
    for one, other in itertools.combinations(series, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.015
        cells = np.histogram2d(one, other, bins=8)[0]
        assert stats.chi2_contingency(cells).pvalue > 1e-4


def test_draws_of_successive_months_of_one_company_are_independent():
    series = np.array([uniform(SEED, randomness.OUTAGE, month, np.uint64(77)) for month in range(20_000)])
    assert stats.kstest(series, "uniform").pvalue > 1e-3
    for lag in (1, 2, 12, 60):
        assert abs(np.corrcoef(series[lag:], series[:-lag])[0, 1]) < 0.03


def test_neighbouring_identities_are_independent():
    values = draws()
    for lag in (1, 2, 64):
        assert abs(np.corrcoef(values[lag:], values[:-lag])[0, 1]) < 0.015


def test_every_process_has_a_number_of_its_own():
    numbers = [int(value) for name, value in PROCESSES.items() if not name.startswith("_")]
    assert len(numbers) > 20
    assert len(set(numbers)) == len(numbers)


@given(KEYS, KEYS)
def test_a_draw_is_a_pure_function_strictly_between_nothing_and_one(seed, identity):
    first = uniform(seed, randomness.CLOSURE, 7, identity)
    assert first == uniform(seed, randomness.CLOSURE, 7, identity)
    assert 0 < first < 1
    assert normal(seed, randomness.CLOSURE, 7, identity) == normal_quantile(first)


def test_arrays_of_draws_are_the_single_draws():
    identities = numbered(20) * np.uint64(31)
    alone = [uniform(SEED, randomness.ENTRY, 5, identity) for identity in identities]
    assert uniforms(SEED, randomness.ENTRY, 5, identities).tolist() == alone
    assert normals(SEED, randomness.ENTRY, 5, identities).tolist() == [normal_quantile(value) for value in alone]


def test_joined_identities_have_an_order_and_do_not_collide():
    one, other = identity_of("one"), identity_of("other")
    assert join(one, other) != join(other, one)
    pairs = {int(join(np.uint64(a), np.uint64(b))) for a in range(150) for b in range(150)}
    assert len(pairs) == 150**2


@given(KEYS)
def test_mixing_turns_about_half_of_the_bits_when_one_changes(value):
    flipped = [bin(int(scramble(value)) ^ int(scramble(value ^ np.uint64(1 << bit)))).count("1") for bit in range(64)]
    assert 24 < np.mean(flipped) < 40


def test_splitmix64_gives_its_published_values():
    """The first outputs of splitmix64 from state 1234567 (Steele, Lea and Flood 2014; Vigna's reference code)."""
    golden = np.uint64(0x9E3779B97F4A7C15)
    states = [np.uint64((1234567 + k * int(golden)) % 2**64) for k in (1, 2, 3)]
    expected = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert [int(scramble(state)) for state in states] == expected


def mix(value):
    """Mix with whole numbers of any size, as the reference code does."""
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB % 2**64
    return value ^ (value >> 31)


@given(KEYS, st.integers(1, 40), st.integers(0, 10_000), KEYS)
def test_a_draw_is_three_rounds_of_splitmix(seed, process, month, identity):
    golden = 0x9E3779B97F4A7C15
    key = mix((int(seed) + golden * process) % 2**64)
    key = mix((key + golden * (month + 1)) % 2**64)
    key = mix(key ^ int(identity))
    assert uniform(seed, np.uint64(process), month, identity) == ((key >> 12) + 0.5) / 2**52


def test_known_draws_never_change():
    """A change here changes every run of every user."""
    assert int(identity_of("Smelter")) == 12140752517268541672
    assert int(identity_of("")) == 13020603013274838756
    assert identity_of("Asnaes") != identity_of("asnaes")
    company = np.uint64(42)
    assert uniform(np.uint64(7), randomness.OUTAGE, 100, company) == 0.4610124869450355
    assert uniform(np.uint64(7), randomness.DISCOVERY, 100, company) == 0.6292806696561061
    assert normal(np.uint64(7), randomness.PRICE_OWN, 0, company) == pytest.approx(-1.7636833608758447, rel=1e-14)
    numbers = {"PRICE_FACTOR": 1, "CYCLE": 3, "OUTAGE": 6, "DISCOVERY": 8, "CLOSURE": 17, "TRAIT": 19}
    assert {name: int(PROCESSES[name]) for name in numbers} == numbers
