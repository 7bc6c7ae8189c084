"""What the questions are worth: opportunities that change with the answer [EUR a year]."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ecopark.abm.input.scenario import Scenario

from .best import Best, best_of
from .draft import Draft
from .opportunities import total_of
from .streams import Park, Stream, read_park, streams_of_type
from .worth import rows_of

MOST = 25  # questions whose answers are tried at all; of the others the value of what they touch is taken
FIRST = 5  # places at the top that are settled by the whole programme; below them the one-pass estimate stands


def judged(draft: Draft, scenario: Scenario) -> tuple[Park, Best]:
    """Return a draft as a park, and its best network."""
    park = read_park(scenario, sizes_of(draft))
    return park, best_of(park, rows_of(park))


def stakes_of(draft: Draft, park: Park, best: Best, first: int = FIRST) -> dict[tuple[str, str, str], float]:
    """Return the EUR a year at stake of each question: how far its likely answers move the best total.

    Every answer is estimated in one pass (fixed costs in parts, then whole for what is kept). In the order of these estimates
    the whole programme is solved until `first` questions are worth more than any estimate that is left.
    """
    stakes = {one.key: _touched(best, one.company) for one in draft.questions}
    ordered = sorted(draft.questions, key=lambda one: (-stakes[one.key], one.key))
    answers = {one.key: answer for one in ordered[:MOST] if (answer := _answers(park, draft, one))}
    estimates = _estimates(park, answers)
    stakes |= {key: max(estimates[key]) for key in answers}
    return stakes | _settled(answers, estimates, best.value, first)


def _estimates(park: Park, answers: dict[tuple[str, str, str], list[Park]]) -> dict[tuple[str, str, str], list[float]]:
    """Return how far each answer moves the total [EUR a year], by one pass."""
    base = total_of(park, one_pass=True) if answers else 0.0
    return {key: [abs(total_of(one, one_pass=True) - base) for one in parks] for key, parks in answers.items()}


def _settled(
    answers: dict[tuple[str, str, str], list[Park]], estimates: dict[tuple[str, str, str], list[float]], base: float, first: int
) -> dict[tuple[str, str, str], float]:  # fmt: skip
    """Return what is at stake of the questions at the top [EUR a year], by the whole programme."""
    settled: dict[tuple[str, str, str], float] = {}
    tries = sorted((-guess, key, place) for key, guesses in estimates.items() for place, guess in enumerate(guesses))
    for guess, key, place in tries:
        top = sorted(settled.values(), reverse=True)[:first]
        if len(top) == first and -guess <= top[-1]:
            break
        if -guess > settled.get(key, -1.0):
            settled[key] = max(settled.get(key, 0.0), abs(total_of(answers[key][place]) - base))
    return settled


def sizes_of(draft: Draft) -> dict[str, tuple[float, float, str]]:
    """Return low, high and grade of the sizes of a draft that have a range."""
    cells = {name: row["size"] for name, row in draft.companies() if "size" in row}
    return {
        name: (cell.low, cell.high, cell.grade)
        for name, cell in cells.items()
        if cell.low is not None and cell.high is not None
    }


def _touched(best: Best, company: str) -> float:
    """Return the value of the best flows that a company has part in, or of its best row when it has none."""
    own = [row for row in best.rows if company in (row.giver, row.taker)]
    flowing = sum(row.in_best * max(row.unit, 0.0) for row in own)
    return flowing or max((row.value for row in own), default=0.0)


def _answers(park: Park, draft: Draft, one: Any) -> list[Park]:
    """Return the park as it would be with likely answers: other types, the ends of a size, none or all recovered already."""
    if one.column == "recovered_share":
        return _disposed(park, one.company, one.material)
    plant = park.plants[one.company]
    if one.column == "type":
        kinds = [kind for kind in one.alternatives.split(";") if kind]
        types = {row.type: row for row in park.scenario.tables["types"]}  # type: ignore[attr-defined]
        return [retyped(park, one.company, kind, types[kind].typical_size) for kind in kinds if kind in types]
    cell = draft.row("companies", one.company).get("size")
    low, high = (cell.low, cell.high) if cell is not None and cell.low is not None else (plant.size / 3, plant.size * 3)
    return [resized(park, one.company, size / plant.size) for size in (low, high) if size]


def _disposed(park: Park, company: str, material: str) -> list[Park]:
    """Return the parks in which disposal of a by-product costs what it does with none and with all of it recovered already."""
    (stream,) = (one for one in park.streams if (one.company, one.material, one.out) == (company, material, True))
    rest = tuple(one for one in park.streams if one is not stream)
    return [replace(park, streams=(*rest, stream.at(cost))) for cost in stream.rest.ends]


def resized(park: Park, company: str, factor: float) -> Park:
    """Return a park in which a company and all that follows from its size are so many times as large."""

    def scaled(stream: Stream) -> Stream:
        if stream.company != company or not any(column == "size" for _, _, column in stream.cells):
            return stream
        return replace(stream, amount=stream.amount * factor, low=stream.low * factor, high=stream.high * factor)

    plant = park.plants[company]
    grown = replace(plant, size=plant.size * factor)
    return replace(park, plants={**park.plants, company: grown}, streams=tuple(scaled(one) for one in park.streams))


def retyped(park: Park, company: str, kind: str, size: float) -> Park:
    """Return a park in which a company is of another type: what follows from its type changes, what is its own stays."""
    plant = replace(park.plants[company], type=kind, size=size, low=size, high=size)
    own = {
        (one.material, one.out)
        for one in park.streams
        if one.company == company and not any(c == "size" for _, _, c in one.cells)
    }
    new = [one for key, one in streams_of_type(park.scenario, plant, park.market, {}).items() if key not in own]
    kept = [one for one in park.streams if one.company != company or (one.material, one.out) in own]
    return replace(park, plants={**park.plants, company: plant}, streams=(*kept, *new))
