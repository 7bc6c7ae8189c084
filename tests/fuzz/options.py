"""`--set` pairs and study files, within their ranges and beyond."""

from ecopark.abm.input.checked_values import as_number
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.policies import POLICIES

from .folders import PARK
from .values import argument, nasty

DESIGNS = (
    '"grid"', '"grid"', '{kind = "latin_hypercube", points = 3}', '{kind = "sobol", points = 4}', '{kind = "morris", trajectories = 2}',
    '{kind = "one_at_a_time"}', '{kind = "table", file = "points.csv"}', '{kind = "saltelli", points = 2}',
)  # fmt: skip
VALUES = (
    "0", "-1", "1.5", "inf", "nan", "1e308", "99999999999", '"x"', '""', "[]", "{}", "true", '"../../evil"', '"<b>"', "[1, inf]", '["a"]',
    '"kalundborg"', "1979-05-27", '"grid"', "1" + "0" * 400, "0x" + "f" * 5000, "[" * 5000 + "]" * 5000,
)  # fmt: skip
KEYS = (
    "values",
    "low",
    "high",
    "levels",
    "distribution",
    "indicator",
    "take",
    "since",
    "until",
    "base",
    "whole",
    "nope",
)
STRANGE = (
    'factors."nope.x"', 'factors."policy.landfill_tax"', 'policies."a/b"', 'outcomes."../x"', "outcomes.run", "outcomes.error",
    'factors."policy.landfill_tax.start"', "set",
)  # fmt: skip


def set_case(chance, place):
    """Set some parameters and policies, within their ranges and beyond."""
    pairs = []
    for _ in range(chance.randint(1, 6)):
        name, value = _parameter(chance) if chance.random() < 0.5 else _policy(chance)
        pairs += ["--set", argument(f"{name}={value}")]
    if chance.random() < 0.1:
        pairs += ["--set", argument(nasty(chance))]
    where = chance.choice(["kalundborg", "mistrust", "reshoring", "synthetic", str(PARK)])
    seed = str(chance.choice([0, 1, 2**63, 2**64 - 1]))
    return ["run", where, "--years", str(chance.randint(1, 4)), "--no-report", "--out", "out", "--seed", seed, *pairs]


def _parameter(chance):
    name = chance.choice(sorted(PARAMETERS))
    low, high, options = (getattr(PARAMETERS[name], key, None) for key in ("low", "high", "options"))
    if options:
        value = chance.choice([*options, nasty(chance)])
    elif low is not None and high is not None and chance.random() < 0.8:
        value = chance.choice([low, high, low + (high - low) * chance.random()])
        value = round(value) if chance.random() < 0.5 else value
    else:
        value = chance.choice(["true", "false", nasty(chance)])
    number = as_number(value)
    if name in ("synthetic.companies", "synthetic.density") and (number is None or not 0 <= number <= 3000):
        value = 100  # a region as large as a country is right, and takes its time
    return name, value


def _policy(chance):
    policy = chance.choice(sorted(POLICIES))
    kind = POLICIES[policy]
    name = f"policy.{policy}" + chance.choice(["", "", ".size", ".scale", ".add", ".lag", ".start", ".stop", ".x"])
    return name, chance.choice([kind.low, kind.high, chance.choice([1950, 1975, 2000, 2030.5]), nasty(chance)])


def study_case(chance, place):
    """Make a study file: mostly right, with a few parts changed."""
    parts = {
        "name": '"s"', "scenario": '"mistrust"', "years": "1", "replicates": "1", "seed": "1", "question": '"Which?"',
        "design": chance.choice(DESIGNS),
    }  # fmt: skip
    plain = {"values": "[0.8, 1.0]"} if chance.random() < 0.6 else {"low": "0.5", "high": "1.5", "levels": "2"}
    tables = {
        'factors."behaviour.attitude"': plain, 'factors."trust.start"': {"low": "0.2", "high": "0.8", "levels": "2"},
        "policies.none": {}, "policies.tax": {'"policy.landfill_tax"': "60"}, "outcomes.links": {"indicator": '"links"'},
    }  # fmt: skip
    if "table" in parts["design"]:
        tables = {name: table for name, table in tables.items() if not name.startswith("factors")}
    for _ in range(chance.randint(0, 2)):
        _spoil_study(chance, parts, tables)
    text = "".join(f"{key} = {value}\n" for key, value in parts.items())
    for name, table in tables.items():
        text += f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
    cells = [f"{nasty(chance) if chance.random() < 0.2 else 0.9},0.5" for _ in range(chance.randint(0, 3))]
    points = "behaviour.attitude,trust.start\n" + "\n".join(cells) + "\n"
    (place / "input" / "points.csv").write_text(points.replace("\x00", "0"), encoding="utf-8")
    (place / "input" / "s.toml").write_text(text, encoding="utf-8")
    dry = ["--dry-run"] if chance.random() < 0.2 else []
    return ["sweep", "input/s.toml", "--workers", "0", "--quiet", "--out", "out", *dry]


def _spoil_study(chance, parts, tables):
    what = chance.random()
    if what < 0.4:
        parts[chance.choice([*parts, "time_limit", "chunk", "keep", "set", "nope", "model"])] = chance.choice(VALUES)
    elif what < 0.8:
        table = tables[chance.choice(sorted(tables))]
        table[chance.choice([*table, *KEYS])] = chance.choice(VALUES)
    else:
        key = chance.choice(["values", "indicator", '"behaviour.attitude"', "low"])
        tables[chance.choice(STRANGE)] = {key: chance.choice(VALUES)}
