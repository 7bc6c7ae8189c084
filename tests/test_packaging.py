"""One package: nothing in a user's folder stands in its way, and what says a version says the same one."""

import re
import socket
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STRANGERS = ("abm.py", "analysis.py", "experiments/__init__.py", "random.py", "queue.py")
STUDY = """
scenario = "kalundborg"
years = 2
replicates = 2
[outcomes]
links = "last"
[factors]
"behaviour.attitude" = { values = [0.4, 0.6] }
[design]
kind = "grid"
"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder in which a stranger's modules have everyday names."""
    for name in STRANGERS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('raise RuntimeError("a file of the own folder was run")\n')
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path


def ecopark(folder, *arguments):
    command = str(Path(sys.executable).parent / "ecopark")
    return subprocess.run([command, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "kalundborg", "--years", "1", "--no-report", "--out", "run"),
        ("sweep", "study.toml", "--out", "sweep", "--workers", "2"),
        ("sweep", "study.toml", "--out", "guarded", "--workers", "1", "--time-limit", "60"),
    ],
    ids=["run", "two workers", "guarded"],
)
def test_no_file_of_the_own_folder_is_taken_for_ours(folder, arguments):
    done = ecopark(folder, *arguments)
    assert done.returncode == 0, done.stderr


@pytest.mark.heavy
def test_a_dask_cluster_in_the_own_folder_takes_ours(tmp_path):
    pytest.importorskip("distributed")
    for name in STRANGERS[:3]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('raise RuntimeError("a file of the own folder was run")\n')
    (tmp_path / "study.toml").write_text(STUDY)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    start = [sys.executable, "-P", "-m"]
    parts = (
        [
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            address.rpartition(":")[2],
            "--no-dashboard",
        ],
        ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"],
    )
    begun = [subprocess.Popen([*start, *part], cwd=tmp_path, stderr=subprocess.DEVNULL) for part in parts]
    try:
        done = ecopark(tmp_path, "sweep", "study.toml", "--out", "sweep", "--cluster", address)
    finally:
        for process in begun:
            process.terminate()
            process.wait(timeout=30)
    assert done.returncode == 0, done.stderr
    assert "4 of 4 runs" in done.stdout


@pytest.mark.parametrize("line", ["from abm import Park", "import analysis", "from experiments import run_study"])
def test_a_script_of_an_older_version_is_told_the_new_line(line):
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ecopark 0.2 is one package: write `from ecopark" in done.stderr.splitlines()[-1]


def test_one_version_everywhere():
    import ecopark

    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    assert ecopark.__version__ == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {version}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_public_name_is_there():
    import ecopark

    assert all(getattr(ecopark, name) is not None for name in ecopark.__all__)


def test_a_run_is_one_line():
    import ecopark

    park = ecopark.run("kalundborg", {"policy.landfill_tax": 10}, seed=3, years=2)
    assert len(park.results.yearly) == 2


def tracked():
    """Return the files of the three rooms that git knows."""
    found = subprocess.run(
        ["git", "ls-files", "abm", "analysis", "experiments"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return {path for path in found.stdout.split("\n") if path}


@pytest.mark.heavy
@pytest.mark.timeout(900)
def test_sdist_and_wheel_hold_all_that_commands_and_pages_need(tmp_path):
    """The wheel is built from the sdist, as an installer does that finds no wheel."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        source = {name.partition("/")[2] for name in archive.getnames()}
    assert tracked() - source == set()
    assert {"LICENSE", "README.md", "pyproject.toml"} <= source
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ecopark"}
    wanted = {path for path in tracked() if "experiments/ecopark/" not in path}
    assert {path for path in wanted if f"ecopark/{path}" not in names} == set()


def test_every_package_that_is_asked_for_is_reviewed():
    """SECURITY.md says of each what it is for, who keeps it and what could take its place; those of tests are said together."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [names for extra, names in project["optional-dependencies"].items() if extra != "test"]
    asked = {re.match(r"[\w-]+", one)[0] for one in sum(extras, project["dependencies"])}
    rows = [
        line.split("|")
        for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    reviewed = {name for row in rows if len(row) == 6 for name in re.findall(r"[\w-]+", row[1])}
    assert asked - reviewed == set()
    assert all(cell.strip() for row in rows if len(row) == 6 for cell in row[1:5])
