"""The command `ecopark sweep`: run a study, or the part of it that is missing."""

from __future__ import annotations

import re
import sys
from typing import Any

import click

EPILOG = """\b
Examples:
  ecopark sweep experiments/studies/landfill_tax.toml
  ecopark sweep STUDY.toml --dry-run
  ecopark sweep STUDY.toml --out runs/tax --workers 8     (again: continues)
  ecopark sweep STUDY.toml --out /shared/tax --shard $SLURM_ARRAY_TASK_ID/100
  ecopark sweep STUDY.toml --out /shared/tax --cluster tcp://scheduler:8786
"""


class Shard(click.ParamType):
    """A shard written as i/n."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return (i, n)."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d+)/(\d+)", value)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(f"{value!r} is not a shard; 1/{found[2] if found else 'n'} is the first of n (sbatch --array=1-n)", param, ctx)
        return int(found[1]), int(found[2])


@click.command(epilog=EPILOG)
@click.argument("study", type=click.Path(exists=True, dir_okay=False))
@click.option("--out", metavar="DIR", help="Folder of the sweep; a sweep that is there is continued. [default: runs/NAME]")
@click.option("--workers", type=click.IntRange(min=0), help="Processes; 0 works in this one. [default: one per core]")
@click.option("--cluster", metavar="ADDRESS", help="Hand the work to the Dask scheduler at tcp://HOST:PORT.")
@click.option("--shard", type=Shard(), help="Do every n-th part, from the i-th of 1..n; for job arrays.")
@click.option("--dry-run", is_flag=True, help="Say how many runs, how long and how large; run nothing.")
@click.option("--retry-failed", is_flag=True, help="Repeat the runs that failed, too.")
@click.option("--keep", type=click.Choice(["yearly"]), help="Store the yearly series of every run, too.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Longest time of a run.")
@click.option("--quiet", is_flag=True, help="Show no progress and no summary.")
def sweep(study: str, dry_run: bool, quiet: bool, **options: Any) -> None:
    """Run the study in the file STUDY: all its points, policies and replicates.

    A sweep that was stopped, by whatever, continues with the same command and repeats nothing.
    """
    sys.exit(_dry_run(study, options) if dry_run else _run(study, quiet, options))


def _dry_run(study: str, options: dict[str, Any]) -> int:
    from abm.errors import InputError
    from experiments import describe_plan, plan_study

    try:
        plan = plan_study(study, keep=options["keep"], time_limit=options["time_limit"])
    except InputError as error:
        return _say(error, 2)
    click.echo(describe_plan(plan, options["workers"]))
    return 0


def _run(study: str, quiet: bool, options: dict[str, Any]) -> int:
    """Run and return the exit code: 0 done, 1 with failed runs or stopped, 2 wrong input, 130 interrupted."""
    from abm.errors import InputError
    from experiments.sweeps.sweep import SweepStoppedError, run_study

    try:
        results = run_study(study, quiet=True if quiet else None, **options)
    except InputError as error:
        return _say(error, 2)
    except SweepStoppedError as error:
        return _say(f"{error}\nWhat is written is safe; the same command continues.", 1)
    except KeyboardInterrupt:
        return _say("Stopped. What is written is safe; the same command continues.", 130)
    if not quiet:
        click.echo(results.summary())
    return 1 if results.failed else 0


def _say(message: object, code: int) -> int:
    click.echo(message, err=True)
    return code
