"""`ecopark talk`: one negotiation, every offer."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from .options import load_with, set_option


@click.command("talk")
@click.option("--seller", required=True, help="Company with the by-product.")
@click.option("--buyer", required=True, help="Company that could use it.")
@click.option("--material", help="The by-product, where there are several.")
@click.option("--scenario", default="kalundborg", show_default=True, help="Scenario to take the two companies from.")
@click.option("--year", type=int, help="Year in which they meet; by default the scenario's first.")
@click.option("--seed", type=click.IntRange(0, 2**62), default=1, show_default=True, help="Seed of the random shocks.")
@set_option
@click.option(
    "--export",
    type=(click.Choice(["negmas"]), click.Path(path_type=Path, file_okay=False)),
    metavar="negmas DIR",
    help="Write the talk as a scenario of NegMAS: domain and two profiles.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw zone, frontier and offers.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    seller: str, buyer: str, material: str | None, scenario: str, year: int | None, seed: int, settings: tuple[str, ...],
    export: tuple[str, Path] | None, picture: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Let two companies bargain once and print every offer: price, split of the capital, term, and what each would gain.

    \b
    Examples:
      ecopark talk --seller Asnaes --buyer "Novo Nordisk" --year 1982
      ecopark talk --seller Asnaes --buyer Gyproc --year 1993 --picture talk
    """
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.abm.interventions.single_talk import hold_talk
    from ecopark.abm.park import Park

    from .console import print_json, show_compiling

    chosen = load_with(scenario, settings)
    first = chosen.start_year
    year = first if year is None else year
    if not first <= year < first + chosen.years:
        raise InputError([Mistake("--year", year, f"a year from {first} to {first + chosen.years - 1}")])
    show_compiling(not as_json)
    talk = hold_talk(Park(chosen, seed).run(year - first + 1 / 12), seller, buyer, material)
    print_json(asdict(talk)) if as_json else _print(talk, year)
    if export is not None:
        _export(talk, export[1])
    if picture is not None:
        _draw(talk, picture)


def _export(talk: Any, folder: Path) -> None:
    """Write a talk for NegMAS."""
    import importlib.util

    from ecopark.abm.input.errors import InputError, Mistake

    from ..runs.run_folders import require_folder

    if importlib.util.find_spec("negmas") is None:
        raise InputError(
            [Mistake("--export", "negmas", 'NegMAS, which is not installed: pip install "ecopark[negmas]"')]
        )
    from ..bridges.negmas_export import domain_of, export

    require_folder(folder, "--export")
    worth = tuple(tuple(getattr(one, side) for one in talk.packages) for side in ("seller", "buyer"))
    names = [f"share {one.share:.2f}, {one.term:g} years" for one in talk.packages]
    files = export(domain_of(worth, (talk.seller_reserve, talk.buyer_reserve), names), folder)
    click.echo(f"Wrote {', '.join(str(file) for file in files)}", err=True)


def _draw(talk: Any, file: Path) -> None:
    """Draw the frontier, what both require, Nash and Kalai-Smorodinsky point and every offer."""
    from ecopark.analysis.charts.matplotlib_figures.style import save
    from ecopark.analysis.charts.matplotlib_figures.talk import draw_talk

    from ..runs.run_folders import require_file

    require_file(file, "--picture")
    files = save(draw_talk(asdict(talk)), file)
    click.echo(f"Wrote {' and '.join(map(str, files))}", err=True)


def _print(talk: Any, year: int) -> None:
    """Print a talk for people."""
    from rich.console import Console
    from rich.table import Table

    about = f"{talk.quantity:,.0f} {talk.unit} of {talk.material} a year instead of {talk.input}"
    click.echo(f"{year}: {talk.seller} and {talk.buyer} talk about {about}; capital {talk.capital:,.0f} EUR")
    if talk.set_aside:
        click.echo(
            "In this run they, or others, have agreed on it by then; the talk is held as if nothing were promised."
        )
    required = f"seller {talk.seller_reserve:,.0f}, buyer {talk.buyer_reserve:,.0f} EUR/year"
    click.echo(f"required gain: {required}; joint gain above both {talk.zone:,.0f} EUR/year")
    if talk.zone >= 0:
        click.echo(
            f"best package: {talk.best_share:.0%} of the capital to the seller, {talk.best_term:g} years; Nash and "
            f"Kalai-Smorodinsky point: {talk.zone / 2:,.0f} EUR/year to each above what it requires, at "
            f"{talk.nash_price:,.2f} EUR/{talk.unit}"
        )
    tactics = f"seller {talk.seller_exponent:.2f}, buyer {talk.buyer_exponent:.2f}"
    deadlines = f"seller {talk.seller_deadline}, buyer {talk.buyer_deadline} meetings"
    click.echo(f"deadlines: {deadlines}; concession e: {tactics}\n")
    table = Table(
        caption="seller, buyer: what each would gain, thousand EUR a year; share: of the capital, borne by the seller"
    )
    for title in ("round", "speaker", "answer", f"EUR/{talk.unit}", "share", "term", "seller", "buyer"):
        table.add_column(
            title, min_width=5, no_wrap=True, justify="left" if title in ("speaker", "answer") else "right"
        )
    for offer in talk.offers:
        gains = (f"{offer.seller_gain / 1000:,.1f}", f"{offer.buyer_gain / 1000:,.1f}")
        terms = (f"{offer.price:,.2f}", f"{offer.seller_share:.0%}", f"{offer.term_years:g} y")
        table.add_row(str(offer.meeting), offer.speaker, offer.answer.replace("_", " "), *terms, *gains)
    Console().print(table)
    click.echo(
        "They agree."
        if talk.agreed
        else "They part without a deal."
        + (" A deal would have suited both." if talk.zone >= 0 else " No terms suit both.")
    )
