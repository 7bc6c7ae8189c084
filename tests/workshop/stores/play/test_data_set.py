"""The data set: every column in the codebook, nobody named, nothing of people who did not consent."""

import io
import zipfile

import pandas as pd
import pytest

from ecopark.experiments.workshop.stores.play.data_columns import TABLES
from ecopark.experiments.workshop.stores.play.data_set import codebook, tables_of, zip_of

from .room import Room


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    room = Room(tmp_path_factory.mktemp("saves"), kinds=("quick", "slow"))
    for person in list(room.play.people.values())[::2]:
        person.consent = True
    room.lead("next")
    while room.play.pace.round < 2:
        room.pass_time(1000)
    return room


@pytest.fixture(scope="module")
def frames(played):
    archive = zipfile.ZipFile(io.BytesIO(zip_of(played.play, "ABCDEF")))
    return {name.removesuffix(".csv"): pd.read_csv(archive.open(name)) for name in archive.namelist()}


def test_every_table_has_its_columns_and_every_column_its_line_in_the_codebook(frames):
    for name, columns in TABLES.items():
        assert list(frames[name].columns) == list(columns)
    lines = set(zip(frames["codebook"]["table"], frames["codebook"]["column"], strict=True))
    assert lines == {(name, column) for name, frame in frames.items() if name != "codebook" for column in frame.columns}
    assert {(line["table"], line["column"]) for line in codebook()} < lines
    assert {"run_A_exchanges", "run_A_yearly", "talks", "contracts", "hours", "ballots"} <= set(frames)
    assert frames["codebook"]["meaning"].notna().all()
    assert len(frames["acts"]) == len(tables_of_played(frames)) > 0


def tables_of_played(frames):
    return frames["acts"]["time_ms"]


def test_nobody_is_named_and_no_word_of_theirs_is_in_it(played):
    text = zip_of(played.play, "ABCDEF")
    archive = zipfile.ZipFile(io.BytesIO(text))
    whole = "".join(archive.read(name).decode() for name in archive.namelist())
    for code, identity in played.workshop.identities.people.items():
        for secret in (code, identity.name, identity.word, *identity.keys):
            assert secret not in whole
    for line in played.play.secrets:
        assert line["text"] not in whole


def test_who_did_not_consent_is_kept_as_blank_rows(played, frames):
    silent = {f"P{person.number:02d}" for person in played.play.people.values() if not person.consent}
    acts = frames["acts"]
    theirs = acts[acts["participant"].isin(silent)]
    assert len(theirs) > 0
    assert theirs[["act", "price", "own_gain", "own_least"]].isna().all().all()
    others = acts[acts["participant"].notna() & ~acts["participant"].isin(silent)]
    assert others["act"].notna().all()


def test_what_looks_like_a_formula_is_quoted(played):
    tables = tables_of(played.play, "=1+1")
    assert tables["acts"][0]["workshop"] == "=1+1"
    archive = zipfile.ZipFile(io.BytesIO(zip_of(played.play, "=1+1")))
    assert "'=1+1" in archive.read("acts.csv").decode()
