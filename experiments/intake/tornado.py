"""What each uncertain cell does to the best total without a run, and a ready sweep over those that matter most."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .best import Best
from .opportunities import total_of
from .stakes import resized, retyped
from .streams import Park, Stream

MOST = 20
FACTORS, POINTS = 12, 200  # of assumed.toml
TRIED = 60  # cells whose ends are tried, those with the most money at stake first


@dataclass(frozen=True)
class Bar:
    """A cell to its ends: name as a factor of a study has it, ends, best totals there [EUR a year]."""

    name: str
    kind: str
    low: float
    high: float
    total_low: float
    total_high: float
    options: tuple[str, ...] = ()

    @property
    def swing(self) -> float:
        """Return how far the total moves [EUR a year]."""
        return abs(self.total_high - self.total_low)


@dataclass(frozen=True)
class Trial:
    """A cell to be tried: as `Bar` has it, and the park with the cell at each end or of each other type."""

    name: str
    kind: str
    low: float
    high: float
    parks: tuple[Park, ...]
    options: tuple[str, ...] = ()

    def bar(self, totals: list[float], base: float) -> Bar:
        """Return the bar of what came of it. base: the total as it stands."""
        ends = (min(*totals, base), max(*totals, base)) if self.kind == "type" else totals
        return Bar(self.name, self.kind, self.low, self.high, *ends, self.options)


def bars_of(park: Park, total: float, alternatives: dict[str, tuple[str, ...]]) -> list[Bar]:
    """Return the bars, the longest first. alternatives: other types that a company may be.

    Every cell is tried in one pass; of the longest bars the whole programme is solved.
    """
    base = total_of(park, one_pass=True)
    tried = [
        (trial.bar([total_of(one, one_pass=True) for one in trial.parks], base), trial)
        for trial in _trials(park, alternatives)
    ]
    tried.sort(key=lambda one: (-one[0].swing, one[0].name))
    top = [trial.bar([total_of(one) for one in trial.parks], total) for _, trial in tried[:MOST]]
    top.sort(key=lambda bar: (-bar.swing, bar.name))
    return [*top, *(bar for bar, _ in tried[MOST:])]


def _trials(park: Park, alternatives: dict[str, tuple[str, ...]]) -> Iterator[Trial]:
    """Yield the cells that are uncertain: sizes and types, and the streams with the most money at stake."""
    types = {row.type: row for row in park.scenario.tables["types"]}  # type: ignore[attr-defined]
    for name, plant in sorted(park.plants.items()):
        if plant.low < plant.high:
            ends = tuple(resized(park, name, size / plant.size) for size in (plant.low, plant.high))
            yield Trial(f'companies."{name}".size', "size", plant.low, plant.high, ends)
        others = tuple(kind for kind in alternatives.get(name, ()) if kind in types)
        if others:
            parks = tuple(retyped(park, name, kind, types[kind].typical_size) for kind in others)
            yield Trial(f'companies."{name}".type', "type", 0, 0, parks, (plant.type, *others))
    for place, stream in sorted(enumerate(park.streams), key=lambda one: -_money(park, one[1]))[:TRIED]:
        yield from _of_stream(park, place, stream)


def quick_bars(park: Park, best: Best, alternatives: dict[str, tuple[str, ...]]) -> list[Bar]:
    """Return the uncertain cells without trying their ends, by the money of the best network that rests on them x their range."""
    bars = []
    for name, plant in sorted(park.plants.items()):
        flowing = sum(row.in_best * max(row.unit, 0.0) for row in best.chosen if name in (row.giver, row.taker))
        others = tuple(
            kind
            for kind in alternatives.get(name, ())
            if any(row.type == kind for row in park.scenario.tables["types"])
        )  # type: ignore[attr-defined]
        if plant.low < plant.high:
            bars.append(
                Bar(
                    f'companies."{name}".size',
                    "size",
                    plant.low,
                    plant.high,
                    0.0,
                    flowing * math.log(plant.high / plant.low),
                )
            )
        if others:
            bars.append(Bar(f'companies."{name}".type', "type", 0, 0, 0.0, flowing, (plant.type, *others)))
    for stream in park.streams:
        flowing = sum(row.in_best * max(row.unit, 0.0) for row in best.chosen if stream in (row.supply, row.need))
        name = f'streams."{stream.company}".{stream.material}'
        low, high = _own_range(park, stream)
        if 0 < low < high:
            bars.append(Bar(f"{name}.per_year", "stream", low, high, 0.0, flowing * math.log(high / low)))
        if stream.out and 0 < stream.recovered < 1:
            bars.append(Bar(f"{name}.recovered_share", "share", 0.0, 1.0, 0.0, flowing))
    return sorted((bar for bar in bars if bar.swing > 0), key=lambda bar: (-bar.swing, bar.name))


def _own_range(park: Park, stream: Stream) -> tuple[float, float]:
    """Return the range of a stream apart from that of its company's size, which has a bar of its own."""
    if not any(column == "size" for _, _, column in stream.cells):
        return stream.low, stream.high
    plant = park.plants[stream.company]
    return stream.low * plant.size / plant.low, stream.high * plant.size / plant.high


def _money(park: Park, stream: Stream) -> float:
    price = stream.disposal if stream.out else park.market.cost.get(stream.material, 0.0)
    return abs(price) * (stream.high - stream.low)


def _of_stream(park: Park, place: int, stream: Stream) -> Iterator[Trial]:
    """Yield the trials of a stream: its quantity, and the share of it that is recovered already."""

    def with_stream(changed: Stream) -> Park:
        streams = list(park.streams)
        streams[place] = changed
        return replace(park, streams=tuple(streams))

    name = f'streams."{stream.company}".{stream.material}'
    low, high = _own_range(park, stream)
    if 0 < low < high:
        ends = tuple(with_stream(replace(stream, amount=amount)) for amount in (low, high))
        yield Trial(f"{name}.per_year", "stream", low, high, ends)
    if stream.out and 0 < stream.recovered < 1:
        ends = tuple(with_stream(stream.at(cost)) for cost in reversed(stream.rest.ends))
        yield Trial(f"{name}.recovered_share", "share", 0.0, 1.0, ends)


def assumed_toml(name: str, bars: list[Bar]) -> str:
    """Return a study over the cells that matter most; what is left fixed is named."""
    chosen, fixed = bars[:FACTORS], bars[FACTORS:]
    lines = [
        "# A sweep over what is assumed of this park: the cells that move the best total most (`ecopark data` has the tornado).",
        "#   ecopark sweep assumed.toml --dry-run      how many runs, how long",
        "",
        'question = "What do the guesses do to the answer?"',
        'scenario = "."',
        "replicates = 3",
        f'design = {{ kind = "latin_hypercube", points = {POINTS} }}',
        "",
        "[factors]",
    ]
    for bar in chosen:
        if bar.kind == "type":
            form = f"[{', '.join(_quoted(one) for one in bar.options)}]"
        else:
            log = ', distribution = "loguniform"' if bar.kind in ("size", "stream") else ""
            form = f"{{ low = {bar.low:.8g}, high = {bar.high:.8g}{log} }}"
        lines.append(f"{_quoted(bar.name)} = {form}")
    lines += [
        "",
        "[outcomes]",
        'gain = ["last", "sum"]',
        'links = "last"',
        'co2_avoided = "last"',
        'material_reused = "last"',
        "",
    ]
    lines.append(
        f"# left fixed: {', '.join(bar.name for bar in fixed[:30])}" if fixed else "# nothing uncertain is left fixed"
    )
    return "\n".join(lines) + "\n"


def _quoted(text: Any) -> str:
    import json

    return json.dumps(str(text), ensure_ascii=False)
