"""Counter-based draws in plain Python: each is a function of seed, process, month and identity, and of nothing else.

splitmix64 (Steele, Lea, Flood 2014) with Python's whole numbers; normals by the inverse distribution function of
Wichura's AS 241, PPND16. A process and month share the first two rounds of mixing, which are kept.
"""

from __future__ import annotations

from math import log, sqrt

MASK = 0xFFFFFFFFFFFFFFFF
GOLDEN = 0x9E3779B97F4A7C15
UNIT = 2.0**-52

PROCESSES = (
    "price_factor", "price_own", "cycle", "sector", "utilisation", "outage", "trust_noise", "discovery", "broker",
    "platform", "innovation", "belief_seller", "belief_buyer", "first_speaker", "hold_up", "permit", "closure", "entry",
    "trait", "contact", "unused", "location", "style",
    "return", "relocation", "route", "study", "exit", "threshold", "talk_time",
)  # fmt: skip
NUMBER_OF = {name: number for number, name in enumerate(PROCESSES, start=1) if name != "unused"}
NUMBER_OF |= {"manner_seller": 40, "manner_buyer": 41, "call": 42, "strategy": 43}


def scramble(value: int) -> int:
    """Mix 64 bits."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def join(first: int, second: int) -> int:
    """Return the identity of an ordered pair of identities."""
    return scramble((scramble((first + GOLDEN) & MASK) + second) & MASK)


class Draws:
    """The draws of one run."""

    def __init__(self, seed: int):
        self.seed = seed
        self._starts = {name: scramble((seed + GOLDEN * number) & MASK) for name, number in NUMBER_OF.items()}
        self._keys: dict[str, tuple[int, int]] = dict.fromkeys(NUMBER_OF, (-1, 0))

    def uniform(self, process: str, month: int, identity: int) -> float:
        """Return a number in (0, 1)."""
        drawn_for, key = self._keys[process]
        if drawn_for != month:
            key = scramble((self._starts[process] + GOLDEN * (month + 1)) & MASK)
            self._keys[process] = (month, key)
        return ((scramble(key ^ identity) >> 12) + 0.5) * UNIT

    def normal(self, process: str, month: int, identity: int) -> float:
        """Return a standard normal number."""
        return normal_quantile(self.uniform(process, month, identity))


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile (AS 241, PPND16)."""
    q = probability - 0.5
    if abs(q) <= 0.425:
        return q * _central(0.180625 - q * q)
    r = sqrt(-log(probability if q < 0.0 else 1.0 - probability))
    tail = _near_tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
    return -tail if q < 0.0 else tail


def _central(r: float) -> float:
    return (
        ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
            + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
            + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    ) / (
        ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
            + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
            + 4.2313330701600911252e1) * r + 1.0
    )  # fmt: skip


def _near_tail(r: float) -> float:
    return (
        ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
            + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
            + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
    ) / (
        ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
            + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
            + 2.05319162663775882187e0) * r + 1.0
    )  # fmt: skip


def _far_tail(r: float) -> float:
    return (
        ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
            + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
            + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    ) / (
        ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
            + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
            + 5.99832206555887937690e-1) * r + 1.0
    )  # fmt: skip
