"""Every draw is a pure function of (seed, process, month, identity).

A company keeps its shocks whatever its neighbours do, in whichever order the table stands and whichever policy is in
force, so that two runs which differ in one lever differ by that lever alone (common random numbers, Law and Kelton).
The mixing is splitmix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195); normals come by the inverse
distribution function of Wichura (1988, AS 241, doi:10.2307/2347330).
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from .compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
_UNIT = 2.0**-52

# The named processes: one number each, never reused for another meaning.
PRICE_FACTOR = np.uint64(1)
PRICE_OWN = np.uint64(2)
CYCLE = np.uint64(3)
SECTOR = np.uint64(4)
UTILISATION = np.uint64(5)
OUTAGE = np.uint64(6)
TRUST_NOISE = np.uint64(7)
DISCOVERY = np.uint64(8)
BROKER = np.uint64(9)
PLATFORM = np.uint64(10)
INNOVATION = np.uint64(11)
BELIEF_SELLER = np.uint64(12)
BELIEF_BUYER = np.uint64(13)
FIRST_SPEAKER = np.uint64(14)
HOLD_UP = np.uint64(15)
PERMIT = np.uint64(16)
CLOSURE = np.uint64(17)
ENTRY = np.uint64(18)
TRAIT = np.uint64(19)
CONTACT = np.uint64(20)
LOCATION = np.uint64(22)
STYLE = np.uint64(23)
RETURN = np.uint64(24)
RELOCATION = np.uint64(25)
MANNER_SELLER = np.uint64(40)
MANNER_BUYER = np.uint64(41)
CALL = np.uint64(42)
STRATEGY = np.uint64(43)
ROUTE = np.uint64(26)
STUDY = np.uint64(27)
EXIT = np.uint64(28)
THRESHOLD = np.uint64(29)
TALK_TIME = np.uint64(30)


def identity_of(name: str) -> np.uint64:
    """Return the stable identity of a name: the first eight bytes of its BLAKE2b hash."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


@compiled
def scramble(value):
    """Mix the 64 bits of `value` (uint64) so that near inputs give unrelated outputs."""
    value = (value ^ (value >> _S30)) * _FIRST
    value = (value ^ (value >> _S27)) * _SECOND
    return value ^ (value >> _S31)


@compiled
def join(first, second):
    """Return the identity of an ordered pair of identities (uint64)."""
    return scramble(scramble(first + _GOLDEN) + second)


@compiled
def uniform(seed, process, month, identity):
    """Return a number in (0, 1) that belongs to this seed, process, month and identity."""
    return uniform_of(key_of_month(seed, process, month), identity)


@compiled
def key_of_month(seed, process, month):
    """Return what all draws of a process in a month share (uint64), for rules that draw for many identities."""
    return scramble(scramble(seed + _GOLDEN * process) + _GOLDEN * np.uint64(month + 1))


@compiled
def uniform_of(key, identity):
    """Return the `uniform` of an identity; key: see `key_of_month`."""
    return (np.float64(scramble(key ^ identity) >> _S12) + 0.5) * _UNIT


@compiled
def uniforms(seed, process, month, identities):
    """Return one `uniform` for each identity (array of uint64)."""
    draws = np.empty(len(identities))
    key = key_of_month(seed, process, month)
    for row in range(len(identities)):
        draws[row] = uniform_of(key, identities[row])
    return draws


@compiled
def normals(seed, process, month, identities):
    """Return one `normal` for each identity (array of uint64)."""
    draws = np.empty(len(identities))
    for row in range(len(identities)):
        draws[row] = normal(seed, process, month, identities[row])
    return draws


@compiled
def normal(seed, process, month, identity):
    """Return a standard normal number that belongs to this seed, process, month and identity."""
    return normal_quantile(uniform(seed, process, month, identity))


@compiled
def normal_quantile(probability):
    """Return the standard normal quantile of `probability` in (0, 1), accurate to about 1e-16 (AS 241, PPND16)."""
    q = probability - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _central(r)
    r = probability if q < 0.0 else 1.0 - probability
    r = math.sqrt(-math.log(r))
    tail = _near_tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
    return -tail if q < 0.0 else tail


@compiled
def _central(r):
    above = 2.5090809287301226727e3
    above = above * r + 3.3430575583588128105e4
    above = above * r + 6.7265770927008700853e4
    above = above * r + 4.5921953931549871457e4
    above = above * r + 1.3731693765509461125e4
    above = above * r + 1.9715909503065514427e3
    above = above * r + 1.3314166789178437745e2
    above = above * r + 3.3871328727963666080e0
    below = 5.2264952788528545610e3
    below = below * r + 2.8729085735721942674e4
    below = below * r + 3.9307895800092710610e4
    below = below * r + 2.1213794301586595867e4
    below = below * r + 5.3941960214247511077e3
    below = below * r + 6.8718700749205790830e2
    below = below * r + 4.2313330701600911252e1
    return above / (below * r + 1.0)


@compiled
def _near_tail(r):
    above = 7.74545014278341407640e-4
    above = above * r + 2.27238449892691845833e-2
    above = above * r + 2.41780725177450611770e-1
    above = above * r + 1.27045825245236838258e0
    above = above * r + 3.64784832476320460504e0
    above = above * r + 5.76949722146069140550e0
    above = above * r + 4.63033784615654529590e0
    above = above * r + 1.42343711074968357734e0
    below = 1.05075007164441684324e-9
    below = below * r + 5.47593808499534494600e-4
    below = below * r + 1.51986665636164571966e-2
    below = below * r + 1.48103976427480074590e-1
    below = below * r + 6.89767334985100004550e-1
    below = below * r + 1.67638483018380384940e0
    below = below * r + 2.05319162663775882187e0
    return above / (below * r + 1.0)


@compiled
def _far_tail(r):
    above = 2.01033439929228813265e-7
    above = above * r + 2.71155556874348757815e-5
    above = above * r + 1.24266094738807843860e-3
    above = above * r + 2.65321895265761230930e-2
    above = above * r + 2.96560571828504891230e-1
    above = above * r + 1.78482653991729133580e0
    above = above * r + 5.46378491116411436990e0
    above = above * r + 6.65790464350110377720e0
    below = 2.04426310338993978564e-15
    below = below * r + 1.42151175831644588870e-7
    below = below * r + 1.84631831751005468180e-5
    below = below * r + 7.86869131145613259100e-4
    below = below * r + 1.48753612908506148525e-2
    below = below * r + 1.36929880922735805310e-1
    below = below * r + 5.99832206555887937690e-1
    return above / (below * r + 1.0)
