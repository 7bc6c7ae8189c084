"""Parks of their own that visitors bring to the page: the folder that `ecopark import` writes, kept while the process lasts.

What is wrong leaves nothing behind: a park is imported and answered in a folder beside, and takes its place when it is whole.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.experiments.intake.choosing import levels_of, selection_of
from ecopark.experiments.intake.draft import Draft
from ecopark.experiments.intake.importing import import_park, write_park
from ecopark.experiments.intake.opening import Opened, open_park
from ecopark.experiments.intake.write import QUESTIONS, csv_text

MOST_PARKS = 20  # kept at a time; the oldest goes
MOST_BYTES = 10 * 2**20  # of the files of one import
MOST_UNPACKED = 400 * 2**20  # of what they unpack to
PLACES = (".geojson", ".kml")  # files that choose the place

Answers = Mapping[tuple[str, str, str], str]


@dataclass
class OwnPark:
    """A park that a device brought. home: holds the folder of the park, and that of its run."""

    key: str
    device: str
    home: Path
    name: str
    draft: Draft

    @property
    def folder(self) -> Path:
        """Return the folder of the park."""
        return self.home / self.name

    @property
    def run(self) -> Path:
        """Return the folder of its run."""
        return self.home / "run"


class OwnParks:
    """The parks of all devices of a process; one is imported or run at a time."""

    def __init__(self) -> None:
        self._root = tempfile.mkdtemp(prefix="ecopark-own-")
        weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
        self._parks: OrderedDict[str, OwnPark] = OrderedDict()
        self._work = threading.Lock()

    def find(self, key: str, device: str) -> OwnPark | None:
        """Return a park of this device, None if it has none of that name."""
        park = self._parks.get(key)
        return park if park is not None and device and secrets.compare_digest(park.device, device) else None

    def bring(self, device: str, files: Sequence[tuple[str, bytes]], typed: Mapping[str, str]) -> OwnPark:
        """Import files as `ecopark import` does. typed: near, radius, bbox, year, only and name. Raises InputError."""
        with self._work, tempfile.TemporaryDirectory(prefix="ecopark-files-") as place:
            sources, within = _written(files, Path(place))
            home = Path(tempfile.mkdtemp(dir=self._root))
            try:
                park = _imported(home, device, sources, within, typed)
            except BaseException:
                shutil.rmtree(home, ignore_errors=True)
                raise
            self._parks[park.key] = park
            while len(self._parks) > MOST_PARKS:
                shutil.rmtree(self._parks.popitem(last=False)[1].home, ignore_errors=True)
            return park

    def answer(self, park: OwnPark, answers: Answers) -> None:
        """Write answers into the questions and import the park again, in place. Raises InputError; the park then stays."""
        with self._work:
            beside = Path(tempfile.mkdtemp(dir=self._root))
            try:
                folder = Path(shutil.copytree(park.folder, beside / park.name))
                questions = folder / "questions.csv"
                questions.write_text(answered(questions.read_text(encoding="utf-8"), answers), encoding="utf-8")
                imported = import_park([folder], folder)
                write_park(imported, folder)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise
            shutil.rmtree(park.home, ignore_errors=True)
            park.home, park.draft = beside, imported.draft

    def opportunities(self, park: OwnPark) -> Opened:
        """Return what the park makes possible before any run, as `ecopark opportunities` does."""
        with self._work:
            return open_park(park.folder, park.home / "runs")

    def start(self, park: OwnPark) -> None:
        """Run the park once over its horizon by `ecopark run`, in a process of its own. Raises InputError with what it says."""
        command = [sys.executable, "-m", "ecopark.experiments.cli", "run", f"./{park.name}", "--out", "run", "--force"]
        with self._work:
            done = subprocess.run(command, cwd=park.home, capture_output=True, text=True)
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["nothing"]
            raise InputError([Mistake("run", said[-1], "a run that ends")])


def _written(files: Sequence[tuple[str, bytes]], place: Path) -> tuple[list[Path], Path | None]:
    """Write files under their own names; return the sources and the file that chooses the place."""
    if sum(len(data) for _, data in files) > MOST_BYTES:
        raise InputError([Mistake("files", "more than 10 MB", "at most 10 MB; larger registers by `ecopark import`")])
    sources, within = [], None
    for name, data in files:
        bare = PurePath(name.replace("\\", "/")).name.lstrip(".")[-120:]
        if not bare or not data:
            continue
        path = place / bare
        path.write_bytes(data)
        if path.suffix.lower() in PLACES:
            within = path
        else:
            sources.append(path)
    if sum(map(_unpacked, sources)) > MOST_UNPACKED:
        raise InputError([Mistake("files", "more than 400 MB unpacked", "a part of the register, or `ecopark import`")])
    if not sources:
        raise InputError([Mistake("files", "no file", "a workbook, or the files of a register (xlsx, ods, csv, zip)")])
    return sources, within


def _unpacked(path: Path) -> int:
    """Return how many bytes a zip or a workbook unpacks to; 0 of what is none, which its reader refuses."""
    try:
        with zipfile.ZipFile(path) as pack:
            return sum(info.file_size for info in pack.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def _imported(home: Path, device: str, sources: list[Path], within: Path | None, typed: Mapping[str, str]) -> OwnPark:
    """Return a park imported into its home."""
    said = {name: text.strip() or None for name, text in typed.items()}
    radius = _number("radius", said.get("radius"), 500.0)
    year = _number("year", said.get("year"), 2100.0)
    selection = selection_of(said.get("near"), radius, said.get("bbox"), within)
    name = re.sub(r"[^a-z0-9_-]+", "_", (said.get("name") or "my_park").lower()).strip("_")[:40] or "my_park"
    imported = import_park(
        sources, home / name, None, selection, None if year is None else int(year), False, levels_of(said.get("only"))
    )
    write_park(imported, home / name)
    return OwnPark(secrets.token_urlsafe(16), device, home, name, imported.draft)


def _number(name: str, text: str | None, most: float) -> float | None:
    """Return a number of the form, None where none is given. Raises InputError."""
    if text is None:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 < value <= most:
        raise InputError([Mistake(name, text, f"a number above 0, at most {most:g}")])
    return value


def answered(questions: str, answers: Answers) -> str:
    """Return questions.csv with answers by company, column and material."""
    rows = list(csv.DictReader(io.StringIO(questions)))
    for row in rows:
        row["answer"] = answers.get((row["company"], row["column"], row["material"]), row["answer"]).strip()
    return csv_text(QUESTIONS, rows)


def zip_of(park: OwnPark) -> bytes:
    """Return the folder of a park as a zip, the same bytes for the same park."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in sorted(park.folder.iterdir()):
            pack.writestr(zipfile.ZipInfo(f"{park.name}/{path.name}"), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return data.getvalue()
