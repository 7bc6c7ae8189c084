"""I8: files of the size of the whole register, a workbook of 20,000 rows, a park of 1,000 companies: CPU time and memory."""

import resource
import subprocess
import sys
import time

import openpyxl
import pytest

from tests.experiments.intake.conftest import SAMPLES

pytestmark = [pytest.mark.timed, pytest.mark.timeout(3600)]
MEGABYTE = 2**20


def repeated(path, into, size):
    """Write a table of the sample again and again until it has a size [bytes]; each copy has facilities of its own, 3 degrees on."""
    head, *lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    with (into / path.name).open("w", encoding="utf-8") as file:
        file.write("\ufeff" + head)
        file.writelines(lines)
        number, written = 0, 0
        while written < size:
            number += 1
            copy = "".join(lines).replace("DK.INVENTED/", f"DK.INVENTED/{number}.")
            copy = copy.replace(",6.", f",{9 + number % 20}.").replace(",55.", ",52.")
            written += file.write(copy)


def cpu_of(*args):
    """Run a command as a process of its own; return its CPU seconds and the largest memory of any child so far [bytes]."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "ecopark.experiments.cli", *map(str, args)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss * 1024


def test_a_register_of_450_megabytes_takes_a_minute_and_a_gigabyte(tmp_path):
    data = tmp_path / "eea"
    data.mkdir()
    sizes = {"F4_2": 146, "F6_1": 305}
    for path in sorted((SAMPLES / "eea_sample").glob("F*.csv")):
        repeated(path, data, sizes.get(path.name[:4], 0) * MEGABYTE)
    seconds, memory = cpu_of("import", data, "--near", "55.20,6.50", "--radius", "10", "--into", tmp_path / "park")
    assert seconds < 60
    assert memory < 1024 * MEGABYTE


def test_a_workbook_of_20000_rows_is_read_in_five_seconds(tmp_path):
    from ecopark.experiments.intake.draft import Draft
    from ecopark.experiments.intake.sources import files_of
    from ecopark.experiments.intake.workbook import read_sheets

    book = openpyxl.load_workbook(SAMPLES / "park_sample.xlsx")
    rows = [[cell.value for cell in row] for row in book["streams"].iter_rows(min_row=2)]
    while book["streams"].max_row < 20_000:
        for row in rows:
            book["streams"].append(row)
    book.save(tmp_path / "park.xlsx")
    start = time.process_time()
    sheets = read_sheets(files_of([tmp_path / "park.xlsx"]), Draft())
    assert time.process_time() - start < 5
    assert len(sheets["streams"]) >= 19_900


def test_the_opportunities_of_a_thousand_companies_take_ten_seconds(tmp_path):
    """62,561 pairs: the best network, and twice more for the range of the total."""
    from ecopark import load_scenario
    from ecopark.experiments.intake.opportunities import opportunities_of

    (tmp_path / "park").mkdir()
    types = (
        "brewery", "cement_works", "gas_chp", "biogas_plant", "greenhouse", "dairy", "plasterboard_plant", "district_heating",
    )  # fmt: skip
    lines = ["name,type,size,x_km,y_km"]
    lines += [f"C{number},{types[number % len(types)]},,{number % 40 * 3},{number // 40 * 3}" for number in range(1000)]
    (tmp_path / "park" / "companies.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "park" / "scenario.toml").write_text("start_year = 2025\nyears = 20\n", encoding="utf-8")
    scenario = load_scenario(tmp_path / "park")
    start = time.process_time()
    found = opportunities_of(scenario)
    assert time.process_time() - start < 10
    assert len(found.rows) == 62_561
    assert found.low < found.best.value < found.high
