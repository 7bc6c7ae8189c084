"""Reading run folders: complete ones come back as written, incomplete ones are refused, all that is missing named."""

import pandas as pd
import pytest

from ecopark.analysis.run_folder.declared import COLUMNS
from ecopark.analysis.run_folder.tables import IncompleteTablesError, most_companies, read_tables, tables_of


def test_a_folder_comes_back_as_written(run, folder_of, tmp_path):
    back = read_tables(folder_of(run, tmp_path / "run"))
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(back, name), getattr(run, name), check_dtype=False)
    assert back.origin == run.origin
    assert (back.start_year, back.end_year, back.months) == (1990, 2009, 240)
    assert back.year_of(18) == 1991.5


def test_all_that_is_missing_is_named_at_once(run, folder_of, tmp_path):
    folder = folder_of(run, tmp_path / "run")
    (folder / "run.json").write_text("{not json")
    (folder / "events.parquet").unlink()
    (folder / "prices.parquet").write_text("no parquet")
    run.yearly.drop(columns=["links", "gain"]).to_parquet(folder / "yearly.parquet")
    with pytest.raises(IncompleteTablesError) as refusal:
        read_tables(folder)
    said = str(refusal.value)
    for part in ("run.json: not readable", "events.parquet: missing", "prices.parquet: not readable", "links, gain"):
        assert part in said
    assert len(refusal.value.mistakes) == 4
    with pytest.raises(IncompleteTablesError, match="there is no such folder"):
        read_tables(tmp_path / "elsewhere")


def test_tables_are_taken_from_results_without_a_folder(run):
    assert tables_of(run).exchanges is run.exchanges


def test_tables_of_results_lacking_columns_are_refused(run):
    class Results:
        pass

    for name in COLUMNS:
        setattr(Results, name, getattr(run, name))
    Results.origin = {}
    Results.prices = run.prices.drop(columns="price")
    with pytest.raises(IncompleteTablesError, match="table prices: missing columns price"):
        tables_of(Results)


def test_an_ensemble_is_taken_apart_into_its_runs(ensemble, run_of):
    assert ensemble.is_ensemble
    assert ensemble.replicates == [0, 1, 2, 3, 4]
    third = ensemble.runs()[2]
    assert not third.is_ensemble
    pd.testing.assert_frame_equal(third.exchanges, run_of(seed=3).exchanges)
    with pytest.raises(ValueError, match="no replicate 9"):
        ensemble.replicate(9)


def test_one_replicate_is_read_alone_and_tables_can_be_left_out(ensemble, folder_of, tmp_path):
    folder = folder_of(ensemble, tmp_path / "ensemble")
    third = read_tables(folder, replicate=2)
    pd.testing.assert_frame_equal(third.exchanges, ensemble.replicate(2).exchanges, check_dtype=False)
    light = read_tables(folder, {"prices": (), "opportunities": ("stage",)})
    assert light.prices.empty
    assert "price" in light.prices.columns
    assert light.opportunities.columns.tolist() == ["replicate", "stage"]
    assert len(light.opportunities) == len(ensemble.opportunities)
    assert len(light.exchanges) == len(ensemble.exchanges)
    assert most_companies(folder) == ensemble.yearly["companies"].max()
    assert most_companies(tmp_path) == 0
