"""The data dictionary holds every column that is there, and none that is not."""

import csv

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ecopark.abm.input.column_words import BESIDE_THE_MODEL, WORDS, column_words, words_of
from ecopark.abm.input.loading import SCENARIOS, scenario_names
from ecopark.abm.input.row_types import TABLES
from ecopark.analysis.report.column_words import LIKE_EXCHANGES
from ecopark.analysis.report.column_words import words_of as words_of_analysis
from ecopark.experiments.commands.analyse import command as analyse
from ecopark.experiments.commands.run import command as run
from ecopark.experiments.docs.dictionary import input_tables, page, run_tables

LIBRARY = SCENARIOS.parent / "library"


def names(columns):
    return [one.name for one in columns]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_an_input_table_has_words_and_no_others_have(table):
    known = [field.alias or name for name, field in TABLES[table].model_fields.items()]
    assert [name for name in known if not all(words_of(table, name))] == []
    assert sorted(set(column_words(table)) - set(known)) == []


def test_every_table_with_words_is_one_that_is_read():
    assert set(WORDS) == {*TABLES, *BESIDE_THE_MODEL}


@pytest.mark.parametrize(
    "path",
    [*sorted(SCENARIOS.glob("*/*.csv")), *sorted(LIBRARY.glob("*.csv"))],
    ids=lambda path: "/".join(path.parts[-2:]),
)
def test_every_column_of_the_shipped_tables_is_in_the_dictionary(path):
    with path.open(encoding="utf-8") as file:
        head = next(csv.reader(file))
    assert set(head) <= set(names(input_tables()[path.stem]))


def test_tables_beside_the_model_are_listed_with_exactly_their_columns():
    for table in BESIDE_THE_MODEL:
        path = next(SCENARIOS.glob(f"*/{table}.csv"))
        with path.open(encoding="utf-8") as file:
            assert sorted(next(csv.reader(file))) == sorted(names(input_tables()[table])), table


@pytest.fixture(scope="module", params=scenario_names())
def folder(request, tmp_path_factory):
    """Return the folder of a short run of a shipped scenario, analysed."""
    out = tmp_path_factory.mktemp("runs") / request.param
    options = ["--years", "6", "--no-report", "--out", str(out)]
    small = ["--set", "synthetic.companies=12"] if request.param == "synthetic" else []
    done = CliRunner().invoke(run, [request.param, *options, *small])
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(analyse, [str(out), "--no-pictures"]).exit_code == 0
    return out


def test_the_dictionary_lists_exactly_the_columns_of_a_run_folder(folder):
    listed = {table: names(columns) for table, columns in run_tables().items()}
    found = {path.stem: pq.read_schema(path).names for path in folder.glob("*.parquet")}
    assert found == listed


def test_every_column_beside_a_figure_has_words(folder):
    silent = []
    for path in sorted((folder / "analysis").glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            head = next(csv.reader(file), [])
        if path.stem not in LIKE_EXCHANGES:
            silent += [f"{path.stem}.{name}" for name in head if name and words_of_analysis(path.stem, name) is None]
    assert silent == []


def test_no_column_is_told_by_its_name_alone():
    told_by_indicators = ("yearly", "monthly")
    tables = [*input_tables().items(), *((t, c) for t, c in run_tables().items() if t not in told_by_indicators)]
    bare = [f"{table}.{one.name}" for table, columns in tables for one in columns
            if not one.unit or one.meaning in ("", one.name, one.name.replace("_", " "))]  # fmt: skip
    assert bare == []


def test_dates_numbers_names_and_switches_say_what_they_may_hold():
    companies = {one.name: one.allowed for one in input_tables()["companies"]}
    assert companies["opens"] == "a date; may be empty"
    assert companies["lat"] == "a number from -90 to 90; may be empty"
    assert companies["candidate"] == "yes or no; empty: no"
    assert companies["confidence"] == "empty, high, medium, low; may be empty"
    assert companies["name"] == "text; needed"
    assert "| `stage` | name |" in page()
