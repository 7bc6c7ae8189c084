"""`ecopark sweep`: a study file -> thousands of runs in a folder that continues where it was stopped."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click


class Shard(click.ParamType):
    """A shard written as i/n."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return (i, n)."""
        found = re.fullmatch(r"(\d+)/(\d+)", str(value))
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(
                f"{value!r} is not a shard: 1/8 to 8/8 are the eight shards of eight (sbatch --array=1-8)", param, ctx
            )
        return int(found[1]), int(found[2])


@click.command("sweep")
@click.argument("study")
@click.option("--out", metavar="DIR", help="Folder of the sweep; by default runs/NAME.")
@click.option("--workers", type=click.IntRange(min=0), help="Processes; by default one per core, 0 for none but this.")
@click.option("--cluster", metavar="ADDRESS", help="Hand the work to the Dask scheduler at tcp://HOST:PORT.")
@click.option("--shard", type=Shard(), help="Do every n-th part from the i-th of 1 to n, for job arrays.")
@click.option("--dry-run", is_flag=True, help="Say how many runs, how long and how large; run nothing.")
@click.option("--status", is_flag=True, help="Say what is there, at which rate it came and what is left; run nothing.")
@click.option("--retry-failed", is_flag=True, help="Repeat the runs that failed, too.")
@click.option("--keep", type=click.Choice(["yearly"]), help="Store the yearly series of every run, too.")
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Longest time of a run."
)
@click.option("--quiet", is_flag=True, help="Show no progress and no summary.")
def command(study: str, dry_run: bool, status: bool, quiet: bool, **options: Any) -> None:
    """Run STUDY, a study file or the name of a shipped one: all its points, policies and replicates.

    A sweep that was stopped, by whatever, continues with the same command; nothing is lost and nothing repeated. The exit
    code is 0 when all runs are there, 1 when some failed or the sweep had to stop, 2 for wrong input, 130 after Ctrl-C.
    Progress goes to the error stream: a bar on a terminal, a plain line a minute in a log.

    \b
    Examples:
      ecopark sweep landfill_tax
      ecopark sweep STUDY.toml --dry-run
      ecopark sweep STUDY.toml --out runs/tax --status
      ecopark sweep STUDY.toml --out runs/tax --workers 8
      ecopark sweep STUDY.toml --out /shared/tax --shard $SLURM_ARRAY_TASK_ID/100
      ecopark sweep STUDY.toml --out /shared/tax --cluster tcp://scheduler:8786
    """
    from ..sweeps.study_file.study import study_file

    file = study_file(study)
    if status:
        _show_status(file, options["out"])
    elif dry_run:
        _describe(file, options)
    else:
        _run(file, quiet, options)


def _show_status(file: Path, out: str | None) -> None:
    from ecopark.abm.input.errors import InputError, Mistake

    from ..sweeps.storage.status import status_of
    from ..sweeps.study_file.study import KEPT, read_toml

    kept = file.parent if file.name == KEPT else Path("runs") / read_toml(file)["name"]
    folder = Path(out) if out else kept
    try:
        click.echo(status_of(folder))
    except FileNotFoundError:
        raise InputError([Mistake("--out", str(folder), "the folder of a sweep that was begun")]) from None


def _describe(file: Path, options: dict[str, Any]) -> None:
    from ..sweeps.plan.description import describe_plan
    from ..sweeps.plan.plan import plan_study

    plan = plan_study(file, keep=options["keep"], time_limit=options["time_limit"])
    click.echo(describe_plan(plan, options["workers"], options["out"]))


def _run(file: Path, quiet: bool, options: dict[str, Any]) -> None:
    from ..sweeps.stopping_rule import reached
    from ..sweeps.sweep import SweepStoppedError, run_study

    try:
        results = run_study(file, quiet=quiet or None, **options)
    except SweepStoppedError as error:
        click.echo(f"{error}\nWhat is written is safe; the same command continues.", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        from ..runs.stopping import exit_code

        click.echo("Stopped. What is written is safe; the same command continues.", err=True)
        sys.exit(exit_code())
    if not quiet:
        click.echo(results.summary())
        for line in reached(results) if results.complete else ():
            click.echo(line)
    if results.failed:
        sys.exit(1)
