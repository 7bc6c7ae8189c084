"""R1, the model: a spatial network of by-products (Raimbault and others 2020, arXiv 2003.14133), rebuilt.

Companies sit in a city system of a few centres. Each has an output and an input profile over an axis of product kinds
(mass 1 each). Every tick one company prospects, and takes its best sale or purchase if overlap pays for distance.
Lengths are cells, masses are shares of one company's output (dimensionless), money is in the unit of overlap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components
from scipy.special import ndtr


@dataclass(frozen=True)
class Design:
    """One parameter point; the defaults are the exploration of January 2017."""

    sigma: float = 0.1
    """Width of a profile, share of the axis."""
    transport_cost: float = 0.5
    """c: cost of a trade across the whole diagonal, in units of overlap."""
    threshold: float = 0.0
    """T0: smallest overlap that makes a candidate."""
    companies: int = 50
    ticks: int = 100
    width: int = 61
    height: int = 61
    centres: int = 5
    centre_margin: int = 0
    """Cells between a centre and the edge of the world."""
    radius: float = 5.0
    """Decay length of the first centre, cells; the i-th has radius / i^0.3."""
    density_exponent: float = 1.5
    bins: int = 1000
    axis: float = 1000.0
    """Length of the axis of product kinds that sigma and the means refer to, bins."""
    shift: float = 0.0
    """Added to every draw before it is binned, share of the axis."""
    draws: int = 10_000
    """Normal draws behind one histogram."""
    means: str = "shifted"
    """Where profiles lie: 'shifted' U(0, 1) - sigma, 'inside' U(sigma, 1 - sigma), 'centre' near the centre's."""
    spread: float = 0.0
    """Only for means = 'centre': sd of a mean per relative distance to the centre (distance / diagonal)."""
    lottery: float = math.inf
    """d0: a company is met with probability exp(-distance / d0), cells; infinite = all are met."""
    prospect: str = "any"
    """Who acts: 'any' company, or one of the 'least_connected'."""
    threshold_on: str = "either"
    """'either' overlap above T0 opens both roles to a candidate; 'role': each role needs its own."""
    count_centres: bool = False
    """Count the centres, which never trade, as components of their own."""

    @property
    def diagonal(self) -> float:
        """Diagonal of the world, cells."""
        return math.hypot(self.width, self.height)


@dataclass
class Network:
    """One run: position (n, 2) cells; output, input (n, bins) mass left; flow (n, n) mass from row to column."""

    position: np.ndarray
    output: np.ndarray
    input: np.ndarray
    flow: np.ndarray
    traded: float = 0.0
    """Mass of all trades, those hidden by an older flow included."""


def found(design: Design, rng: np.random.Generator) -> Network:
    """Place the companies and draw their profiles."""
    centres = draw_centres(design, rng)
    position = place(design, centres, rng)
    axis_place = centre_means(design, centres, position, rng)
    output = profiles(design, profile_means(design, axis_place, rng), rng)
    inputs = profiles(design, profile_means(design, axis_place, rng), rng)
    return Network(position, output, inputs, np.zeros((design.companies, design.companies)))


def draw_centres(design: Design, rng: np.random.Generator) -> np.ndarray:
    """Return the cells (centres, 2) of the centres, uniform outside the margin."""
    low = design.centre_margin
    x = rng.integers(low, design.width - low, design.centres)
    y = rng.integers(low, design.height - low, design.centres)
    return np.column_stack((x, y)).astype(float)


def density(design: Design, centres: np.ndarray) -> np.ndarray:
    """Return the density (width, height): sum over centres i of exp(-distance / r_i), r_i = radius / i^0.3."""
    x, y = np.meshgrid(np.arange(design.width), np.arange(design.height), indexing="ij")
    total = np.zeros((design.width, design.height))
    for i, (cx, cy) in enumerate(centres, start=1):
        total += np.exp(-np.hypot(x - cx, y - cy) / (design.radius / i**0.3))
    return total


def place(design: Design, centres: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return positions (n, 2), cells: drawn with density^exponent, jittered by U(-0.5, 0.5) on both axes."""
    weight = density(design, centres).ravel() ** design.density_exponent
    cell = rng.choice(weight.size, size=design.companies, p=weight / weight.sum())
    corner = np.column_stack(np.unravel_index(cell, (design.width, design.height)))
    return corner + rng.uniform(-0.5, 0.5, (design.companies, 2))


def centre_means(design: Design, centres: np.ndarray, position: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return (n, 2): the place on the axis planned by each company's nearest centre and its relative distance to it.

    The centres carry 1/n, 2/n, ..., 1 of the axis in random order.
    """
    planned = rng.permutation(np.arange(1, design.centres + 1)) / design.centres
    distance = np.hypot(*(position[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    nearest = distance.argmin(axis=1)
    return np.column_stack((planned[nearest], distance.min(axis=1) / design.diagonal))


def profile_means(design: Design, axis_place: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the means (n,) of one set of profiles, share of the axis, by the rule `design.means`."""
    if design.means == "centre":
        return rng.normal(axis_place[:, 0], design.spread * axis_place[:, 1])
    uniform = rng.random(design.companies)
    return uniform - design.sigma if design.means == "shifted" else design.sigma + (1 - 2 * design.sigma) * uniform


def profiles(design: Design, means: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return (n, bins): histograms of `draws` normal draws, floored, clipped to the end bins, mass 1 each.

    The counts of a histogram are multinomial, so they are drawn at once from the bins' normal probabilities.
    """
    edges = np.arange(1, design.bins) / design.axis - design.shift
    below = ndtr((edges - means[:, None]) / design.sigma)
    ends = np.ones((means.size, 1))
    probability = np.diff(np.hstack((0 * ends, below, ends)), axis=1)
    return rng.multinomial(design.draws, probability) / design.draws


def overlap(many: np.ndarray, one: np.ndarray) -> np.ndarray:
    """Return the overlap (n,) of many profiles (n, bins) with one (bins,): the sum of bin-wise minima."""
    return np.minimum(many, one).sum(axis=-1)


def prospector(design: Design, flow: np.ndarray, rng: np.random.Generator) -> int:
    """Return the row of the company that acts this tick."""
    if design.prospect == "any":
        return int(rng.integers(design.companies))
    partners = ((flow > 0) | (flow.T > 0)).sum(axis=1)
    return int(rng.choice(np.flatnonzero(partners == partners.min())))


def tick(design: Design, network: Network, rng: np.random.Generator) -> None:
    """Let one company make its best trade, if any pays; network changes in place.

    utility = overlap - c distance / diagonal; the better of best sale and best purchase is made if its utility is
    positive, the sale only if strictly better.
    """
    k = prospector(design, network.flow, rng)
    distance = np.hypot(*(network.position - network.position[k]).T)
    sale = overlap(network.input, network.output[k])
    purchase = overlap(network.output, network.input[k])
    if design.threshold_on == "either":
        sale_open = purchase_open = np.maximum(sale, purchase) > design.threshold
    else:
        sale_open, purchase_open = sale > design.threshold, purchase > design.threshold
    met = np.arange(design.companies) != k
    if math.isfinite(design.lottery):
        met &= rng.random(design.companies) < np.exp(-distance / design.lottery)
    cost = design.transport_cost * distance / design.diagonal
    sale_utility = np.where(met & sale_open, sale - cost, -np.inf)
    purchase_utility = np.where(met & purchase_open, purchase - cost, -np.inf)
    if max(sale_utility.max(), purchase_utility.max()) <= 0:
        return
    if sale_utility.max() > purchase_utility.max():
        exchange(network, k, int(sale_utility.argmax()))
    else:
        exchange(network, int(purchase_utility.argmax()), k)


def exchange(network: Network, seller: int, buyer: int) -> None:
    """Move the shared mass from the seller's output to the buyer's input, in place; an older flow keeps its weight."""
    shared = np.minimum(network.output[seller], network.input[buyer])
    network.output[seller] -= shared
    network.input[buyer] -= shared
    network.traded += shared.sum()
    if network.flow[seller, buyer] == 0:
        network.flow[seller, buyer] = shared.sum()


def indicators(design: Design, network: Network) -> dict[str, float]:
    """Return the five published indicators of a network (all dimensionless)."""
    seller, buyer = np.nonzero(network.flow)
    weight = network.flow[seller, buyer]
    length = np.hypot(*(network.position[seller] - network.position[buyer]).T)
    parts = int(connected_components(network.flow, connection="weak")[0])
    return {
        "total waste": float(network.output.sum(axis=1).mean()),
        "in-degree": weight.size / design.companies,
        "mean flow": float(weight.mean()) if weight.size else math.nan,
        "components": parts + (design.centres if design.count_centres else 0),
        "relative cost": float((weight * length).sum() / design.diagonal),
    }


def run(design: Design, rng: np.random.Generator) -> Network:
    """Return the network after `ticks` prospections."""
    network = found(design, rng)
    for _ in range(design.ticks):
        tick(design, network, rng)
    return network
