"""The browser's door to a park of one's own: the same import, opportunities and run as the commands, plain pages at /own."""

from __future__ import annotations

import asyncio
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ecopark.abm.input.errors import InputError

from ..stores.own_parks import OwnPark, OwnParks, zip_of
from ..view_models.own_park import answers_of, framed, park_page, run_frame, start_page
from .doors import COOKIE, is_device, new_device

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}  # fmt: skip
MOST_FIELDS = 200
TYPED = ("near", "radius", "bbox", "year", "only", "name")


@lru_cache(maxsize=1)
def parks() -> OwnParks:
    """Return the parks of this process."""
    return OwnParks()


def _page(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status, headers=HEADERS)


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _own(request: Request) -> OwnPark:
    """Return the park that is asked for by the device that brought it."""
    found = parks().find(request.path_params["key"], request.cookies.get(COOKIE, ""))
    if found is None:
        raise HTTPException(404)
    return found


def _here(request: Request, park: OwnPark) -> str:
    return f"{_root(request)}/own/{park.key}"


def _said(error: InputError) -> list[str]:
    return [str(mistake) for mistake in error.mistakes]


async def gone(request: Request, error: Exception) -> Response:
    """Say that there is no such park, with the way to bring one."""
    return _page(
        start_page(_root(request), ["no such park here: parks are kept for the device that brought them"]), 404
    )


async def start(request: Request) -> Response:
    """Show the form."""
    return _page(start_page(_root(request)))


async def template(request: Request) -> Response:
    """Return the empty workbook."""
    from ecopark.experiments.intake.template import write_template

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "park.xlsx"
            write_template(path)
            return path.read_bytes()

    return _download(await asyncio.to_thread(made), "park.xlsx")


def _download(data: bytes, name: str) -> Response:
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


async def bring(request: Request) -> Response:
    """Import what was brought; wrong input shows the list of mistakes above the form, and nothing is kept."""
    device = request.cookies.get(COOKIE, "")
    device = device if is_device(device) else new_device()
    async with request.form(max_files=MOST_FIELDS, max_fields=MOST_FIELDS) as form:
        files = [(one.filename or "", await one.read()) for one in form.getlist("files") if isinstance(one, UploadFile)]
        typed = {name: str(form.get(name) or "")[:200] for name in TYPED}
    try:
        park = await asyncio.to_thread(parks().bring, device, files, typed)
    except InputError as error:
        return _page(start_page(_root(request), _said(error), typed), 422)
    response = RedirectResponse(_here(request, park), 303, headers=HEADERS)
    response.set_cookie(
        COOKIE, device, max_age=30 * 86400, httponly=True, samesite="lax", path=f"{_root(request)}/", secure=request.url.scheme == "https"
    )  # fmt: skip
    return response


async def show(request: Request) -> Response:
    """Show a park."""
    park = _own(request)
    return _page(park_page(_here(request, park), park.draft))


async def answer(request: Request) -> Response:
    """Import a park again with answers; a wrong one shows why, and the park stays as it was."""
    park = _own(request)
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        said = {name: str(value)[:200] for name, value in form.items()}
    try:
        await asyncio.to_thread(parks().answer, park, answers_of(park.draft.questions, said))
    except InputError as error:
        return _page(park_page(_here(request, park), park.draft, _said(error), said), 422)
    return RedirectResponse(_here(request, park), 303, headers=HEADERS)


async def opportunities(request: Request) -> Response:
    """Show what the park makes possible before any run."""
    park = _own(request)
    opened = await asyncio.to_thread(parks().opportunities, park)
    return _page(framed(_here(request, park), opened.page))


async def run(request: Request) -> Response:
    """Run the park, then show its report."""
    park = _own(request)
    try:
        await asyncio.to_thread(parks().start, park)
    except InputError as error:
        return _page(park_page(_here(request, park), park.draft, _said(error)), 422)
    return RedirectResponse(f"{_here(request, park)}/report", 303, headers=HEADERS)


async def report(request: Request) -> Response:
    """Show the report of the park's run."""
    park = _own(request)
    path = park.run / "report.html"
    if not path.is_file():
        return RedirectResponse(_here(request, park), 303, headers=HEADERS)
    return _page(run_frame(_here(request, park), path.read_text(encoding="utf-8")))


async def take_home(request: Request) -> Response:
    """Return the folder of the park."""
    park = _own(request)
    return _download(await asyncio.to_thread(zip_of, park), f"{park.name}.zip")


ROUTES: list[Any] = [
    Route("/own", start),
    Route("/own", bring, methods=["POST"]),
    Route("/own/template.xlsx", template),
    Route("/own/{key}", show),
    Route("/own/{key}/answers", answer, methods=["POST"]),
    Route("/own/{key}/opportunities", opportunities),
    Route("/own/{key}/run", run, methods=["POST"]),
    Route("/own/{key}/report", report),
    Route("/own/{key}/park.zip", take_home),
]
app = Starlette(routes=ROUTES, exception_handlers={404: gone})
