"""What the facilitator takes home: the data set, the report, the recording; to the console alone."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from ..stores.play.acts.seats import LANGUAGES
from ..stores.play.data_set import zip_of
from ..stores.play.debrief.findings import findings_of
from .doors import COOKIE
from .hub import Hub
from .workshops import HEADERS, find_hub, unknown


def _for_the_console(request: Request) -> Hub | Response:
    """Return the hub of a workshop whose console asks, else the refusal."""
    hub = find_hub(request.path_params["code"])
    if hub is None:
        return unknown()
    if not hub.workshop.identities.leads(request.cookies.get(COOKIE, "")):
        return Response("the console alone", 403, headers=HEADERS)
    return hub


def _download(data: bytes | str, name: str, kind: str) -> Response:
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


async def data_set(request: Request) -> Response:
    """Return the anonymous data set."""
    hub = _for_the_console(request)
    if isinstance(hub, Response):
        return hub
    with hub.workshop.lock:
        data = zip_of(hub.workshop.play, hub.workshop.code, hub.scores)
    return _download(data, f"{hub.workshop.code}-dataset.zip", "application/zip")


async def report(request: Request) -> Response:
    """Return the report, people by code or by name, in the language that is asked for, else that of the projector."""
    hub = _for_the_console(request)
    if isinstance(hub, Response):
        return hub
    workshop = hub.workshop
    named = request.query_params.get("names") == "1"
    asked = request.query_params.get("language", workshop.play.settings.get("language", "en"))
    language = asked if asked in LANGUAGES else "en"
    names = {code: one.name for code, one in workshop.identities.people.items()} if named else None

    def write() -> str:
        from ..view_models.workshop_report import workshop_report  # with pandas: not before somebody asks

        found = hub.debrief.found or findings_of(workshop.play)
        return workshop_report(workshop.play, workshop.code, hub.scores, found, names, language)

    return _download(await asyncio.to_thread(write), f"{workshop.code}-report.html", "text/html")


async def recording(request: Request) -> Response:
    """Return the journal, which plays the workshop again to the bit."""
    hub = _for_the_console(request)
    if isinstance(hub, Response):
        return hub
    journal = hub.workshop.journal
    if journal.path is None:
        return Response("this workshop is not kept: it has no journal", 404, headers=HEADERS)
    journal.force(hub.workshop.now())
    return _download(journal.path.read_bytes(), f"{hub.workshop.code}-recording.ecopark", "application/octet-stream")
