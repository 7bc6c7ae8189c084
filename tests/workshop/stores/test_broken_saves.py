"""One save that cannot be opened stops nothing: it is named, and kept as it is."""

import json
import stat

import pytest

from ecopark import load_scenario
from ecopark.experiments.workshop.stores.room_registry import Rooms
from ecopark.experiments.workshop.stores.rooms import Room


@pytest.fixture
def scenario():
    return load_scenario("mistrust")


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"format": "ecopark room 1", "log"', "[" * 100_000, '{"scenario": 5}']
)
def test_a_broken_save_is_named_and_kept(tmp_path, scenario, capsys, content):
    (tmp_path / "room-AAAAA.json").write_text(content)
    rooms = Rooms(scenario, "mistrust", tmp_path)
    assert "room-AAAAA.json" in capsys.readouterr().out
    assert (tmp_path / "room-AAAAA.json").read_text() == content
    assert rooms.open("somebody").code
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_save_of_another_park_is_left_aside(tmp_path, scenario, capsys):
    made = Room(load_scenario("kalundborg"), 1, "ABCDE", "kalundborg")
    (tmp_path / "room-ABCDE.json").write_text(json.dumps(made.save()))
    rooms = Rooms(scenario, "mistrust", tmp_path)
    assert "another park" in capsys.readouterr().out
    with pytest.raises(ValueError, match="room"):
        rooms.find("ABCDE")
