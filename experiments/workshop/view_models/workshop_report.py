"""The report of a workshop to take home: one page that needs nothing but itself, people by code or by name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ecopark.analysis.exchanges.story_line import mark
from ecopark.analysis.report import html_page
from ecopark.analysis.report.html_page import facts, folded, heading, page, section, words

from ..languages.translate import Translator
from ..stores.play.debrief.findings import Findings
from ..stores.play.debrief.talks import has_zone
from ..stores.play.scores import Scores
from ..stores.play.state import Play
from .faces.slides import CAUSE_WORDS, SLIDES, badges_of

MILLION = 1e6
Names = Mapping[str, str]
ZONE = mark(
    "Low and high are the lowest price the seller and the highest price the buyer could have signed at the last word; "
    "there is a zone where high is not below low."
)
LEFT = mark("Each line is an upper bound for itself: rivals exclude each other, so the lines have no meaningful sum.")
MORE = mark("{count} more rows are in the tables.")
FEW = mark("Where less than 60 % of the others' acts could be kept, no number is given.")
WITHOUT = (
    mark("without"), mark("the park would have lost, million EUR"), mark("own company more than with its agent, million EUR"),
    mark("acts of others kept, %"),
)  # fmt: skip
BESIDE = {
    "links_people": mark("exchanges, people"), "links_agents": mark("exchanges, agents"),
    "gain_people": mark("gain, people, million EUR"), "gain_agents": mark("gain, agents, million EUR"),
}  # fmt: skip
CHANGES = {
    "gain": mark("gain of all companies changes by, EUR"), "public_balance": mark("public purse changes by, EUR"),
    "co2_avoided": mark("CO2 avoided changes by, t"),
}  # fmt: skip
COLUMNS = (
    mark("who"), mark("role"), mark("company"), mark("park"), mark("decisions"), mark("gain, million EUR"), mark("par at the end, million EUR"),
    mark("score"), mark("forecasts, of 100"), mark("round"), mark("month"), mark("what"), mark("seller"), mark("buyer"), mark("material"),
    mark("reason"), mark("predictions"), mark("median"), mark("exchanges that ran"), mark("kind"), mark("low"), mark("high"), mark("unit"),
    mark("offers"), mark("end"), mark("last price"), mark("buyer's part of the surplus, %"), mark("why"),
    mark("at most, million EUR a year"), mark("where the rest was lost"), mark("million EUR a year"), mark("opportunities"), mark("year"),
    mark("package"),
)  # fmt: skip
CELLS = (
    mark("signed"), mark("renewed"), mark("ended"), mark("walked"), mark("lapsed"), mark("open"), mark("new"), mark("renewal"),
    mark("renegotiation"), mark("smaller"), mark("switch"),
)  # fmt: skip


def workshop_report(
    play: Play, code: str, scores: Scores, found: Findings, names: Names | None = None, language: str = "en"
) -> str:
    """Return the report as HTML. names: of the people by their code; without them they are P01, P02 ..."""
    t = Translator(language)
    shown = {person.code: f"P{person.number:02d}" for person in play.people.values()}
    shown.update({key: name for key, name in (names or {}).items() if key in shown})
    title = t("Workshop {code}", code=code)
    parts = [
        heading(title), words(_lead(t, play), "lead"), facts(_facts(t, play, scores, found)),
        section(t("Who sat where"), _table(t, _people(play, scores, shown), keep=("who",)), place="people"),
        section(t("What happened"), _table(t, _timeline(found), most=400), place="happened"),
        section(t("Prediction and outcome"), _table(t, _predictions(found)), place="predictions"),
        section(t("Every talk opened up"), words(t(ZONE)), _table(t, _talks(found), most=400), place="talks"),
        section(t("Left on the table"), words(t(LEFT)), _table(t, _left(found), most=60), place="left"),
        section(t("Share of the attainable"), *_shares(t, scores, found), place="attainable"),
        section(t("The same park without people"), *_agents(t, found, shown), place="agents"),
        section(t("The vote"), *_vote(t, found), place="vote"),
        section(t("Take home"), *_badges(t, play, scores, found), *_feelings(t, play), place="home"),
    ]  # fmt: skip
    return page(title, parts, language)


def _table(t: Translator, frame: pd.DataFrame, most: int = 200, keep: tuple[str, ...] = ()) -> str:
    """Return a table whose headings and words are in the language. keep: columns whose cells are names that people chose."""
    said = frame.copy()
    for name in said.columns:
        if not pd.api.types.is_numeric_dtype(said[name]) and name not in keep:
            said[name] = [t.word(cell) if isinstance(cell, str) else cell for cell in said[name]]
    return html_page.table(said, {name: t.word(str(name)) for name in said.columns}, most, t.number, t.unfilled(MORE))


def _lead(t: Translator, play: Play) -> str:
    people = sum(not person.gone for person in play.people.values())
    return t(
        "{people} people played {done} of {rounds} rounds of two years; parks: {parks}; scenario: {scenario}; seed: {seed}.",
        people=people, done=play.pace.round, rounds=play.plan.rounds, parks=len(play.parks), scenario=play.scenario.name, seed=play.seed,
    )  # fmt: skip


def _facts(t: Translator, play: Play, scores: Scores, found: Findings) -> list[tuple[str, str, str]]:
    signed = sum(talk["end"] == "signed" for talk in found.talks)
    missed = sum(talk["end"] in ("walked", "lapsed") and has_zone(talk) for talk in found.talks)
    rows = [
        (t("Talks"), str(len(found.talks)), t("{count} signed", count=signed)),
        (t("Failed with a zone"), str(missed), t("a price suited both")),
    ]
    for place, losses in enumerate(found.losses):
        label = (
            t("Share of the attainable, park {park}", park="ABC"[place])
            if len(found.losses) > 1
            else t("Share of the attainable")
        )
        rows.append(
            (
                label,
                "–" if losses is None else f"{100 * losses['share']:.0f}\u00a0%",
                t("at the end of the last whole year"),
            )
        )
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


def _shares(t: Translator, scores: Scores, found: Findings) -> list[str]:
    rounds = [
        {"round": str(number), **{t("park {park}, %", park="ABC"[place]): None if share is None else round(100 * share, 1) for place, share in enumerate(shares)}}
        for number, shares in sorted(scores.shares.items())
    ]  # fmt: skip
    parts = [_table(t, pd.DataFrame(rounds))] if rounds else []
    for losses in filter(None, found.losses):
        best, reached = losses["optimum"] / MILLION, losses["reached"] / MILLION
        parts.append(
            words(
                t(
                    "A planner who knows everything would reach {best:,.2f} million EUR a year; the park reached {reached:,.2f}.",
                    best=best,
                    reached=reached,
                )
            )
        )
        rows = [(line["cause"], _million(line["loss"]), line["opportunities"]) for line in losses["losses"]]
        parts.append(
            _table(t, pd.DataFrame(rows, columns=["where the rest was lost", "million EUR a year", "opportunities"]))
        )
    return parts or [words(t("Nothing could be reached."))]


def _agents(t: Translator, found: Findings, names: Names) -> list[str]:
    parts = [words(t("The same park on the same shocks and rules, with agents in every seat."))]
    for line in found.agents:
        columns = {
            label: [_million(value) for value in line[name]] if name.startswith("gain") else line[name]
            for name, label in BESIDE.items()
        }
        parts.append(_table(t, pd.DataFrame({"year": [str(year) for year in line["year"]], **columns})))
    rows = [
        (names[who], _million(line["park"]), _million(line["own"]), round(100 * line["kept"]))
        for who, line in found.without.items()
    ]
    if rows:
        parts.append(
            folded(
                t("The game again without each person"),
                words(t(FEW)) + _table(t, pd.DataFrame(rows, columns=list(WITHOUT)), keep=WITHOUT[:1]),
            )
        )
    return parts


def _vote(t: Translator, found: Findings) -> list[str]:
    if not found.vote:
        return [words(t("There was no vote."))]
    rows = []
    for line in found.vote:
        changes = {label: round(line["with"][name] - line["without"][name], 1) for name, label in CHANGES.items()}
        rows.append({"park": "ABC"[line["park"]], "package": line["package"], **changes})
    return [
        words(t("Two forks from the vote, with and without the package: agents only.")),
        _table(t, pd.DataFrame(rows)),
    ]


def _badges(t: Translator, play: Play, scores: Scores, found: Findings) -> list[str]:
    return [facts([(t.word(badge["title"][0]), badge["name"], "") for badge in badges_of(play, scores, found)])]


def _feelings(t: Translator, play: Play) -> list[str]:
    said = SLIDES[1](play, None, None)  # type: ignore[arg-type]
    heard = ", ".join(f"{word} ({count})" for word, count in said["words"])
    return [words(t("How it felt: {count} answers. {heard}", count=len(play.feelings), heard=heard))]
