"""The server: loopback and no telemetry by default; the command line."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.experiments.commands.app import command as app
from ecopark.experiments.commands.app import is_free
from ecopark.experiments.workshop.server import addresses
from ecopark.experiments.workshop.server.launch import HOST_VARIABLE, SETTINGS, greet, greeting, prepare


def test_telemetry_is_off_and_the_page_is_for_production(monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    prepare("kalundborg")
    assert os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert SETTINGS["SOLARA_MODE"] == "production"
    assert os.environ[HOST_VARIABLE] == "127.0.0.1"


def test_the_command_binds_to_loopback_unless_asked(monkeypatch):
    served = []
    monkeypatch.setattr("ecopark.experiments.workshop.server.launch.serve", lambda *terms: served.append(terms))
    result = CliRunner().invoke(app, ["--port", "18765"])
    assert result.exit_code == 0, result.output
    assert served == [("kalundborg", "127.0.0.1", 18765, None, (), "", ())]


def test_help_has_an_example():
    assert "ecopark app kalundborg" in CliRunner().invoke(app, ["--help"]).output


def test_a_wrong_scenario_and_a_taken_port_are_answered_in_words():
    wrong = CliRunner().invoke(app, ["kalundbrg", "--port", "18766"]).exception
    assert isinstance(wrong, InputError)
    assert "did you mean 'kalundborg'" in str(wrong)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        assert "in use" in CliRunner().invoke(app, ["--port", str(port)]).output


@pytest.mark.parametrize(("bound", "first"), [
    ("127.0.0.1", "http://localhost:1/w/ABCDEF"), ("0.0.0.0", "http://192.168.1.5:1/w/ABCDEF"),
])  # fmt: skip
def test_the_link_leads_to_an_address_others_can_reach(monkeypatch, bound, first):
    monkeypatch.setenv(HOST_VARIABLE, bound)
    monkeypatch.setattr(addresses, "own_address", lambda: "192.168.1.5")
    found = addresses.addresses("http", "localhost:1", "", "ABCDEF")
    assert found["link"] == first
    assert found["alone"] == (bound == "127.0.0.1")
    assert all(one["qr"].startswith("data:image/svg+xml") for one in found["all"])


def test_the_server_answers_before_the_page_is_in_but_not_before_pandas():
    """A page that is drawn while pandas is imported by another thread fails: reacton asks it for its DataFrame."""
    code = (
        "import sys, uvicorn\n"
        "names = ('pandas', 'ecopark.abm.park', 'ecopark.experiments.workshop.server.page')\n"
        "uvicorn.Server.run = lambda server: vars(server).update(started=True) or print([name in sys.modules for name in names])\n"
        "from ecopark.experiments.workshop.server.launch import serve\n"
        "serve('kalundborg', '127.0.0.1', 1)\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert answer.stdout.strip() == "[True, False, False]"


def test_the_address_is_told_when_the_server_answers_and_the_model_is_loaded_then(monkeypatch, capsys, workshop):
    warmed = []
    monkeypatch.setattr(workshop, "warm_up", lambda: warmed.append(True))
    monkeypatch.setattr("ecopark.experiments.workshop.server.shared.shared", lambda: workshop)
    found = SimpleNamespace(damaged=["A.journal: line 812"])
    monkeypatch.setattr("ecopark.experiments.workshop.stores.play.process.registry", lambda: found)
    server = SimpleNamespace(started=False, should_exit=False)
    waiting = threading.Thread(target=greet, args=(server, "0.0.0.0", 8765, "kalundborg"))
    waiting.start()
    assert capsys.readouterr().out == ""
    server.started = True
    waiting.join(30)
    told = capsys.readouterr().out
    assert "http://localhost:8765" in told
    assert "could not be read: A.journal: line 812" in told
    assert warmed == [True]


def test_nothing_is_told_when_the_server_cannot_start(capsys):
    greet(SimpleNamespace(started=False, should_exit=True), "127.0.0.1", 1, "kalundborg")
    assert capsys.readouterr().out == ""


def test_start_says_who_can_open_it(monkeypatch):
    monkeypatch.setattr("ecopark.experiments.workshop.server.launch.missing_assets", list)
    assert len(greeting("127.0.0.1", 1)) == 1
    said = " ".join(greeting("0.0.0.0", 8765))
    assert all(word in said for word in ("Everybody in the network", "not encrypted", ":8765", "--proxy"))


def test_start_says_that_scripts_are_missing(monkeypatch):
    monkeypatch.setattr("ecopark.experiments.workshop.server.launch.missing_assets", lambda: ["one.js"])
    assert "internet" in greeting("127.0.0.1", 1)[-1]


@pytest.mark.filterwarnings("ignore:websockets.legacy:DeprecationWarning")  # of Solara's server, imported here first
def test_what_is_missing_is_named_and_a_page_says_so_instead_of_a_white_one(monkeypatch):
    """Without the extra and without internet: a sentence with what to type; with internet the page opens the application itself."""
    from ecopark.experiments.workshop.server import application, assets

    assert len(needed := assets.needed_assets()) >= 5
    assert all(not one.startswith("/") and "{" not in one for one in needed)
    monkeypatch.setattr("ecopark.experiments.workshop.server.assets.missing_assets", lambda: ["a.js", "b.css"])
    told = CliRunner().invoke(app, ["--offline-check"])
    assert told.exit_code == 1
    assert all(word in told.output for word in ("missing: a.js", "missing: b.css", "ecopark[offline]"))
    monkeypatch.setattr("ecopark.experiments.workshop.server.assets.missing_assets", list)
    assert CliRunner().invoke(app, ["--offline-check"]).exit_code == 0
    monkeypatch.setattr(application, "missing_assets", lambda: ["a.js", "b.css"])
    monkeypatch.setattr(application, "solara_app", the_application_itself)
    page = asyncio.run(body_of(application.app, b""))
    assert "ecopark[offline]" in page
    assert 'data-asset="a.js" data-missing="2"' in page
    assert "offline.js" in page
    assert asyncio.run(body_of(application.app, b"online=1")) == "itself"
    monkeypatch.setattr(application, "missing_assets", list)
    assert asyncio.run(body_of(application.app, b"")) == "itself"


async def the_application_itself(scope, receive, send):
    await send({"type": "http.response.body", "body": b"itself"})


async def body_of(served, query):
    """Return what is served at the first page."""
    parts = []

    async def send(message):
        parts.append(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": "/", "root_path": "", "query_string": query, "headers": []}
    await served(scope, None, send)
    return b"".join(parts).decode()
