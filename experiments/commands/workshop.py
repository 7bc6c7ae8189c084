"""`ecopark workshop`: what was kept of workshops."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("workshop", epilog="Example: ecopark workshop replay ~/.local/share/ecopark/workshops/K7QXM2.journal")
def command() -> None:
    """Look at workshops that were kept."""


@command.command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def replay(file: Path) -> None:
    """Play the journal FILE again and compare the state at the end of each round, bit by bit.

    The exit code is 1 when an act comes out differently; the first one is named.
    """
    from ecopark.abm.input.errors import InputError, Mistake

    from ..workshop.stores.play import replay as again

    try:
        done = again.replay(file)
    except InputError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:  # no journal, or one that somebody has changed
        raise InputError([Mistake(str(file), str(error), "the journal of a workshop")]) from None
    for number, digest in done.digests.items():
        click.echo(f"round {number}: {digest}")
    if done.bad_line:
        click.echo(f"line {done.bad_line} cannot be read; what stands before it was played")
    if done.differs is not None:
        act = done.differs
        raise click.ClickException(
            f"act {act['n']} ({act['act']}, round {act['round']}, {act['phase']}) comes out differently"
        )
    click.echo(f"{done.acts} acts, all as they were")


@command.command("reopen")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def reopen(file: Path) -> None:
    """Let the next `ecopark app` open a workshop again that was closed: FILE is its journal.

    Everybody comes back to the own seat; the console is opened by the link or the device that had it.
    """
    from ecopark.abm.input.errors import InputError, Mistake

    from ..workshop.stores.play.journal import DamagedError, read_journal

    try:
        header = read_journal(file).header
    except (DamagedError, ValueError) as error:
        raise InputError([Mistake(str(file), str(error), "the journal of a workshop")]) from None
    marker = file.with_suffix(".closed")
    if not marker.exists():
        raise click.ClickException(
            f"the workshop {header['code']} was not closed: the next start of the application opens it"
        )
    marker.unlink()
    click.echo(f"the workshop {header['code']} opens with the next start of `ecopark app --saves {file.parent}`")
