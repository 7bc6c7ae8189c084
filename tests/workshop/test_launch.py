"""The server: loopback and no telemetry by default; the command line."""

import os
import socket

import pytest
from click.testing import CliRunner

from abm.errors import InputError
from experiments.commands.app import command as app
from experiments.commands.app import is_free
from experiments.workshop import invitation
from experiments.workshop.launch import SETTINGS, prepare


def test_telemetry_is_off_and_the_page_is_for_production(monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    prepare("kalundborg")
    assert os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert SETTINGS["SOLARA_MODE"] == "production"
    assert os.environ[invitation.HOST_VARIABLE] == "127.0.0.1"


def test_the_command_binds_to_loopback_unless_asked(monkeypatch):
    served = []
    monkeypatch.setattr("experiments.workshop.launch.serve", lambda *terms: served.append(terms))
    result = CliRunner().invoke(app, ["--port", "18765"])
    assert result.exit_code == 0, result.output
    assert served == [("kalundborg", "127.0.0.1", 18765, None)]


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


@pytest.mark.parametrize(("bound", "origin", "host"), [
    ("127.0.0.1", "http://localhost:1", "localhost"), ("0.0.0.0", "http://10.0.0.7:1", "10.0.0.7"), ("0.0.0.0", "http://localhost:1", "own"),
])  # fmt: skip
def test_the_invitation_leads_to_an_address_others_can_reach(monkeypatch, bound, origin, host):
    monkeypatch.setenv(invitation.HOST_VARIABLE, bound)
    monkeypatch.setattr(invitation, "own_address", lambda: "own")
    link, picture = invitation.invitation(origin, "ABCDE")
    assert link == f"http://{host}:1/?room=ABCDE"
    assert "svg" in picture
