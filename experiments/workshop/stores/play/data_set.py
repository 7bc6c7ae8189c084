"""The data set of a workshop: what people decided, without names, words and clock times; one table per kind.

Acts of people who did not consent stay as rows, but what they decided is blank.
"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

from ecopark.abm.entities.tables import COLUMNS, describe

from .data_columns import TABLES
from .debrief.talks import opened_talks
from .state import Play

DECIDED = (
    "act",
    "price",
    "share",
    "term",
    "own_gain",
    "own_least",
    "other_gain",
    "other_least",
    "zone_low",
    "zone_high",
    "think_ms",
    "value",
    "advice_seen",
    "undone",
    "approved",
    "gain",
)
RUN_TABLES = ("yearly", "companies", "opportunities", "exchanges", "events", "meetings")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def tables_of(play: Play, code: str, scores: Any = None) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table. scores: with par and shares, None without."""
    names = {person.code: f"P{person.number:02d}" for person in play.people.values()}
    tables = {
        "acts": [_act(play, code, names, move) for move in play.history],
        "predictions": list(_predictions(play, code, names)),
        "votes": [
            {"workshop": code, "park": line["park"], "participant": "", "round": line["round"], "phase": "vote", "time_ms": None,
             "package": play.packages[line["package"]]["name"], "approvals": line["counts"][line["package"]]}
            for line in play.chosen
        ],
        "talks": list(_talks(play, code)), "contracts": list(_contracts(play, code)), "hours": list(_hours(play, code, names)),
        "ballots": list(_ballots(play, code, names)),
        "rounds": list(_rounds(play, code, names, scores)),
        "participants": [
            {"workshop": code, "park": person.park, "participant": names[person.code], "role": person.role, "company": person.company,
             "language": person.language, "device": person.device, "consent": int(person.consent), "away_s": round(person.away_ms / 1000)}
            for person in play.people.values()
        ],
    }  # fmt: skip
    silent = {names[person.code] for person in play.people.values() if not person.consent}
    for table in ("acts", "predictions", "hours", "ballots", "rounds"):
        for row in tables[table]:
            if row["participant"] in silent:
                row.update({name: None for name in DECIDED if name in row})
    return tables


def _act(play: Play, code: str, names: dict[str, str], move: dict[str, Any]) -> dict[str, Any]:
    person = play.people.get(move["who"])
    row = {name: move.get(name) for name in TABLES["acts"]}
    row.update(
        workshop=code, participant=names.get(move["who"], ""), time_ms=move["time"], role=person.role if person else "agent",
        kind=move.get("kind", "new"), advice_seen=int(bool(move.get("advised"))), autopilot=int(bool(move.get("autopilot"))),
        floor=int(bool(move.get("floor"))),
    )  # fmt: skip
    return row


def _predictions(play: Play, code: str, names: dict[str, str]) -> Any:
    for number, given in play.predictions.items():
        truths = play.truths.get(number, {}).get("people", {})
        for who, answers in given.items():
            for question, value in answers.items():
                yield {
                    "workshop": code, "park": play.people[who].park, "participant": names[who], "round": number, "phase": "predict",
                    "time_ms": None, "question": question.split()[0], "value": value, "truth": truths.get(who, {}).get(question),
                }  # fmt: skip


def _rounds(play: Play, code: str, names: dict[str, str], scores: Any) -> Any:
    """Yield a line for every park and round, and one for everybody who had a company then."""
    for number, truth in play.truths.items():
        for park in range(len(play.parks)):
            share = None if scores is None else scores.shares.get(number, [None] * len(play.parks))[park]
            yield _round(code, park, "", number, None, None, share)
        for who, gain in truth["gains"].items():
            person = play.people[who]
            yield _round(
                code,
                person.park,
                names[who],
                number,
                gain,
                None if scores is None else scores.par_of(play, person, number),
                None,
            )


def _round(code: str, park: int, participant: str, number: int, gain: Any, par: Any, share: Any) -> dict[str, Any]:
    return {"workshop": code, "park": park, "participant": participant, "round": number, "phase": "reveal", "time_ms": None,
            "gain": gain, "par": par, "share": share}  # fmt: skip


def _talks(play: Play, code: str) -> Any:
    for talk in opened_talks(play):
        yield {
            "workshop": code, **{name: talk[name] for name in ("park", "talk", "kind", "round", "seller", "buyer", "material", "unit", "quantity", "end")},
            "offers": len(talk["offers"]), "zone_low": talk["low"], "zone_high": talk["high"], "joint_gain": talk["gain"],
            "last_price": talk["price"], "buyer_share": talk["position"], "floor": int(talk["floor"]),
        }  # fmt: skip


def _contracts(play: Play, code: str) -> Any:
    from .debrief.findings import timeline_of  # not at the top: findings read the acts, which write what is read here

    for line in timeline_of(play):
        yield {"workshop": code, **line}


def _hours(play: Play, code: str, names: dict[str, str]) -> Any:
    for deed in play.course:
        if deed["do"] in ("look", "study") and deed.get("who"):
            yield {
                "workshop": code, "park": deed["park"], "participant": names[deed["who"]], "round": deed["round"], "phase": deed["phase"],
                "time_ms": deed["time"], "what": deed["do"], "partner": deed.get("partner", ""),
            }  # fmt: skip


def _ballots(play: Play, code: str, names: dict[str, str]) -> Any:
    for line in play.chosen:
        for who, approved in line["votes"].items():
            for place, package in enumerate(play.packages):
                if play.people[who].park == line["park"]:
                    yield {
                        "workshop": code, "park": line["park"], "participant": names[who], "round": line["round"], "phase": "vote",
                        "time_ms": None, "package": package["name"], "approved": int(place in approved),
                    }  # fmt: skip


def codebook(runs: dict[str, Any] | None = None) -> list[dict[str, str]]:
    """Return one line for every column of every table. runs: tables of the parks' runs by name."""
    lines = [
        {"table": table, "column": name, "unit": unit, "meaning": meaning, "missing": "empty"}
        for table, columns in TABLES.items()
        for name, (unit, meaning) in columns.items()
    ]
    for table, frame in (runs or {}).items():
        known = _described(table.rsplit("_", 1)[-1])
        for column in frame.columns:
            unit, meaning = known.get(str(column), ("", ""))
            meaning = meaning or "as in the table of a run folder"
            lines.append({"table": table, "column": str(column), "unit": unit, "meaning": meaning, "missing": "empty"})
    return lines


def _described(table: str) -> dict[str, tuple[str, str]]:
    """Return unit and meaning of the columns of one of the model's tables, as far as they have the same names."""
    return {name: (unit, meaning) for name, _, unit, meaning in describe(table)} if table in COLUMNS else {}


def run_tables(play: Play) -> dict[str, Any]:
    """Return the tables of every park's run as DataFrames, by name: run_A_exchanges and so on."""
    from ecopark.analysis.run_folder.tables import tables_of as read

    found = {}
    for place, park in enumerate(play.parks):
        tables = read(park.results)
        found.update({f"run_{'ABC'[place]}_{name}": getattr(tables, name) for name in RUN_TABLES})
    return found


def zip_of(play: Play, code: str, scores: Any = None) -> bytes:
    """Return dataset.zip: a CSV file per table, those of the parks' runs, and the codebook."""
    from ecopark.analysis.run_folder.spreadsheet_text import csv_text

    runs = run_tables(play)
    whole = {**tables_of(play, code, scores), "codebook": codebook(runs)}
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in whole.items():
            columns = list(TABLES[name]) if name in TABLES else ["table", "column", "unit", "meaning", "missing"]
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), _csv(columns, rows))
        for name, frame in runs.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), csv_text(frame))
    return store.getvalue()


def _csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _safe(row.get(name)) for name in columns} for row in rows)
    return text.getvalue()


def _safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; what does not exist is empty."""
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    if isinstance(value, float):
        return "" if value != value else float(f"{value:.10g}")
    return "" if value is None else value
