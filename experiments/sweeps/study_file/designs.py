"""Designs: where in the space of the factors the runs are made. One class per design; its fields are its settings.

Every design turns the factors into columns, one row per point. Sampled designs draw cumulative probabilities in the unit
cube (scipy.stats.qmc), which each factor turns into values of its own list, range or distribution.
"""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, Field

from ecopark.abm.input.errors import InputError, Mistake

from .factors import Factor
from .forms import Frozen

Columns = dict[str, np.ndarray]
MOST_NAMED = 20  # rows of a table that are named when they are wrong


def _qmc() -> Any:
    """Import scipy's samplers only where a design is drawn: workers never need them."""
    from scipy.stats import qmc

    return qmc


def _power_of_two(points: int) -> int:
    if points & (points - 1):
        lower = 1 << (points.bit_length() - 1)
        raise ValueError(f"a power of two, without which the sequence is out of balance: {lower} or {2 * lower}")
    return points


PowerOfTwo = Annotated[int, Field(ge=1), AfterValidator(_power_of_two)]


class Grid(Frozen):
    """Every combination of the factors' values, the last factor fastest."""

    kind: Literal["grid"] = "grid"

    def points(self, factors: Mapping[str, Factor], bases: Mapping[str, Any], rng: np.random.Generator) -> Columns:
        """Return the columns of all combinations."""
        axes = [np.asarray(factor.listed()) for factor in factors.values()]
        mesh = np.meshgrid(*axes, indexing="ij") if axes else []
        return {name: axis.ravel() for name, axis in zip(factors, mesh, strict=True)}


class OneAtATime(Frozen):
    """The base point, then every other value of each factor with the rest at base."""

    kind: Literal["one_at_a_time"]

    def points(self, factors: Mapping[str, Factor], bases: Mapping[str, Any], rng: np.random.Generator) -> Columns:
        """Return the base point in the first row, then factor by factor in the order of the study."""
        rows = [dict(bases)]
        for name, factor in factors.items():
            rows += [{**bases, name: value} for value in factor.listed() if value != bases[name]]
        return {name: np.asarray([row[name] for row in rows]) for name in factors}


class Sampled(Frozen, ABC):
    """A design that draws in the unit cube."""

    def points(self, factors: Mapping[str, Factor], bases: Mapping[str, Any], rng: np.random.Generator) -> Columns:
        """Return the drawn points in the units of the factors."""
        shares = self.shares(len(factors), rng)
        return {name: factor.spread(shares[:, column]) for column, (name, factor) in enumerate(factors.items())}

    @abstractmethod
    def shares(self, dimensions: int, rng: np.random.Generator) -> np.ndarray:
        """Return cumulative probabilities (points, dimensions) in [0, 1]."""


class LatinHypercube(Sampled):
    """Each factor's range cut into as many equally probable cells as there are points, each cell used once."""

    kind: Literal["latin_hypercube"]
    size: int = Field(ge=1, alias="points")

    def shares(self, dimensions: int, rng: np.random.Generator) -> np.ndarray:
        """Return a random Latin hypercube (McKay, Beckman and Conover 1979, doi:10.1080/00401706.1979.10489755)."""
        return _qmc().LatinHypercube(dimensions, rng=rng).random(self.size)


class Sobol(Sampled):
    """A scrambled Sobol sequence: fills the space evenly at every power of two."""

    kind: Literal["sobol"]
    size: PowerOfTwo = Field(alias="points")

    def shares(self, dimensions: int, rng: np.random.Generator) -> np.ndarray:
        """Return the first `points` of a scrambled Sobol sequence (Sobol 1967, doi:10.1016/0041-5553(67)90144-9)."""
        return _qmc().Sobol(dimensions, rng=rng).random(self.size)


class Saltelli(Sampled):
    """The points of Sobol indices: base samples A and B, and A with one column of B at a time.

    Rows of base sample i: A_i, then A_i with column j of B_i for each factor j, then (`second_order`) B_i with column j
    of A_i, then B_i: `points` x (factors + 2) rows, or `points` x (2 factors + 2). The order is SALib's.
    """

    kind: Literal["saltelli"]
    size: PowerOfTwo = Field(alias="points")
    second_order: bool = False

    def shares(self, dimensions: int, rng: np.random.Generator) -> np.ndarray:
        """Return the crossed samples (Saltelli and others 2010, doi:10.1016/j.cpc.2009.09.018)."""
        both = _qmc().Sobol(2 * dimensions, rng=rng).random(self.size)
        A, B = both[:, :dimensions], both[:, dimensions:]
        blocks = [A, *_crossed(A, B), *(_crossed(B, A) if self.second_order else []), B]
        return np.stack(blocks, axis=1).reshape(-1, dimensions)


def _crossed(sample: np.ndarray, other: np.ndarray) -> list[np.ndarray]:
    """Return `sample` once per column, with that column taken from `other`."""
    columns = np.arange(sample.shape[1])
    return [np.where(columns == column, other, sample) for column in columns]


class Morris(Sampled):
    """Trajectories of elementary effects: each step moves one factor by p / (2 (p - 1)) of its range, p = `levels`."""

    kind: Literal["morris"]
    trajectories: int = Field(ge=1)
    levels: int = Field(4, ge=2, multiple_of=2)

    def shares(self, dimensions: int, rng: np.random.Generator) -> np.ndarray:
        """Return `trajectories` x (factors + 1) rows (Morris 1991, doi:10.1080/00401706.1991.10484804)."""
        return np.concatenate([self._trajectory(dimensions, rng) for _ in range(self.trajectories)])

    def _trajectory(self, dimensions: int, rng: np.random.Generator) -> np.ndarray:
        half = self.levels // 2
        low = rng.integers(half, size=dimensions)
        start = low + half * rng.integers(2, size=dimensions)
        end = 2 * low + half - start
        moved_at = rng.permutation(dimensions)
        moved = np.arange(dimensions + 1)[:, None] > moved_at
        return np.where(moved, end, start) / (self.levels - 1)


class Table(Frozen):
    """The points of a CSV file: one column per factor, one row per point."""

    kind: Literal["table"]
    file: str

    def points(self, factors: Mapping[str, Factor], bases: Mapping[str, Any], rng: np.random.Generator) -> Columns:
        """Return the columns of the file."""
        return read_points(self.file)


def read_points(file: str) -> Columns:
    """Return the columns of a table of points; a spreadsheet's semicolons, decimal commas and byte-order mark are read, too."""
    import pandas as pd

    with open(file, encoding="utf-8-sig", newline="") as lines:
        head = lines.readline()
        semicolons = head.count(";") > head.count(",")
        separator, point = (";", ",") if semicolons else (",", ".")
        lines.seek(0)
        refuse_longer_rows(file, csv.reader(lines, delimiter=separator, skipinitialspace=True))
    table = pd.read_csv(
        file, encoding="utf-8-sig", skipinitialspace=True, sep=separator, decimal=point, index_col=False
    )
    return {str(name).strip(): table[name].to_numpy() for name in table.columns}


def refuse_longer_rows(file: str, rows: Iterator[list[str]]) -> None:
    """Raise InputError with every row that has more cells than the head has names: nobody knows which column they are of."""
    names = len(next(rows, []))
    longer = [
        Mistake(f"{file}:{line}", f"{len(cells)} cells", f"{names} cells, one for each name of the first line")
        for line, cells in enumerate(rows, start=2)
        if len(cells) > names
    ]
    if longer:
        raise InputError(longer[:MOST_NAMED])


Design = Annotated[
    Grid | OneAtATime | LatinHypercube | Sobol | Saltelli | Morris | Table,
    Field(discriminator="kind"),
]
DESIGNS: dict[str, type[Frozen]] = {
    "grid": Grid,
    "one_at_a_time": OneAtATime,
    "latin_hypercube": LatinHypercube,
    "sobol": Sobol,
    "saltelli": Saltelli,
    "morris": Morris,
    "table": Table,
}


def full_form(design: Any) -> Any:
    """Read `"grid"` as `{kind = "grid"}` and `"points.csv"` as a table of points."""
    if not isinstance(design, str):
        return design
    return {"kind": "table", "file": design} if design.endswith(".csv") else {"kind": design}
