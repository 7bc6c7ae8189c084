"""The report of a workshop to take home: one page that needs nothing but itself, people by code or by name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ecopark.analysis.report.html_page import facts, folded, heading, page, section, table, words

from ..stores.play.debrief.findings import Findings
from ..stores.play.debrief.talks import has_zone
from ..stores.play.scores import Scores
from ..stores.play.state import Play
from .faces.slides import CAUSE_WORDS, SLIDES, TITLES, badges_of

MILLION = 1e6
Names = Mapping[str, str]
ZONE = (
    "Low and high are the lowest price the seller and the highest price the buyer could have signed at the last word; "
    "there is a zone where high is not below low."
)
LEFT = "Each line is an upper bound for itself: rivals exclude each other, so the lines have no meaningful sum."
FEW = "Where less than 60 % of the others' acts could be kept, no number is given."
WITHOUT = (
    "without",
    "the park would have lost, million EUR",
    "own company more than with its agent, million EUR",
    "acts of others kept, %",
)
BESIDE = {
    "links_people": "exchanges, people", "links_agents": "exchanges, agents", "gain_people": "gain, people, million EUR",
    "gain_agents": "gain, agents, million EUR",
}  # fmt: skip
CHANGES = {
    "gain": "gain of all companies changes by, EUR", "public_balance": "public purse changes by, EUR",
    "co2_avoided": "CO2 avoided changes by, t",
}  # fmt: skip


def workshop_report(play: Play, code: str, scores: Scores, found: Findings, names: Names | None = None) -> str:
    """Return the report as HTML. names: of the people by their code; without them they are P01, P02 ..."""
    shown = {person.code: f"P{person.number:02d}" for person in play.people.values()}
    shown.update({key: name for key, name in (names or {}).items() if key in shown})
    parts = [
        heading(f"Workshop {code}"), words(_lead(play), "lead"), facts(_facts(play, scores, found)),
        section("Who sat where", table(_people(play, scores, shown)), place="people"),
        section("What happened", table(_timeline(found), most=400), place="happened"),
        section("Prediction and outcome", table(_predictions(found)), place="predictions"),
        section("Every talk opened up", words(ZONE), table(_talks(found), most=400), place="talks"),
        section("Left on the table", words(LEFT), table(_left(found), most=60), place="left"),
        section("Share of the attainable", *_shares(scores, found), place="attainable"),
        section("The same park without people", *_agents(found, shown), place="agents"),
        section("The vote", *_vote(found), place="vote"),
        section("Take home", *_badges(play, scores, found), *_feelings(play), place="home"),
    ]  # fmt: skip
    return page(f"Workshop {code}", parts)


def _lead(play: Play) -> str:
    people = sum(not person.gone for person in play.people.values())
    return (
        f"{people} people played {play.pace.round} of {play.plan.rounds} rounds of two years in {len(play.parks)} "
        f"{'park' if len(play.parks) == 1 else 'parks'} of the scenario {play.scenario.name}, seed {play.seed}."
    )


def _facts(play: Play, scores: Scores, found: Findings) -> list[tuple[str, str, str]]:
    signed = sum(talk["end"] == "signed" for talk in found.talks)
    missed = sum(talk["end"] in ("walked", "lapsed") and has_zone(talk) for talk in found.talks)
    rows = [
        ("Talks", str(len(found.talks)), f"{signed} signed"),
        ("Failed with a zone", str(missed), "a price suited both"),
    ]
    for place, losses in enumerate(found.losses):
        label = "Share of the attainable" + (f", park {'ABC'[place]}" if len(found.losses) > 1 else "")
        rows.append((label, "–" if losses is None else f"{losses['share']:.0%}", "at the end of the last whole year"))
    return rows


def _people(play: Play, scores: Scores, names: Names) -> pd.DataFrame:
    rows = []
    for person in play.people.values():
        own = scores.own(play, person)
        rows.append({
            "who": names[person.code], "role": person.role, "company": person.company, "park": "ABC"[person.park],
            "decisions": sum(person.decisions.values()), "gain, million EUR": _million(own["gain"]), "par at the end, million EUR": _million(own["par"]),
            "score": own["score"], "forecasts, of 100": scores.forecast(play, person),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _million(value: float | None) -> float | None:
    return None if value is None else round(value / MILLION, 3)


def _timeline(found: Findings) -> pd.DataFrame:
    columns = ["round", "month", "what", "seller", "buyer", "material", "reason"]
    return pd.DataFrame(found.timeline, columns=columns).astype({"round": str, "month": str})


def _predictions(found: Findings) -> pd.DataFrame:
    return pd.DataFrame(
        [{"round": str(line["round"]), "park": "ABC"[line["park"]], "predictions": len(line["guesses"]), "median": line["median"], "exchanges that ran": line["truth"]}
         for line in found.predictions]
    )  # fmt: skip


def _talks(found: Findings) -> pd.DataFrame:
    return pd.DataFrame(
        [{"round": str(talk["round"]), "kind": talk["kind"], "seller": talk["seller"], "buyer": talk["buyer"], "material": talk["material"],
          "low": round(talk["low"], 2), "high": round(talk["high"], 2), "unit": f"EUR/{talk['unit']}", "offers": len(talk["offers"]), "end": talk["end"],
          "last price": talk["price"], "buyer's part of the surplus, %": None if talk["position"] is None else round(100 * talk["position"])}
         for talk in found.talks]
    )  # fmt: skip


def _left(found: Findings) -> pd.DataFrame:
    return pd.DataFrame(
        [{"seller": line["seller"], "buyer": line["buyer"], "material": line["material"], "why": CAUSE_WORDS[line["cause"]][0],
          "at most, million EUR a year": _million(line["gain"])}
         for line in found.left]
    )  # fmt: skip


def _shares(scores: Scores, found: Findings) -> list[str]:
    rounds = [
        {"round": str(number), **{f"park {'ABC'[place]}, %": None if share is None else round(100 * share, 1) for place, share in enumerate(shares)}}
        for number, shares in sorted(scores.shares.items())
    ]  # fmt: skip
    parts = [table(pd.DataFrame(rounds))] if rounds else []
    for losses in filter(None, found.losses):
        best, reached = losses["optimum"] / MILLION, losses["reached"] / MILLION
        parts.append(
            words(
                f"A planner who knows everything would reach {best:,.2f} million EUR a year; the park reached {reached:,.2f}."
            )
        )
        rows = [(line["cause"], _million(line["loss"]), line["opportunities"]) for line in losses["losses"]]
        parts.append(
            table(pd.DataFrame(rows, columns=["where the rest was lost", "million EUR a year", "opportunities"]))
        )
    return parts or [words("Nothing could be reached.")]


def _agents(found: Findings, names: Names) -> list[str]:
    parts = [words("The same park on the same shocks and rules, with agents in every seat.")]
    for line in found.agents:
        columns = {
            label: [_million(value) for value in line[name]] if name.startswith("gain") else line[name]
            for name, label in BESIDE.items()
        }
        parts.append(table(pd.DataFrame({"year": [str(year) for year in line["year"]], **columns})))
    rows = [
        (names[who], _million(line["park"]), _million(line["own"]), round(100 * line["kept"]))
        for who, line in found.without.items()
    ]
    if rows:
        parts.append(
            folded("The game again without each person", words(FEW) + table(pd.DataFrame(rows, columns=list(WITHOUT))))
        )
    return parts


def _vote(found: Findings) -> list[str]:
    if not found.vote:
        return [words("There was no vote.")]
    rows = []
    for line in found.vote:
        changes = {label: round(line["with"][name] - line["without"][name], 1) for name, label in CHANGES.items()}
        rows.append({"park": "ABC"[line["park"]], "package": line["package"], **changes})
    return [words("Two forks from the vote, with and without the package: agents only."), table(pd.DataFrame(rows))]


def _badges(play: Play, scores: Scores, found: Findings) -> list[str]:
    return [facts([(badge["title"][0], badge["name"], "") for badge in badges_of(play, scores, found)])]


def _feelings(play: Play) -> list[str]:
    said = SLIDES[1](play, None, None)  # type: ignore[arg-type]
    heard = ", ".join(f"{word} ({count})" for word, count in said["words"])
    return [words(f"{TITLES[1][0]}: {len(play.feelings)} answers. {heard}")]
