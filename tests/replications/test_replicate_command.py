import json
import shutil

import pytest
from click.testing import CliRunner

from ecopark.experiments.commands.replicate import command
from ecopark.experiments.replications import output
from ecopark.experiments.replications.declaration import ROOM, declared
from ecopark.experiments.replications.ghali2017 import replication as r3
from ecopark.experiments.replications.hold_up2026 import replication as r2
from ecopark.experiments.replications.raimbault2020 import replication as r1


@pytest.fixture(autouse=True)
def few_runs(monkeypatch):
    """Cut the quick runs down to the least that still has a spread."""
    for name in ("QUICK_RUNS", "QUICK_READING_RUNS"):
        monkeypatch.setattr(r1, name, 2)
        monkeypatch.setattr(r3, name, 2)
    for module in (r1, r2, r3):
        monkeypatch.setattr(module, "QUICK_PARK_RUNS", 2)
    monkeypatch.setattr(
        r1, "PARTS", {part: {k: cut(d) for k, d in designs.items()} for part, designs in r1.PARTS.items()}
    )
    monkeypatch.setattr(r1, "UNPLANNED", cut(r1.UNPLANNED))
    monkeypatch.setattr(r2, "QUICK", ((0.0, 5.0), (0.0, 1.0), *r2.FULL[2:5], (10,)))
    monkeypatch.setattr(r2, "CORNERS", ((0.0,), (0.0,), (10,), *r2.FULL[3:5], (10,)))
    short = lambda *point, **reading: r2_setting(*point, **reading, ticks=100)  # noqa: E731
    r2_setting = r2.Setting
    monkeypatch.setattr(r2, "Setting", short)


def cut(design):
    from dataclasses import replace

    return replace(design, ticks=15)


@pytest.fixture(scope="module")
def runner():
    return CliRunner()


def test_all_run_and_write_json_folder_and_tables(runner, tmp_path):
    result = runner.invoke(command, ["all", "--quick", "--json", str(tmp_path / "a.json"), "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    found = json.loads((tmp_path / "a.json").read_text())["replications"]
    assert [one["id"] for one in found] == list(declared())
    for one in found:
        assert one["provisional"] is True
        assert one["defects"]
        assert one["verdict"].split(" (")[0] in {"reproduced", "not reproduced", "mixed"}
        main = [row for row in one["comparisons"] if row["reading"] == "main"]
        parts = 2 if one["id"] == "R2" else 1
        assert len(main) == parts * len(declared()[one["id"]].published)
        assert set(one["parts"]) == {row["part"] for row in main}
        folder = tmp_path / one["id"]
        assert {path.stem for path in folder.glob("*.png")} == set(one["figures"])
        assert [row["published"] for row in one["beside"]]
        assert {row["agrees"] for row in one["beside"]} <= {"yes", "no", "unclear"}
        page = (folder / "report.html").read_text()
        assert all(row["question"] in page for row in one["beside"])
        assert (folder / "report.md").read_text().startswith(f"# {one['id']}: ")
        assert len((folder / "comparisons.csv").read_text().splitlines()) == len(one["comparisons"]) + 1
    assert (tmp_path / "index.html").read_text().count("/report.html") == len(declared())
    assert "| id | replication | part | numbers met | verdict |" in result.output


def test_same_seed_same_numbers():
    first, again, other = (declared()["R3"].replicate(True, seed).describe() for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_the_overview_keeps_what_was_run_before(runner, tmp_path):
    for name in ("R3", "R2"):
        assert runner.invoke(command, [name, "--quick", "--out", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "index.html").read_text().count("/report.html") == 2


def test_unknown_names_are_refused_with_the_nearest(runner):
    result = runner.invoke(command, ["R4"])
    assert result.exit_code == 2
    assert "no replication 'R4'; known: R1, R2, R3, all" in " ".join(result.output.split())


def test_readme_takes_full_runs_of_all_only(runner):
    for arguments in (["all", "--quick", "--write-readme"], ["R1", "--write-readme"]):
        result = runner.invoke(command, arguments)
        assert result.exit_code == 2
        assert "--write-readme" in result.output


def test_readme_block_is_replaced_and_the_rest_kept(tmp_path):
    copy = tmp_path / "README.md"
    shutil.copy(ROOM / "README.md", copy)
    before = copy.read_text()
    result = declared()["R3"].replicate(True, 2)
    output.write_readme([result], copy)
    once = copy.read_text()
    output.write_readme([result], copy)
    assert copy.read_text() == once
    assert once.split(output.BEGIN)[0] == before.split(output.BEGIN)[0]
    assert once.split(output.END)[1] == before.split(output.END)[1]
    assert "R3: Trust, knowledge and willingness" in once
    assert "R1: Spatial" not in once.split(output.BEGIN)[1]


def test_a_readme_without_markers_is_refused(tmp_path):
    (tmp_path / "README.md").write_text("nothing")
    with pytest.raises(ValueError, match="lost its markers"):
        output.write_readme([], tmp_path / "README.md")


def test_numbers_carry_the_digits_of_their_error():
    assert output.number(0.19463, 0.0021) == "0.1946 (0.0021)"
    assert output.number(6.3632, 0.0629) == "6.363 (0.063)"
    assert output.number(99.5, float("nan")) == "99.5"
    assert output.number(1.0, 0.0) == "1 (0)"


def test_the_readme_shows_what_is_declared():
    results = (ROOM / "README.md").read_text().split(output.BEGIN)[1].split(output.END)[0]
    assert "Full runs, seed 1." in results
    assert "(provisional" not in results
    for one in declared().values():
        section = results.split(f"## {one.id}: {one.title}\n")[1].split("\n## ")[0]
        assert all(defect in section for defect in one.defects)
        shown = [line for line in section.splitlines() if line.endswith(("| yes |", "| no |"))]
        assert len(shown) == len(one.published) * (2 if one.id == "R2" else 1)
