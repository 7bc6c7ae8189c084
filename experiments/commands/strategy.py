"""`ecopark strategy`: bargaining of one's own, from a template to a comparison with what is built in."""

from __future__ import annotations

from pathlib import Path

import click

TEMPLATE = '''"""A bargaining strategy of my own. Try it:

    ecopark strategy try {file}:Tough
    ecopark run kalundborg --set 'strategy.company."Asnaes"={file}:Tough'
"""

from ecopark.abm.strategies import Accept, End, Line, Reject, strategy


@strategy("tough")
class Tough:
    """Claims nine tenths of what it believes to be there, a little less each meeting, and takes half of it."""

    def propose(self, view):
        """Return Line(price, package), Line(price, package, last=True) or End()."""
        package = view.ranked[0]  # the one that is worth most to both by public numbers
        passed = min(1.0, view.meeting / view.deadline)
        return Line(view.price_for(view.claim(0.9 - 0.4 * passed), package), package)

    def respond(self, view, line):
        """Return Accept(), Reject() or End(); line is the other's offer, line.worth what it is worth to you [EUR/year]."""
        if line.worth < -view.stake:
            return End()
        return Accept() if line.worth >= view.claim(0.5) or line.last else Reject()
'''


@click.group("strategy")
def command() -> None:
    """Bargaining of one's own: list what there is, write a template, try one against the built-in strategies.

    \b
    Examples:
      ecopark strategy list
      ecopark strategy new mine.py
      ecopark strategy try mine.py:Tough
    """


@command.command("list")
def list_strategies() -> None:
    """List every strategy that has a name: built in, or of an installed package.

    \b
    Example:
      ecopark strategy list
    """
    from ecopark.abm.strategies import NAMES
    from ecopark.abm.strategies.outside.register import GROUP, known_names

    for name in known_names():
        click.echo(f"{name:<24}{'built in' if name in NAMES else f'entry point group {GROUP}'}")
    click.echo("Also MODULE:CLASS and FILE.py:CLASS; negmas:NAME with the extra `negmas`.")


@command.command("new")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """Write a strategy of ten lines into FILE, to be changed.

    \b
    Example:
      ecopark strategy new mine.py
    """
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.analysis.run_folder.whole_files import write_whole

    from ..runs.run_folders import require_file

    if file.suffix != ".py" or file.exists():
        raise InputError([Mistake("FILE", str(file), "a file NAME.py that does not exist yet")])
    require_file(file, "FILE")
    write_whole(file, TEMPLATE.format(file=file))
    click.echo(f"Wrote {file}. Next: ecopark strategy try {file}:Tough")


@command.command("try")
@click.argument("name")
@click.option("--scenario", default="kalundborg", show_default=True, help="Scenario whose talks are played.")
@click.option(
    "--seeds", type=click.IntRange(1, 100), default=2, show_default=True, help="Runs that talks are taken from."
)
def try_one(name: str, scenario: str, seeds: int) -> None:
    """Play a strategy against every built-in one on talks of runs: what both get, and how often they agree.

    \b
    Example:
      ecopark strategy try mine.py:Tough --scenario synthetic
    """
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.abm.strategies import NAMES
    from ecopark.abm.strategies.outside.register import StrategyError, code_of

    from ..benchmarks.negotiation.trial import trial
    from .console import show_compiling

    try:
        code_of(name)
    except StrategyError as error:
        raise InputError([Mistake("NAME", name, error.allowed, error.meant)]) from None
    show_compiling(True)
    click.echo(f"{name} in talks of {scenario}, mean over both seats; gains as shares of the zone:")
    click.echo(f"{'against':<12}{'own':>8}{'other':>8}{'agreed':>8}{'against itself':>16}")
    for line in trial(name, scenario, seeds, NAMES):
        click.echo(f"{line.against:<12}{line.own:>8.2f}{line.other:>8.2f}{line.agreed:>8.2f}{line.itself:>16.2f}")
