"""The command line `ecopark`: names and one-line helps; each command is imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import os
import sys
from typing import Any

import click

# name -> (module, one line of help)
COMMANDS = {
    "run": ("ecopark.experiments.commands.run", "Run a scenario and write a run folder with a report."),
    "scenarios": ("ecopark.experiments.commands.scenarios", "List the shipped scenarios."),
    "check": ("ecopark.experiments.commands.check", "Check a scenario of your own without running it."),
    "new": ("ecopark.experiments.commands.new", "Start a park of your own from a template."),
    "import": ("ecopark.experiments.commands.import_park", "Make a park of your own from a register or a workbook."),
    "opportunities": (
        "ecopark.experiments.commands.opportunities",
        "Say before any run who could give what to whom, its worth, and why not.",
    ),
    "data": ("ecopark.experiments.commands.data", "Say what of a park is given, inferred and assumed."),
    "share": ("ecopark.experiments.commands.share", "Copy a park without names and secrets, figures rounded."),
    "talk": ("ecopark.experiments.commands.talk", "Run one negotiation and see every offer."),
    "strategy": ("ecopark.experiments.commands.strategy", "Write and try a bargaining strategy of your own."),
    "score": ("ecopark.experiments.commands.score", "Compare an ensemble of runs with history."),
    "sweep": ("ecopark.experiments.commands.sweep", "Run a study of thousands of runs, resumable."),
    "parameters": ("ecopark.experiments.commands.parameters", "List every name that a study may set."),
    "why": ("ecopark.experiments.commands.why", "Say why two companies came to an exchange, and why it ended."),
    "audit": ("ecopark.experiments.commands.audit", "Recompute a run's yearly account from its ledger."),
    "analyse": ("ecopark.experiments.commands.analyse", "Analyse the folder of a run, an ensemble or a sweep."),
    "compare": ("ecopark.experiments.commands.compare", "Compare two runs or ensembles on the same shocks."),
    "app": ("ecopark.experiments.commands.app", "Open the browser view: explore, play, fork, run a workshop."),
    "workshop": ("ecopark.experiments.commands.workshop", "Play the journal of a workshop again, to the bit."),
    "study": ("ecopark.experiments.commands.study", "Run a study that ends in a verdict."),
    "replicate": ("ecopark.experiments.commands.replicate", "Rebuild a published model and compare with its numbers."),
    "warm-up": ("ecopark.experiments.commands.warm_up", "Compile the model ahead of the first run."),
    "benchmark": (
        "ecopark.experiments.commands.benchmark",
        "Fit, score, predict and test the model on many parks, against null models.",
    ),
    "bench": ("ecopark.experiments.commands.bench", "Measure speed as ratios, side by side."),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return [name for name, (module, _) in COMMANDS.items() if importlib.util.find_spec(module)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import and return a command."""
        if name not in self.list_commands(context):
            return None
        return importlib.import_module(COMMANDS[name][0]).command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the one-line helps without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(context)])

    def resolve_command(self, context: click.Context, args: list[str]) -> Any:
        """Name the nearest command when one is not known."""
        if args and args[0] not in self.list_commands(context):
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(context), n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(
                f"No such command '{args[0]}'.{hint} Commands: {', '.join(self.list_commands(context))}."
            )
        return super().resolve_command(context, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ecopark", message="ecopark %(version)s")
def main_group() -> None:
    """Model industrial symbiosis: how exchanges of by-products emerge, grow and break down.

    \b
    Example:
      ecopark run kalundborg
    """


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 the surroundings or failed runs, 2 wrong input, 130 Ctrl-C, 143 SIGTERM."""
    gc.set_threshold(50_000)  # what is loaded stays: to look for garbage in it takes a tenth of a short run
    _mend_outputs()
    code = _run()
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _say(error)
        with contextlib.suppress(OSError), open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what is left of the output has nowhere to go
    sys.exit(code)


def _mend_outputs() -> None:
    """Give a closed output (`>&-`) a place, so that no file gets its number, and let no letter that a terminal lacks end anything."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 (open to the end)
        if hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="backslashreplace")


def _run() -> int:
    """Run a command and return its exit code; everyday failures are one line each."""
    from ecopark.abm.input.plain_text import shown
    from ecopark.experiments.runs.stopping import exit_code, is_stop, listen

    try:
        listen()
        return main_group(standalone_mode=False) or 0
    except SystemExit as end:
        if isinstance(end.code, str):
            click.echo(end.code, err=True)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except click.ClickException as error:
        error.message = shown(error.message)
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return exit_code()
    except OSError as error:
        return _say(error)
    except MemoryError:
        click.echo("There is not enough memory; fewer companies, years or replicates need less.", err=True)
        return 1
    except Exception as error:
        if hasattr(error, "mistakes"):
            click.echo(shown(str(error)), err=True)
            return 2
        if is_stop(error):
            return exit_code()
        raise


def _say(error: OSError) -> int:
    """Say in a line what the surroundings refused, nothing where only the reader of a pipe has gone; return 1."""
    if not isinstance(error, BrokenPipeError):
        from ecopark.abm.input.plain_text import shown

        place = error.filename or ("the folder of the command" if isinstance(error, FileNotFoundError) else "")
        with contextlib.suppress(OSError):
            click.echo(shown(f"{place}: {error.strerror or error}".removeprefix(": ")), err=True)
    return 1


if __name__ == "__main__":
    main()
