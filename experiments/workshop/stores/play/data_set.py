"""The data set of a workshop: what people decided, without names, words and clock times; one table per kind.

Acts of people who did not consent stay as rows, but what they decided is blank.
"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

from .state import Play

KEYS = {
    "workshop": ("", "code of the workshop"), "park": ("", "number of the twin park, from 0"),
    "participant": ("", "P01 ... in the order of coming; empty: an agent or nobody"), "round": ("", "round, 0 before the first"),
    "phase": ("", "phase of the round"), "time_ms": ("ms", "time since the start of the workshop"),
}  # fmt: skip
TABLES: dict[str, dict[str, tuple[str, str]]] = {
    "acts": {
        **KEYS, "role": ("", "role of who acts"), "company": ("", "company that speaks"), "partner": ("", "company across the table"),
        "talk": ("", "number of the talk"), "kind": ("", "kind of talk"), "meeting": ("", "meetings held before"),
        "side": ("", "seller or buyer"), "act": ("", "offer, accept or walk_out"), "price": ("EUR/unit", "price"),
        "share": ("0..1", "seller's share of the capital"), "term": ("years", "term"), "own_gain": ("EUR/year", "worth to who speaks"),
        "own_least": ("EUR/year", "least gain of who speaks"), "other_gain": ("EUR/year", "worth to the other side"),
        "other_least": ("EUR/year", "least gain of the other side"), "zone_low": ("EUR/unit", "lowest price that suits both"),
        "zone_high": ("EUR/unit", "highest price that suits both; below zone_low there is no zone"),
        "advice_seen": ("0/1", "the agent's advice was seen in this talk"), "autopilot": ("0/1", "said by the agent of a person's seat"),
        "floor": ("0/1", "the talk came by the decision floor"), "think_ms": ("ms", "from the item to the answer"),
    },
    "predictions": {**KEYS, "question": ("", "what was asked"), "value": ("", "prediction"), "truth": ("", "how it came out")},
    "votes": {**KEYS, "package": ("", "package that was chosen"), "approvals": ("", "people who approved of it")},
    "rounds": {**KEYS, "gain": ("EUR", "gain of the company by exchanges so far"), "par": ("EUR", "the same by agents alone, median"),
               "share": ("0..1", "share of the central optimum")},
    "participants": {
        "workshop": KEYS["workshop"], "park": KEYS["park"], "participant": KEYS["participant"], "role": ("", "role"),
        "company": ("", "company"), "language": ("", "language of the device"), "device": ("", "phone, tablet or computer"),
        "consent": ("0/1", "consent to research"),
    },
}  # fmt: skip
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
)
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
        "rounds": [] if scores is None else list(_rounds(play, code, scores)),
        "participants": [
            {"workshop": code, "park": person.park, "participant": names[person.code], "role": person.role, "company": person.company,
             "language": person.language, "device": person.device, "consent": int(person.consent)}
            for person in play.people.values()
        ],
    }  # fmt: skip
    silent = {names[person.code] for person in play.people.values() if not person.consent}
    for table in ("acts", "predictions"):
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


def _rounds(play: Play, code: str, scores: Any) -> Any:
    for number, shares in scores.shares.items():
        for park, share in enumerate(shares):
            yield {"workshop": code, "park": park, "participant": "", "round": number, "phase": "reveal", "time_ms": None,
                   "gain": None, "par": None, "share": share}  # fmt: skip


def codebook() -> list[dict[str, str]]:
    """Return one line for every column of every table."""
    return [
        {"table": table, "column": name, "unit": unit, "meaning": meaning, "missing": "empty"}
        for table, columns in TABLES.items()
        for name, (unit, meaning) in columns.items()
    ]


def zip_of(play: Play, code: str, scores: Any = None) -> bytes:
    """Return dataset.zip: a CSV file per table, and the codebook."""
    whole = {**tables_of(play, code, scores), "codebook": codebook()}
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in whole.items():
            columns = list(TABLES[name]) if name in TABLES else ["table", "column", "unit", "meaning", "missing"]
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), _csv(columns, rows))
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
    return "" if value is None or value != value else value
