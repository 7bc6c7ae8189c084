"""R3, the model: trust, knowledge and willingness (Ghali, Frayret, Ahabchane 2017; re-coded in NREL's ABSiCE), rebuilt.

Firms of a small-world network trust each other, learn about industrial symbiosis and come to accept it; an edge is
willing when its producer trusts, knows and accepts enough. Recyclers only learn. All quantities are dimensionless.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

import networkx as nx
import numpy as np

THRESHOLD = 0.5
"""Least trust and acceptance, and knowledge to exceed, of a willing edge."""


@dataclass(frozen=True)
class Design:
    """One parameter point and reading; the defaults are those of ABSiCE."""

    recyclers: int = 16
    producers: int = 60
    degree: int = 5
    """Degree asked of the small-world generator, which rounds an odd one down."""
    rewiring: float = 0.1
    in_turn: bool = True
    """Firms act one after another and see what earlier ones did; False: all see the state of the step before."""
    redraw: bool = True
    """Weights r and learning l are drawn anew every step; False: once per pair and firm."""
    ratchet: bool = True
    """Willingness keeps its last value when its conditions cease; False: it falls to 0."""

    @property
    def firms(self) -> int:
        """Number of firms; the recyclers come first."""
        return self.recyclers + self.producers


@dataclass
class Firms:
    """State of one run: columns (n,), matrices (n, n) from row to column."""

    adjacent: np.ndarray
    trust: np.ndarray
    """T in [-1, 1]."""
    history: np.ndarray
    """H: running mean of T from the start on."""
    influence: np.ndarray
    """s in [0, 1]: how far a firm follows others."""
    confidence: np.ndarray
    """c in [0, 1]: how far its own learning moves its acceptance."""
    knowledge: np.ndarray
    """K in [0, 1]."""
    weight: np.ndarray
    """r in [0, 1], used when drawn once."""
    learning: np.ndarray
    """l in [0, 1], used when drawn once."""
    acceptance: np.ndarray = field(init=False)
    """A in [0, 1], 0 at the start."""
    symbiosis: np.ndarray = field(init=False)
    """Whether a firm has ever met the conditions on an edge."""
    willingness: np.ndarray = field(init=False)
    """Acceptance carried by an edge, 0 at the start."""
    step: int = 0

    def __post_init__(self) -> None:
        n = len(self.knowledge)
        self.acceptance = np.zeros(n)
        self.symbiosis = np.zeros(n, dtype=bool)
        self.willingness = np.zeros((n, n))


def found(design: Design, rng: np.random.Generator) -> Firms:
    """Draw the network and the firms: trust U(-1, 1), all shares U(0, 1)."""
    n = design.firms
    graph = nx.watts_strogatz_graph(n, design.degree, design.rewiring, seed=int(rng.integers(2**31)))
    trust = rng.uniform(-1, 1, (n, n))
    np.fill_diagonal(trust, 0)
    columns = (rng.random(n) for _ in range(3))
    return Firms(nx.to_numpy_array(graph) > 0, trust, trust.copy(), *columns, rng.random((n, n)), rng.random(n))


def update_trust(
    trust: np.ndarray, history: np.ndarray, adjacent: np.ndarray, s: float, i: int, event: np.ndarray
) -> None:
    """Update row i of trust (n, n) in place, partner by partner.

    T_ij = clip(H_ij + s_i (mean over common neighbours k of T_ik - H_ij) + U(-1, 1), -1, 1); without common neighbours
    the middle term is 0. T_ik of a partner k < j is already the new one. event (n,) holds the uniform draws.
    """
    common = adjacent[i] & adjacent
    row, past = trust[i], history[i]
    new = np.clip(past + event, -1, 1)
    for j in np.flatnonzero(common.any(axis=1)):
        seen = np.concatenate((new[:j], row[j:]))[common[j]].mean()
        new[j] = min(1.0, max(-1.0, past[j] + s * (seen - past[j]) + event[j]))
    row[:] = new


def learn(
    knowledge: np.ndarray, trusted: np.ndarray, own: float, s: float, weight: np.ndarray, learning: float
) -> float:
    """Return a firm's new knowledge: clip(K_i + s_i sum over trusted neighbours of r_ij (K_j - K_i) + l_i, 0, 1)."""
    gained = (weight[trusted] * (knowledge[trusted] - own)).sum()
    return min(1.0, max(0.0, own + s * gained + learning))


def accept(acceptance: float, s: float, share: float, c: float, gain: float) -> float:
    """Return a firm's new acceptance: clip(A_i + s_i share of neighbours in symbiosis + c_i dK_i, 0, 1)."""
    return min(1.0, max(0.0, acceptance + s * share + c * gain))


def act(design: Design, firms: Firms, seen: Firms, i: int, rng: np.random.Generator) -> None:
    """Let firm i trust, learn, accept and become willing, in place; it sees others as in `seen`."""
    n = design.firms
    if i >= design.recyclers:
        update_trust(firms.trust, firms.history, firms.adjacent, firms.influence[i], i, rng.uniform(-1, 1, n))
        firms.history[i] += (firms.trust[i] - firms.history[i]) / (firms.step + 2)
    neighbours = firms.adjacent[i]
    trusted = neighbours & (firms.trust[i] >= THRESHOLD)
    weight, learning = (rng.random(n), rng.random()) if design.redraw else (firms.weight[i], firms.learning[i])
    before = firms.knowledge[i]
    firms.knowledge[i] = learn(seen.knowledge, trusted, before, firms.influence[i], weight, learning)
    if i < design.recyclers:
        return
    share = seen.symbiosis[neighbours].mean()
    gain = firms.knowledge[i] - before
    firms.acceptance[i] = accept(firms.acceptance[i], firms.influence[i], share, firms.confidence[i], gain)
    willing = trusted if firms.knowledge[i] > THRESHOLD else np.zeros(n, dtype=bool)
    if not design.ratchet:
        firms.willingness[i] = 0
    firms.willingness[i, willing] = firms.acceptance[i]
    firms.symbiosis[i] |= willing.any()


def advance(design: Design, firms: Firms, rng: np.random.Generator) -> None:
    """Let every firm act once, in place."""
    seen = firms if design.in_turn else copy.deepcopy(firms)
    for i in range(design.firms):
        act(design, firms, seen, i, rng)
    firms.step += 1


def willing_edges(design: Design, firms: Firms) -> np.ndarray:
    """Return (n, n) which edges from a producer to a neighbour are willing."""
    edges = firms.adjacent.copy()
    edges[: design.recyclers] = False
    return edges & (firms.willingness >= THRESHOLD)


def edge_count(design: Design, firms: Firms) -> int:
    """Return the number of edges from a producer to a neighbour."""
    return int(firms.adjacent[design.recyclers :].sum())
