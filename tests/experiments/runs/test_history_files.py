"""history.csv and links.csv of a copied scenario: what is wrong is said with its place, before anything runs."""

import shutil

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import SCENARIOS
from ecopark.experiments.runs.history_files import read_history_files, require_history

SPOILED = {
    "a column renamed": lambda text: text.replace("mid", "middle", 1).replace("material", "what", 1),
    "a line cut off": lambda text: (
        text.rstrip().rpartition("\n")[0] + "\n" + text.rstrip().rpartition("\n")[2].split(",")[0]
    ),
    "a range of years": lambda text: text.replace("1972,", "1972-1961,"),
    "no number": lambda text: text.replace("1972,", "nan,"),
    "empty": lambda text: "",
    "zero bytes": lambda text: text[:20] + "\0" * 50,
}


@pytest.mark.parametrize("name", ["history", "links"])
@pytest.mark.parametrize("case", SPOILED)
def test_what_is_wrong_has_its_place(tmp_path, name, case):
    shutil.copytree(SCENARIOS / "kalundborg", tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"{name}.csv"
    path.write_text(SPOILED[case](path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError, match=rf"{name}\.csv"):
        require_history(tmp_path)


def test_another_encoding_is_read(tmp_path):
    shutil.copytree(SCENARIOS / "kalundborg", tmp_path, dirs_exist_ok=True)
    path = tmp_path / "links.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Lake Works", "Läke Works").encode("cp1252"))
    _, links = read_history_files(tmp_path)
    assert links["seller"][0] == "Läke Works"


def test_a_folder_without_history_needs_none(tmp_path):
    require_history(tmp_path)
    require_history(None)
