"""Tables that were changed by hand or by another program: each is refused with table, column, what is wrong and how often."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.run_folder.declared import ADDED_COLUMNS, ADDED_TABLES
from ecopark.analysis.run_folder.tables import IncompleteTablesError, read_tables, read_years

DAY = pd.Timestamp("2020-01-01")
CHANGED = {
    "text for numbers": ("exchanges", lambda rows: rows.assign(delivered="x"), "delivered holds"),
    "digits as text": ("yearly", lambda rows: rows.assign(gain=rows["gain"].astype(str)), "gain holds"),
    "dates for numbers": ("monthly", lambda rows: rows.assign(month=DAY), "month holds timestamp"),
    "true for numbers": ("companies", lambda rows: rows.assign(result=True), "result holds bool"),
    "lists for text": ("exchanges", lambda rows: rows.assign(seller=[[1]] * len(rows)), "seller holds"),
    "numbers for text": ("events", lambda rows: rows.assign(detail=1.5), "detail holds double; expected: text"),
    "numbers for true": ("companies", lambda rows: rows.assign(open=1.0), "expected: true or false"),
    "bytes for text": ("prices", lambda rows: rows.assign(material=b"\xff"), "material holds binary"),
    "infinite": ("exchanges", lambda rows: rows.assign(price=np.inf), "price is not between -1e+30 and 1e+30"),
    "beyond belief": ("companies", lambda rows: rows.assign(cash=1e308), "cash is not between"),
    "no number": ("prices", lambda rows: rows.assign(month=np.nan), "month is no number in"),
    "no name": ("opportunities", lambda rows: rows.assign(seller=None), "seller is empty in"),
    "half a month": ("events", lambda rows: rows.assign(month=0.5), "month is no whole number from -12000 to 12000"),
    "a far year": ("yearly", lambda rows: rows.assign(year=2**62), "year is no whole number from 1800 to 2700"),
    "a stage that is none": ("opportunities", lambda rows: rows.assign(stage="<b>"), "stage is '<b>', none of latent"),
    "rows twice": ("exchanges", lambda rows: pd.concat([rows, rows]), "rows have the exchange of another"),
    "years that are gone": ("yearly", lambda rows: rows.iloc[1:], "year 1990 is not in yearly.parquet"),
    "months that are gone": ("monthly", lambda rows: rows.iloc[:12], "year 1991 is not in monthly.parquet"),
    "a row that is gone": ("opportunities", lambda rows: rows.iloc[1:], "is not in opportunities.parquet"),
    "an ensemble of one table": ("monthly", lambda rows: rows.assign(replicate=0), "has the column replicate"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_what_no_run_writes_is_refused(case, run, folder_of, tmp_path):
    table, change, said = CHANGED[case]
    folder = folder_of(run, tmp_path / "run")
    change(getattr(run, table)).to_parquet(folder / f"{table}.parquet")
    with pytest.raises(IncompleteTablesError) as refusal:
        read_tables(folder)
    assert said in str(refusal.value)
    assert f"{table}.parquet" in str(refusal.value)


def test_columns_of_the_user_stay_where_they_are(run, folder_of, tmp_path):
    folder = folder_of(run, tmp_path / "run")
    run.exchanges.assign(remark="ask again").to_parquet(folder / "exchanges.parquet")
    assert (read_tables(folder).exchanges["remark"] == "ask again").all()


def test_the_number_behind_an_end_may_be_any(run, folder_of, tmp_path):
    """It is a trust, a gain, a term: whatever led to the end."""
    folder = folder_of(run, tmp_path / "run")
    run.exchanges.assign(trigger=-0.31).to_parquet(folder / "exchanges.parquet")
    assert (read_tables(folder).exchanges["trigger"] == -0.31).all()


def test_replicates_have_to_be_those_of_the_years(ensemble, folder_of, tmp_path):
    folder = folder_of(ensemble, tmp_path / "ensemble")
    for change, said in (
        (ensemble.prices.assign(replicate=7), "holds replicates that yearly.parquet does not have"),
        (ensemble.prices.drop(columns="replicate"), "lacks the column replicate, other than yearly.parquet"),
    ):
        change.to_parquet(folder / "prices.parquet")
        with pytest.raises(IncompleteTablesError) as refusal:
            read_tables(folder)
        assert refusal.value.mistakes == [f"prices.parquet: {said}"]


def test_a_folder_of_0_1_opens_without_the_tables_and_columns_that_it_could_not_have(run, folder_of, tmp_path):
    folder = folder_of(run, tmp_path / "run")  # its run.json names 0.1.0
    for table, columns in ADDED_COLUMNS.items():
        getattr(run, table).drop(columns=list(columns)).to_parquet(folder / f"{table}.parquet")
    for table in ADDED_TABLES:
        (folder / f"{table}.parquet").unlink()
    back = read_tables(folder)
    assert back.events["event"].tolist() == list(range(len(run.events)))
    assert back.events["cause"].isna().all()
    assert len(back.accounts) == 0


def test_what_needs_a_year_says_that_there_is_none(run, folder_of, tmp_path):
    folder = folder_of(run, tmp_path / "run")
    run.yearly.iloc[:0].to_parquet(folder / "yearly.parquet")
    assert read_tables(folder).is_empty
    with pytest.raises(IncompleteTablesError, match="no year was simulated"):
        read_years(folder)
