"""The browser's door to a park of one's own: the same files, mistakes and numbers as the commands; nothing is kept half."""

import http.client
import io
import re
import zipfile
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.intake.importing import import_park
from ecopark.experiments.intake.opening import open_park
from ecopark.experiments.workshop.server import own_park
from ecopark.experiments.workshop.stores.own_parks import MOST_BYTES, OwnParks, answered
from tests.experiments.intake.conftest import SAMPLES
from tests.workshop.own_park_server import serving_own_parks

BOOK = (SAMPLES / "park_sample.xlsx").read_bytes()
SHEETS = {
    "companies.csv": b"name,nace,size,size_unit,lat,lon\nBoiler,35.11,400000,MWh/a,55.2,6.5\nMalt,11.05,900000,hl/a,55.21,6.52\n",
    "park.csv": b"setting,value\nyears,2\n",
}


@pytest.fixture
def door():
    """A browser without a window before the pages."""
    with serving_own_parks() as address:
        yield Door(int(address.rpartition(":")[2]))


class Door:
    """A browser without a window. cookie: what the server gave it."""

    def __init__(self, port, cookie=""):
        self.port, self.cookie = port, cookie

    def ask(self, method, path, body=b"", kind=""):
        """Return status, address it leads to, and the body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        link.request(method, path, body, {"Cookie": self.cookie, **({"Content-Type": kind} if kind else {})})
        answer = link.getresponse()
        given = re.match(r"ecopark_device=[\w-]+", answer.getheader("set-cookie") or "")
        self.cookie = given.group() if given else self.cookie
        body = answer.read()
        link.close()
        return answer.status, answer.getheader("location") or "", body

    def bring(self, files, **typed):
        """Send the form with files."""
        parts = [
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
            for name, text in typed.items()
        ]
        for name, data in files.items():
            head = f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        return self.ask("POST", "/own", b"".join(parts) + b"--edge--\r\n", "multipart/form-data; boundary=edge")


def shown(body):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body.decode())))


def test_a_workbook_becomes_the_park_that_the_command_makes(door, tmp_path):
    status, here, _ = door.bring({"park_sample.xlsx": BOOK}, name="klint")
    assert status == 303
    text = shown(door.ask("GET", here)[2])
    assert "What does Lagerhotel make?" in text or "Lagerhotel" in text
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "park_sample.xlsx").write_bytes(BOOK)
    same = import_park([tmp_path / "files" / "park_sample.xlsx"], tmp_path / "klint")
    with zipfile.ZipFile(io.BytesIO(door.ask("GET", f"{here}/park.zip")[2])) as pack:
        assert {name.removeprefix("klint/"): pack.read(name).decode() for name in pack.namelist()} == same.files
    for name, content in same.files.items():
        (tmp_path / "klint").mkdir(exist_ok=True)
        (tmp_path / "klint" / name).write_text(content, encoding="utf-8", newline="\n")
    page = door.ask("GET", f"{here}/opportunities")[2].decode()
    assert open_park(tmp_path / "klint", tmp_path).page.partition("<main>")[2] in page
    assert "<svg" in page


def test_wrong_input_gives_the_list_of_the_command_and_keeps_nothing(door, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book["companies"]["H4"], book["streams"]["D9"], book["exchanges"]["G3"] = 95, "999", "<b>soon</b>"
    book.save(tmp_path / "park.xlsx")
    with pytest.raises(InputError) as caught:
        import_park([tmp_path / "park.xlsx"], tmp_path / "my_park")
    status, _, body = door.bring({"park.xlsx": (tmp_path / "park.xlsx").read_bytes()}, near="55.2,6.5", radius="10")
    text = shown(body)
    assert (status, f"{len(caught.value.mistakes)} mistakes" in text) == (422, True)
    for mistake in caught.value.mistakes:
        assert re.sub(r"\s+", " ", str(mistake)) in text
    assert b"<b>soon" not in body
    assert b'value="55.2,6.5"' in body  # what was typed stays in the form
    assert not list(Path(own_park.parks()._root).iterdir())


@pytest.mark.parametrize(
    ("files", "typed", "words"),
    [
        ({}, {}, "a workbook, or the files of a register"),
        ({"park.xlsx": b"no workbook"}, {}, "park.xlsx"),
        ({"park.xlsx": BOOK}, {"near": "north"}, "--near LAT,LON"),
        ({"park.xlsx": BOOK}, {"year": "long ago"}, "a number above 0"),
        ({"park.xlsx": BOOK}, {"only": "sure"}, "high, medium, low"),
        ({"../../evil.txt": b"x"}, {}, "evil.txt"),
        ({"a.zip": b"PK no zip"}, {}, "a zip that opens"),
        ({"large.csv": b"x" * (MOST_BYTES + 1)}, {}, "at most 10 MB"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page(door, files, typed, words):
    status, _, body = door.bring(files, **typed)
    assert (status, words in shown(body)) == (422, True), shown(body)[:600]


def test_an_answer_is_given_and_a_wrong_one_leaves_the_park(door):
    _, here, _ = door.bring({"park_sample.xlsx": BOOK})
    before = door.ask("GET", f"{here}/park.zip")[2]
    draft = next(iter(own_park.parks()._parks.values())).draft
    place, asked = next((n, one) for n, one in enumerate(draft.questions) if one.column == "type")
    form = "application/x-www-form-urlencoded"
    status, _, body = door.ask("POST", f"{here}/answers", f"answer{place}=no_such_type".encode(), form)
    assert (status, "a type of the library" in shown(body)) == (422, True)
    assert door.ask("GET", f"{here}/park.zip")[2] == before
    kind = asked.alternatives.split(";")[0]
    status, there, _ = door.ask("POST", f"{here}/answers", f"answer{place}={kind}".encode(), form)
    assert (status, there) == (303, here)
    draft = next(iter(own_park.parks()._parks.values())).draft
    assert draft.row("companies", asked.company)["type"].rule == "answered"
    assert kind in shown(door.ask("GET", here)[2])


def test_a_park_is_shown_to_the_device_that_brought_it_alone(door):
    _, here, _ = door.bring(SHEETS)
    assert door.ask("GET", here)[0] == 200
    for stranger in (Door(door.port), Door(door.port, "ecopark_device=" + "a" * 22)):
        for path in ("", "/opportunities", "/park.zip", "/report"):
            assert stranger.ask("GET", here + path)[0] == 404
        assert stranger.ask("POST", f"{here}/run")[0] == 404


def test_a_park_runs_and_its_report_is_shown(door):
    _, here, _ = door.bring(SHEETS)
    assert door.ask("GET", f"{here}/report")[:2] == (303, here)  # there is none before the run
    status, there, _ = door.ask("POST", f"{here}/run")
    assert (status, there) == (303, f"{here}/report")
    assert "2026" in shown(door.ask("GET", there)[2])
    park = next(iter(own_park.parks()._parks.values()))
    assert {path.name for path in park.home.iterdir()} == {"my_park", "run"}


def test_a_small_zip_that_unpacks_to_very_much_is_refused(door):
    pack = io.BytesIO()
    with (
        zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as file,
        file.open("F4_2_large.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(420):
            member.write(bytes(2**20))
    status, _, body = door.bring({"eea.zip": pack.getvalue()})
    assert (status, "400 MB unpacked" in shown(body)) == (422, True)


def test_the_template_is_a_workbook(door):
    book = openpyxl.load_workbook(io.BytesIO(door.ask("GET", "/own/template.xlsx")[2]))
    assert {"park", "companies", "streams", "exchanges", "distances"} <= set(book.sheetnames)


def test_the_oldest_park_goes_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr("ecopark.experiments.workshop.stores.own_parks.MOST_PARKS", 2)
    parks = OwnParks()
    first, second, third = (parks.bring("device", list(SHEETS.items()), {}) for _ in range(3))
    assert parks.find(first.key, "device") is None
    assert not first.home.exists()
    assert parks.find(second.key, "device") is second
    assert parks.find(third.key, "device") is third


def test_answers_go_into_their_own_rows_of_the_questions():
    text = "company,column,material,asked,proposed,alternatives,at_stake,answer\nA,size,,?,5,,10,\nB,size,,?,6,,9,7\n"
    lines = answered(text, {("A", "size", ""): " 8 "}).splitlines()
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["8", "7"]
