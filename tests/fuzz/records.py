"""The run.json of a run and the journal of a workshop, changed in a few places."""

import json

from .values import PLAIN, nasty

FIRST = ("scenario", "scenario", "scenario", "scenario", "seeds", "replicates", "steps", "versions", "format")


def run_case(chance, place, base):
    """Change the run.json of a run in a few places."""
    plain = json.loads(base)
    for _ in range(chance.randint(1, 3)):
        spoil_json(chance, plain)
    text = json.dumps(plain)
    if chance.random() < 0.08:
        text = text[: chance.randrange(len(text))]
    elif chance.random() < 0.02:
        text = '{"scenario": ' + '{"a":' * 100_000 + "1" + "}" * 100_001
    (place / "input" / "run.json").write_text(text, encoding="utf-8")
    return ["run", "input/run.json", "--no-report", "--out", "out"]


def journal_case(chance, place, base):
    """Change some lines of the journal of a workshop, or cut it off."""
    lines = [json.loads(line) for line in base.splitlines()]
    for _ in range(chance.randint(1, 3)):
        what = chance.random()
        if what < 0.8:
            spoil_json(chance, chance.choice([lines[0], *lines]))
        elif what < 0.9 and len(lines) > 1:
            del lines[chance.randrange(len(lines))]
        else:
            lines.append(chance.choice(lines))
    text = "".join(json.dumps(line) + "\n" for line in lines)
    if chance.random() < 0.2:
        text = text[: chance.randrange(len(text))]
    (place / "input" / "AAAAA.journal").write_text(text, encoding="utf-8")
    return ["journal", "input"]


def spoil_json(chance, plain):
    """Change one value somewhere, most often near the top, where programs look first."""
    here, depth = plain, 0
    while len(here):
        key = _key(chance, here, depth)
        deeper = here[key]
        if isinstance(deeper, dict | list) and deeper and chance.random() < (0.9 if depth else 0.8):
            here, depth = deeper, depth + 1
            continue
        _change(chance, here, key)
        return


def _key(chance, here, depth):
    if not isinstance(here, dict):
        return chance.randrange(len(here))
    if depth == 0 and any(key in here for key in FIRST):
        return chance.choice([key for key in FIRST if key in here])
    if depth == 1 and "tables" in here and chance.random() < 0.6:
        return "tables"
    return chance.choice(list(here))


def _change(chance, here, key):
    """Replace, delete or add a value, in place."""
    what = chance.random()
    if what < 0.75:
        here[key] = chance.choice([*PLAIN, nasty(chance)])
    elif what < 0.85:
        del here[key]
    elif isinstance(here, list):
        here.append(chance.choice([here[key], *PLAIN]))
    else:
        here[chance.choice(["nope", *here])] = chance.choice(PLAIN)
