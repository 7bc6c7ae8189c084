"""`ecopark why`: the story of two companies, from the funnel to the end."""

from __future__ import annotations

from pathlib import Path

import click

LANGUAGES = ("en", "de", "da")


@click.command("why")
@click.argument("folder", metavar="RUN", type=click.Path(path_type=Path))
@click.argument("seller")
@click.argument("buyer")
@click.option("--replicate", type=int, default=None, help="Which run of an ensemble; the first one without it.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the story as JSON: month, template and places of every sentence."
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the story."
)
def command(folder: Path, seller: str, buyer: str, replicate: int | None, as_json: bool, language: str) -> None:
    """Say why an exchange between two companies began, what it was worth and why it ended.

    RUN is the folder of a run or of an ensemble. Every opportunity from SELLER to BUYER is told: since when the
    by-product is there and where it went, who found the partner and how, every talk with its offers, what was built,
    the three largest terms of the gain, and the end back to its first cause.

    \b
    Examples:
      ecopark why runs/kalundborg-1 Asnaes Gyproc
      ecopark why runs/kalundborg-1 Refinery Gyproc --json
      ecopark why runs/kalundborg-1 Asnaes Gyproc --language de
    """
    from ecopark.analysis.exchanges.stories import UnknownPairError, pair_stories
    from ecopark.analysis.run_folder.tables import read_years

    from ..workshop.languages.translate import Translator

    tables = read_years(folder)
    if tables.is_ensemble:
        wanted = tables.replicates[0] if replicate is None else replicate
        if wanted not in tables.replicates:
            raise click.UsageError(
                f"replicate {wanted} is not in this ensemble: {', '.join(map(str, tables.replicates))}"
            )
        tables = tables.replicate(wanted)
    try:
        stories = pair_stories(tables, seller, buyer)
    except UnknownPairError as error:
        raise click.UsageError(str(error)) from None
    told = Translator(language)
    if as_json:
        from .console import print_json

        print_json([
            {"opportunity": story.opportunity, "title": told(story.title),
             "lines": [{"month": line.month, "text": told(line), "template": line.template, "places": told.plain(line.places)} for line in story.lines]}
            for story in stories
        ])  # fmt: skip
        return
    for story in stories:
        click.secho(told(story.title), bold=True)
        for line in story.lines:
            click.echo(f"  {'  ' * line.depth}{told(line)}")
        click.echo()
