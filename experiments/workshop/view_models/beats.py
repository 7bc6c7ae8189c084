"""The story of a run in six beats, chosen by rule from any park: one sentence each, the map at that moment, the curve."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.input.scenario import Scenario
from ecopark.abm.observation.event_texts import why_ended
from ecopark.abm.observation.tables import events
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.story_line import mark

from .format import CYCLE, INK, MUTED, axes, plain
from .park_map import map_frame
from .story import capital

SEED, MOST_WORDS = 0, 14
FIRST, FIRST_BRIEF = (
    mark("The first exchange: {material}, {company} to {partner}."),
    mark("The first exchange: {company} gives to {partner}."),
)
GIVES = mark("{company}, later the best linked, first gives {material} to {partner}.")
GIVES_BRIEF = mark("{company}, later the best linked, first gives to {partner}.")
LARGEST, LARGEST_BRIEF = (
    mark("The largest deal: {material}, {company} to {partner}."),
    mark("The largest deal: {company} gives to {partner}."),
)
BREAK_UP, BREAK_UP_BRIEF = (
    mark("The first break-up, {company} and {partner}: {why}."),
    mark("The first break-up: {why}."),
)
STEEPEST = mark("The steepest year: {rise} exchanges more than the year before.")
TODAY = mark("In {last}, at the end, {running} exchanges run.")
BESIDE = mark("In {last} {running} exchanges run; in history it was {known}.")
SENTENCES = (FIRST, FIRST_BRIEF, GIVES, GIVES_BRIEF, LARGEST, LARGEST_BRIEF, BREAK_UP, BREAK_UP_BRIEF, STEEPEST, TODAY)
Said = tuple[str, dict[str, Any]]  # a sentence with named places, and what stands there


@dataclass(frozen=True)
class Beat:
    """A moment that is told. month: of the run. said: one sentence of at most 14 words. frame: of the map."""

    month: int
    said: Said
    frame: dict[str, Any]

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return told(self, str.format)


def told(beat: Beat, translate: Callable[..., str]) -> str:
    """Return the sentence of a beat. translate: puts a sentence with its places into a language."""
    sentence, places = beat.said
    return capital(translate(sentence, **places), places.get("company"))


@dataclass(frozen=True)
class Beats:
    """A story. years, links: exchanges that run at the end of each year. history: as it went in fact, by year, where known."""

    told: list[Beat]
    years: list[int]
    links: list[float]
    history: Mapping[int, float]

    def year_of(self, place: int) -> int:
        """Return the year of a beat."""
        return min(self.years[0] + self.told[place].month // 12, self.years[-1])

    def chart(self, place: int, t: Callable[[str], str] = str) -> dict[str, Any]:
        """Return the curve with a mark at a beat. t: puts words into a language."""
        run, history = t(mark("this run")), t(mark("history"))
        option = axes(t(mark("exchanges")), self.years, whole=True)
        dashes = {
            "silent": True,
            "symbol": "none",
            "label": {"show": False},
            "lineStyle": {"color": INK, "type": "dashed"},
        }
        option["series"] = [{
            "type": "line", "name": run, "symbol": "none", "data": plain(np.asarray(self.links)), "lineStyle": {"color": CYCLE[0], "width": 2.2},
            "itemStyle": {"color": CYCLE[0]}, "markLine": {**dashes, "data": [{"xAxis": self.years.index(self.year_of(place))}]},
        }]  # fmt: skip
        if self.history:
            option["series"].append({
                "type": "line", "name": history, "symbol": "none", "lineStyle": {"color": MUTED, "width": 2, "type": "dotted"},
                "itemStyle": {"color": MUTED}, "data": plain(np.asarray([self.history.get(year, np.nan) for year in self.years])),
            })  # fmt: skip
            option["legend"] = {
                "data": [run, history],
                "right": 4,
                "top": 0,
                "textStyle": {"color": INK, "fontSize": 11},
            }
        return option


def beats_of(scenario: Scenario, history: Mapping[int, float]) -> Beats:
    """Return the story of one run to its end. history: number of exchanges by year, empty where none is known."""
    park = Park(scenario, SEED).run()
    told = [*sorted(_moments(park), key=lambda moment: moment[0]), (park.month, _today(park, history))]
    again, frames = Park(scenario, SEED), []
    for month, _ in told:
        again.advance(min(month + 1, park.month) - again.month)
        frames.append(map_frame(again))
    beats = [Beat(month, said, frame) for (month, said), frame in zip(told, frames, strict=True)]
    years = [int(year) for year in park.yearly["year"]]
    return Beats(beats, years, [float(value) for value in park.yearly["links"]], history)


def _moments(park: Park) -> list[tuple[int, Said]]:
    """Return (month, sentence) of what is worth telling, in no order."""
    lines = _lines(park)
    begun = [line for line in lines if line["kind"] == "operating"]
    ended = [line for line in lines if line["kind"] == "ended"]
    found = []
    if begun:
        found.append((begun[0]["month"], short(begun[0], FIRST, FIRST_BRIEF)))
        found += [*_of_the_most_linked(begun[1:]), _steepest(park), _largest(park, begun)]
    if ended:
        why = why_ended(park, ended[0]["exchange"])
        found.append((ended[0]["month"], short({**ended[0], "why": why}, BREAK_UP, BREAK_UP_BRIEF)))
    return found


def _lines(park: Park) -> list[dict[str, Any]]:
    """Return beginnings and ends of exchanges in the order in which they happened, with labels of materials."""
    table: Mapping[str, Any] = events(park)
    labels = {row.material: row.label for row in park.scenario.tables["materials"]}
    return [
        {"kind": str(table["kind"][place]), "month": int(table["month"][place]), "company": table["company"][place],
         "partner": table["partner"][place], "material": labels.get(table["material"][place], ""), "exchange": int(table["exchange"][place])}
        for place in np.flatnonzero(np.isin(table["kind"], ("operating", "ended")))
    ]  # fmt: skip


def _of_the_most_linked(begun: list[dict[str, Any]]) -> list[tuple[int, Said]]:
    """Return the first by-product that the company with most exchanges gives away, after the first exchange of all."""
    counts = Counter(name for line in begun for name in (line["company"], line["partner"]))
    givers = {line["company"] for line in begun}
    ranked = sorted((name for name in counts if name in givers), key=lambda name: (-counts[name], name))
    if not ranked:
        return []
    line = next(line for line in begun if line["company"] == ranked[0])
    return [(line["month"], short(line, GIVES, GIVES_BRIEF))]


def _steepest(park: Park) -> tuple[int, Said]:
    """Return the year in which the number of exchanges rose most."""
    links = np.asarray(park.yearly["links"], dtype=float)
    rises = np.diff(links, prepend=0.0)
    place = int(rises.argmax())
    return 12 * place + 11, (STEEPEST, {"rise": int(rises[place])})


def _largest(park: Park, begun: list[dict[str, Any]]) -> tuple[int, Said]:
    """Return the beginning of the exchange by which both sides gained most."""
    table = park.state.exchanges
    best = max(begun, key=lambda line: float(table.seller_gain[line["exchange"]] + table.buyer_gain[line["exchange"]]))
    return best["month"], short(best, LARGEST, LARGEST_BRIEF)


def _today(park: Park, history: Mapping[int, float]) -> Said:
    """Return the end of the run, beside history where it is known."""
    last, running = int(park.yearly["year"][-1]), int(park.yearly["links"][-1])
    known = [year for year in history if year <= last]
    if not known:
        return TODAY, {"last": last, "running": running}
    return BESIDE, {"last": last, "running": running, "known": round(history[max(known)])}


def brief(label: str) -> str:
    """Return the label of a material without what stands in brackets."""
    return re.sub(r" \(.*?\)", "", label)


def short(line: Mapping[str, Any], *patterns: str) -> Said:
    """Return the first sentence of at most 14 words; the last pattern is taken where none has so few."""
    said = {name: line[name] for name in ("company", "partner", "why") if name in line}
    said["material"] = brief(str(line["material"]))
    fitting = (pattern for pattern in patterns if len(pattern.format(**said).split()) <= MOST_WORDS)
    return next(fitting, patterns[-1]), said
