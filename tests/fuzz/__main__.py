"""Try cases until the time is over.

    python -m tests.fuzz --seconds 120 --seed 1            every kind in turn
    python -m tests.fuzz --kind run --cases 200            one kind
    python -m tests.fuzz --kind run --seed 1 --only 17     one case again
    python -m tests.fuzz --keep found                      keeps the input of each new fault
    python -m tests.fuzz --kind import --cases 10000 --seconds 36000     damages of the samples of registers

Case K of a kind depends on the seed, the kind and K alone. The model is loaded once; every case runs in a fork of its
own, so that a crash ends only that case. Exit code: 0 when nothing is wrong, 1 when something is.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from .folders import scenario_case
from .judging import in_fork, judge
from .options import set_case, study_case
from .records import journal_case, run_case
from .registers import again_case, import_case

KINDS = {
    "scenario": scenario_case, "set": set_case, "study": study_case, "run": run_case, "journal": journal_case,
    "import": import_case, "again": again_case,
}  # fmt: skip
WITHOUT_MODEL = {"import", "again"}  # kinds in which no month is run
LIMIT_SECONDS = 60.0


def prepare(kinds, here):
    """Load the model once, before the forks; return what cases start from."""
    if WITHOUT_MODEL.issuperset(kinds):
        import ecopark.experiments.commands.import_park
        import ecopark.experiments.commands.opportunities
        from tests.fuzz.registers import warm

        warm()
        return {}
    place = here / "first"
    place.mkdir()
    before = os.getcwd()
    os.chdir(place)
    try:
        import ecopark.experiments.commands.run
        import ecopark.experiments.runs.ensembles  # noqa: F401
        from ecopark import Park, load_scenario

        Park(load_scenario("mistrust"), 1).run(1)
        code, said, _ = in_fork(["run", "kalundborg", "--years", "2", "--no-report", "--out", "base"], place, 900)
        if code:
            sys.exit(f"the first run failed: {said[-300:]}")
        bases = {"run": (place / "base" / "run.json").read_text(encoding="utf-8")}
        return bases | ({"journal": _a_journal(place)} if "journal" in kinds else {})
    finally:
        os.chdir(before)
        shutil.rmtree(place, ignore_errors=True)


def _a_journal(folder):
    """Return the journal of a workshop that was opened."""
    from ecopark.abm.input.loading import load_scenario
    from ecopark.experiments.workshop.stores.play.registry import Registry

    registry = Registry(load_scenario("kalundborg"), "kalundborg", folder)
    registry.open(people=6)
    return next(folder.glob("*.journal")).read_text(encoding="utf-8")


def try_case(kind, number, seed, here, bases, limit):
    """Try one case; return its arguments, the verdict, what is wrong, and its folder."""
    chance = random.Random(f"{seed} {kind} {number}")
    root = here / f"{kind}{number}"
    place = root / "a" / "b" / "c"
    (place / "input").mkdir(parents=True)
    more = [bases[kind]] if kind in bases else []
    arguments = KINDS[kind](chance, place, *more)
    return arguments, *judge(arguments, place, root, limit), place


def keep_case(folder, place, arguments, wrong):
    """Keep the input of a fault and how to see it again."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(place / "input", folder / "input")
    words = ["ecopark", *(os.path.relpath(word, place) if word.startswith(str(place)) else word for word in arguments)]
    (folder / "command.txt").write_text(f"{wrong}\n{json.dumps(words)}\n", encoding="utf-8")


def run(options):
    """Try cases; return the verdicts of each kind and the faults with the numbers of their cases."""
    kinds = list(KINDS) if options.kind == "all" else [options.kind]
    here = Path(tempfile.mkdtemp(prefix="ecopark-fuzz-"))
    verdicts, faults = {kind: Counter() for kind in kinds}, {}
    try:
        bases = prepare(kinds, here)
        until = time.monotonic() + options.seconds
        first, last = (0, options.cases) if options.only is None else (options.only, options.only + 1)
        for number, kind in ((number, kind) for number in range(first, last) for kind in kinds):
            if time.monotonic() > until:
                break
            arguments, verdict, wrong, place = try_case(kind, number, options.seed, here, bases, options.limit)
            verdicts[kind][verdict] += 1
            if wrong:
                key = f"{kind}: {wrong}"
                if options.keep and key not in faults:
                    keep_case(options.keep / f"{kind}-{number}", place, arguments, wrong)
                faults.setdefault(key, []).append(number)
            if options.only is not None:
                print(kind, number, arguments, verdict, wrong)
            shutil.rmtree(here / f"{kind}{number}", ignore_errors=True)
    finally:
        shutil.rmtree(here, ignore_errors=True)
    return verdicts, faults


def main():
    """Read the options, try cases, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kind", default="all", choices=["all", *KINDS])
    parser.add_argument("--seconds", type=float, default=120, help="time for all kinds together")
    parser.add_argument("--cases", type=int, default=10**6, help="most cases of a kind")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", type=int, help="this case of the kind alone")
    parser.add_argument("--keep", type=Path, help="folder for the inputs of faults, one for each different one")
    parser.add_argument("--limit", type=float, default=LIMIT_SECONDS, help="seconds that a case may take")
    verdicts, faults = run(parser.parse_args())
    for kind, count in verdicts.items():
        total = count.total()
        print(f"{kind:9} {total:5} cases: {count['refused']} refused, {count['valid']} valid, {count['fault']} wrong")
    for key, numbers in sorted(faults.items(), key=lambda item: -len(item[1])):
        print(f"  {len(numbers):4} x {key}   (case {numbers[0]})")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
