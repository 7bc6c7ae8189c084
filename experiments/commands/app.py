"""`ecopark app`: the browser view."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import click


@click.command("app", epilog="Example: ecopark app kalundborg --port 8765")
@click.argument("scenario", default="kalundborg")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets other devices join."
)
@click.option(
    "--saves",
    type=click.Path(file_okay=False),
    help="Folder that keeps workshops; by default it is in the user's own data folder.",
)
@click.option("--no-saves", is_flag=True, help="Keep nothing of workshops on the disk.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Name under which browsers reach an exposed server; repeatable.",
)
@click.option("--root-path", default="", metavar="/PREFIX", help="Prefix under which a proxy serves the page.")
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Address of a proxy whose X-Forwarded headers are believed; repeatable.",
)
@click.option("--offline-check", is_flag=True, help="Name what the page would need from the internet, and end.")
def command(
    scenario: str, port: int, host: str, saves: str | None, no_saves: bool, names: tuple[str, ...], root_path: str,
    proxies: tuple[str, ...], offline_check: bool,
) -> None:  # fmt: skip
    """Open the browser view of SCENARIO: explore, play, take a seat, share a workshop."""
    from ..runs.run_folders import require_folder
    from ..workshop.server.assets import missing_assets
    from ..workshop.server.launch import serve
    from ..workshop.stores.play.environment import NO_SAVES

    if offline_check:
        _say_missing(missing_assets())
        return
    if root_path and not re.fullmatch(r"(/[\w.~-]+)+/?", root_path):
        raise click.BadParameter("a path such as /park", param_hint="--root-path")
    if saves is not None:
        require_folder(Path(saves), "--saves")

    if not is_free(host, port):
        raise click.ClickException(f"port {port} of {host} is in use or not ours to open; choose another with --port")
    serve(scenario, host, port, NO_SAVES if no_saves else saves, names, root_path, proxies)


def _say_missing(missing: list[str]) -> None:
    """Say what the page would need from the internet; exit code 1 when there is something."""
    if missing:
        for asset in missing:
            click.echo(f"missing: {asset}")
        raise click.ClickException(
            'without internet: pip install "ecopark[offline]" (seats of a workshop, /w, need nothing)'
        )
    click.echo("everything is on this computer: the page needs no internet")


def is_free(host: str, port: int) -> bool:
    """Tell whether a server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
