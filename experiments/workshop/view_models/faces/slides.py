"""The slides of the debrief for the projector: companies, never people; what was secret in play is open now."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

from ...stores.play.debrief.findings import Findings
from ...stores.play.debrief.left import CAUSES
from ...stores.play.debrief.talks import has_zone
from ...stores.play.scores import Scores
from ...stores.play.state import Play, say

MOST_LINES, MOST_ZONES, MOST_WORDS, MOST_ANSWERS = 9, 10, 24, 5
HOME = (say("What surprised you?"), say("Where is this in your work?"), say("What will you do?"))
CAUSE_WORDS = {
    "broke off": say("talks that broke off"), "too late": say("deals that came late"),
    "not tried": say("known, never talked about"), "not found": say("never found"),
}  # fmt: skip
WHAT_WORDS = {
    "signed": say("Round {round}: {seller} → {buyer}: {material}")[0],
    "renewed": say("Round {round}: {seller} → {buyer}: {material}, renewed")[0],
    "ended": say("Round {round}: {seller} → {buyer}: {material} ended: {reason}")[0],
}  # fmt: skip


def slide_view(play: Play, scores: Scores, found: Findings | None, said: str = "") -> dict[str, Any]:
    """Return the slide that the console has chosen: title, lead, and what is drawn."""
    number = play.settings["slide"]
    slide = SLIDES.get(number, _start)
    if found is None and number not in (0, 1, 10):
        lead = say("Working it out …") if not said else say("This could not be worked out ({error}).", error=said)
        return {"n": number, "title": TITLES[number], "lead": lead, "ready": False}
    return {"n": number, "title": TITLES[number], "ready": True, **slide(play, scores, found or Findings())}


def _start(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    return {"lead": say("How was it? Two taps and one word on your phone.")}


def _feelings(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    given = list(play.feelings.values())
    words = Counter(one["word"].lower() for one in given if one["word"])
    bars = [
        {"label": label, "value": round(median(values), 1), "most": 5}
        for label, values in (
            (say("Mood"), [one["mood"] for one in given if one["mood"]]),
            (say("Surprise"), [one["surprise"] for one in given if one["surprise"]]),
        )
        if values
    ]
    return {
        "lead": say("Answers: {count}", count=len(given)), "bars": bars,
        "words": [[word, count] for word, count in words.most_common(MOST_WORDS)],
    }  # fmt: skip


def _happened(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    count = Counter(line["what"] for line in found.timeline)
    lead = say(
        "Contracts: {signed} signed, {renewed} renewed, {ended} ended", **{name: count[name] for name in WHAT_WORDS}
    )
    lines = [
        say(
            WHAT_WORDS[line["what"]],
            **{name: line[name] for name in ("round", "seller", "buyer", "material", "reason")},
        )
        for line in found.timeline
    ]
    ends = [line for line, row in zip(lines, found.timeline, strict=True) if row["what"] == "ended"]
    others = [line for line in lines if line not in ends]
    return {"lead": lead, "lines": [*others[: MOST_LINES - min(4, len(ends))], *ends[:4]][:MOST_LINES]}


def _predicted(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    return {
        "lead": say("Exchanges that run: what you thought, and what came"),
        "guesses": [{"round": line["round"], "park": line["park"], "guesses": line["guesses"], "median": line["median"], "truth": line["truth"]}
                    for line in found.predictions],
    }  # fmt: skip


def _zones(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    missed = [talk for talk in found.talks if talk["end"] in ("walked", "lapsed") and has_zone(talk)]
    largest = sorted(found.talks, key=lambda talk: -talk["gain"])
    chosen = [*sorted(missed, key=lambda talk: -talk["gain"])[: MOST_ZONES // 2]]
    chosen += [talk for talk in largest if talk not in chosen][: MOST_ZONES - len(chosen)]
    lead = say(
        "Talks: {count}. Ended without a deal although a price suited both: {missed}",
        count=len(found.talks),
        missed=len(missed),
    )
    return {"lead": lead, "zones": [zone_of(talk) for talk in chosen]}


def zone_of(talk: dict[str, Any]) -> dict[str, Any]:
    """Return a talk as a bar: both least gains as prices, offers as dots, the deal or where it died."""
    return {
        "label": f"{talk['seller']} → {talk['buyer']}", "material": talk["material"], "unit": talk["unit"], "end": talk["end"],
        "low": talk["low"], "high": talk["high"], "price": talk["price"], "zone": has_zone(talk),
        "offers": [[side, price] for side, price, _ in talk["offers"]],
    }  # fmt: skip


def _left(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    sums = {cause: sum(line["gain"] for line in found.left if line["cause"] == cause) for cause in CAUSES}
    most = max(sums.values(), default=0.0)
    return {
        "lead": say("The largest chances that were missed, in EUR a year. Each is an upper bound: rivals exclude each other"),
        "bars": [{"label": CAUSE_WORDS[cause], "value": value, "money": True, "most": most} for cause, value in sums.items()],
        "lines": [
            say("{seller} → {buyer}: {material}: {gain} EUR a year", seller=line["seller"], buyer=line["buyer"], material=line["material"], gain={"money": line["gain"]})
            for line in found.left[:4]
        ],
    }  # fmt: skip


def _surplus(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    signed = [talk for talk in found.talks if talk["position"] is not None]
    places = [min(1.0, max(0.0, talk["position"])) for talk in signed]
    text = say("no deal was signed") if not places else say(
        "The buyer got {share} % of the surplus in the median deal; equal split is 50 %", share=round(100 * median(places))
    )  # fmt: skip
    return {
        "lead": text,
        "places": [[f"{talk['seller']} → {talk['buyer']}", round(100 * place)] for talk, place in zip(signed, places, strict=True)][:12],
    }  # fmt: skip


def _share(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    rounds = [
        {"round": number, "shares": [None if share is None else round(100 * share, 1) for share in shares]}
        for number, shares in sorted(scores.shares.items())
    ]
    losses = next((line for line in found.losses if line is not None), None)
    bars = [] if losses is None else [
        {"label": say(line["cause"]), "value": line["loss"], "money": True, "most": losses["optimum"] - losses["reached"]}
        for line in losses["losses"] if abs(line["loss"]) > 0.005 * losses["optimum"]
    ]  # fmt: skip
    lead = say("Nothing could be reached") if losses is None else say(
        "In its last year the park reached {share} % of what a planner who knows everything could. Lost, in EUR a year:", share=round(100 * losses["share"])
    )  # fmt: skip
    return {"lead": lead, "shares": rounds, "bars": bars[:5]}


def _agents(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    parks = [
        {"people": [round(value / 1e6, 3) for value in line["gain_people"]], "agents": [round(value / 1e6, 3) for value in line["gain_agents"]],
         "year": line["year"]}
        for line in found.agents
    ]  # fmt: skip
    if not parks:
        return {"lead": say("Nothing could be reached")}
    people, agents = sum(parks[0]["people"]), sum(parks[0]["agents"])
    lead = say(
        "Gained together: you {people} EUR, agents alone {agents} EUR",
        people={"money": 1e6 * people},
        agents={"money": 1e6 * agents},
    )
    return {"lead": lead, "series": parks, "lines": [say("Your phone says what the park would have been without you.")]}


def _vote(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    if not found.vote:
        return {"lead": say("There was no vote")}
    line = found.vote[0]
    with_, without = line["with"], line["without"]
    names = (("gain", say("gain of all companies")), ("public_balance", say("public purse")))
    return {
        "lead": say("{package}: what it changed, agents only", package=line["package"]),
        "lines": [
            *(say("{what} changes by {change} EUR since the vote", what=label[0], change={"change": with_[name] - without[name]}) for name, label in names),
            say("CO₂ avoided changes by {change} t", change=round(with_["co2_avoided"] - without["co2_avoided"])),
            say("Exchanges at the end: {with} with it, {without} without it", **{"with": with_["running"], "without": without["running"]}),
        ],
    }  # fmt: skip


def _home(play: Play, scores: Scores, found: Findings) -> dict[str, Any]:
    return {
        "lead": say("Three questions to take home"),
        "lines": [*HOME, *_wall(play)],
        "badges": badges_of(play, scores, found),
    }  # fmt: skip


def _wall(play: Play) -> list[list[Any]]:
    """Return the newest answers to the three questions, where the facilitator has put them on the wall."""
    said = [answer for answers in play.home.values() for answer in answers if answer]
    return [say("“{answer}”", answer=answer) for answer in said[-MOST_ANSWERS:]] if play.settings["wall"] else []


def badges_of(play: Play, scores: Scores, found: Findings) -> list[dict[str, Any]]:
    """Return the four badges: best against par, most given to partners, best forecaster, best after the shock."""
    people = play.seated()
    own = {person.code: scores.own(play, person)["score"] for person in people}
    given: Counter[str] = Counter()
    for talk in found.talks:
        if talk["position"] is not None:
            given[talk["seller"]] += talk["gain"] * min(1.0, max(0.0, talk["position"]))
            given[talk["buyer"]] += talk["gain"] * (1.0 - min(1.0, max(0.0, talk["position"])))
    forecasts = {person.code: scores.forecast(play, person) for person in play.people.values() if not person.gone}
    rows = [
        (say("Best against par"), _best(play, own)),
        (say("Most given to partners"), _best(play, {person.code: given.get(person.company) for person in people})),
        (say("Best forecaster"), _best(play, forecasts)),
        (
            say("Best after the shock"),
            _best(play, {person.code: scores.since_shock(play, person) for person in people}),
        ),
    ]
    return [{"title": title, "name": name} for title, name in rows if name]


def _best(play: Play, values: dict[str, float | None]) -> str:
    """Return the company, or the number, of whoever has most, "" where nobody has any."""
    known = {code: value for code, value in values.items() if value is not None}
    if not known or max(known.values()) <= 0:
        return ""
    best = play.people[max(known, key=lambda code: known[code])]
    return best.company or f"P{best.number:02d}"


SLIDES = {
    1: _feelings, 2: _happened, 3: _predicted, 4: _zones, 5: _left, 6: _surplus, 7: _share, 8: _agents, 9: _vote, 10: _home,
}  # fmt: skip
TITLES = {
    0: say("Debrief"), 1: say("How it felt"), 2: say("What happened"), 3: say("Prediction and outcome"),
    4: say("Every talk opened up"), 5: say("Left on the table"), 6: say("Who got the surplus"),
    7: say("Share of the attainable"), 8: say("The same park without people"), 9: say("The vote"), 10: say("Take home"),
}  # fmt: skip
