"""A park of one's own against its links.csv: the scores of the benchmark beside the null models, and no constant of another park."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import Scenario

from ..runs.run import replicate_seed
from .aims import Score
from .benchmark import Report, time_tables
from .cases import Case, shipped_cases
from .documented import facts_of_links
from .dynamics import crps_of_counts, starts
from .fit import Progress
from .link_scores import forecast_of, score_links
from .runs import LEAN, Outcome, chances_of, outcome_of
from .scenarios import Ground
from .store import Runs, gather
from .tables import number
from .worth import worth_of

CAVEATS = (
    "An opportunity that links.csv does not name counts as not realised. N3: everything feasible runs; N4: what pays within ten "
    "years at 8 %; N5: ranked by that value; N6: from the first possible year; N7: as many links as there are, drawn at random; "
    "N8: base rates of other parks. A skill is 1 - score / score of the null: above 0 the model says more.",
)


def score_own(scenario: Scenario, folder: Path, replicates: int, seed: int, say: Progress) -> Report:
    """Return the scores of a scenario against the links.csv of its folder.

    Raises InputError for a table that cannot be read, and when none of its links is possible in the park.
    """
    case = case_of_links(scenario, folder)
    runs = gather([_run(scenario, replicate_seed(seed, number)) for number in range(replicates)], len(case.chances))
    say("base rates of other parks")
    forecast = forecast_of(case, shipped_cases(), case.forecast(runs))
    rows = [row for row in score_links([case], [forecast]) if row.aim in ("G1", "G2", "G3", "G4")]
    rows += starts([case], {case.name: runs}, draws=0)
    rows += counts_against_history(case, runs, folder)
    kept = [_plain(row) for row in rows if row.park == "pooled" and row.model == row.model]
    return Report(kept, [forecast], time_tables([case], {case.name: runs}, {case.name: runs}))


def counts_against_history(case: Case, runs: Runs, folder: Path) -> list[Score]:
    """Return the CRPS of the number of links of the later half of history.csv, where there is one, against N1 and N2.

    The nulls know the earlier half.
    """
    if not (folder / "history.csv").is_file():
        return []
    known = read_counts(folder)
    inside = sorted(year for year in known if case.ground.first <= year <= case.ground.last)
    if len(inside) < 4:
        return []
    middle = inside[len(inside) // 2 - 1]
    later = np.array([year for year in inside if year > middle])
    found = crps_of_counts(case, runs, later, middle, {year: known[year] for year in inside})
    text = f"CRPS of the number of links {later[0]} to {later[-1]}"
    return [Score("G7", text, "pooled", found["model"], name, found[name], rows=len(later)) for name in ("N1", "N2")]


def read_counts(folder: Path) -> dict[int, tuple[float, float, float]]:
    """Return low, mid and high of each year of history.csv; raises InputError with every mistake."""
    mistakes: list[Mistake] = []
    found = {}
    with (folder / "history.csv").open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            values = [number(row.get(name)) for name in ("year", "low", "mid", "high")]
            if None in values:
                wrong = ", ".join(str(value) for value in row.values())
                mistakes.append(Mistake(f"history.csv line {line}", wrong, "numbers in year, low, mid, high"))
            else:
                found[int(values[0])] = tuple(values[1:])  # type: ignore[arg-type]
    if mistakes:
        raise InputError(mistakes)
    return found  # type: ignore[return-value]


def case_of_links(scenario: Scenario, folder: Path) -> Case:
    """Return a scenario with the links of its links.csv as a case of the benchmark."""
    last = scenario.start_year + scenario.years - 1
    chances = chances_of(scenario)
    facts = list(facts_of_links(folder, scenario.start_year, last, chances))
    if not any(fact.possible for fact in facts):
        names = {name for key in chances.keys for name in key[:2]}
        some = ", ".join(sorted(names)[:5]) or "none: nothing is possible between its companies"
        wanted = f"at least one link that is possible between companies of this park ({some} ...) in its years"
        raise InputError([Mistake("links.csv", f"{len(facts)} links, none of them possible", wanted)])
    park = {"park": "own park", "label": scenario.label, "mode": ""}
    return Case(Ground(park, scenario, (), {}, last), chances, facts, worth_of(scenario, scenario.years))


def _run(scenario: Scenario, seed: int) -> Outcome:
    from ecopark.abm.park import Park

    return outcome_of(Park(scenario.replace(LEAN), seed).run())


def _plain(row: Score) -> Score:
    """Return a row without a verdict: what is aimed at is a matter of the benchmark, not of one park."""
    return Score(
        "",
        row.measure.replace(", dates not given", "").replace(", 1 parks", ""),
        "",
        row.model,
        row.null,
        row.null_value,
        row.error,
        row.rows,
    )
