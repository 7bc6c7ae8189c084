"""The list of what a study may set is what the model accepts."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

import ecopark
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.policies import POLICIES
from ecopark.experiments.commands.parameters import command
from ecopark.experiments.sweeps.execution.park_model import check, declared, known_names
from ecopark.experiments.sweeps.names import EXPOSED


def test_every_name_is_listed_once_with_meaning_and_unit():
    table = ecopark.parameters()
    bare = {f"policy.{name}" for name in POLICIES}
    assert sorted(table["name"]) == sorted(set(known_names()) - bare)
    assert (table["meaning"].str.len() > 0).all()
    assert (table["unit"].str.len() > 0).all()


def test_every_parameter_says_what_it_is_and_where_it_acts():
    table = ecopark.parameters().set_index("name")
    assert set(table.index[table["status"] == "exposed"]) == set(EXPOSED)
    assert len(EXPOSED) == 12
    assert set(table["status"]) == {"exposed", "fixed", "optional", "policy"}
    assert (table["acts_in"].str.len() > 0).all(), "what nobody reads is no parameter"
    assert "screening" in table.loc["screening.hours", "acts_in"]
    assert table.loc["synthetic.companies", "status"] == "optional"


def test_cells_of_a_scenario_are_listed_and_can_be_set():
    table = ecopark.parameters("kalundborg").set_index("name")
    base = ecopark.load_scenario("kalundborg")
    names = list(table.index[table["status"] == "data"])
    assert 'companies."Asnaes".size' in names
    assert 'streams."Asnaes".warm_water.per_year' in names
    assert table.loc['companies."Asnaes".size', "value"] == 400_000
    assert table.loc['streams."Asnaes".warm_water.per_year', "unit"] == "GJ/year"
    assert all(declared(base, name) is not None for name in names)
    changed = {name: 0.5 for name in names if name.endswith("recovered_share")}
    assert check(base, changed | {name: 100.0 for name in names if name.endswith(".size")}) == []


def test_values_are_those_of_the_scenario():
    table = ecopark.parameters("kalundborg").set_index("name")
    base = ecopark.load_scenario("kalundborg")
    assert all(table.loc[name, "value"] == base[name] for name in PARAMETERS)
    assert declared(base, "policy.landfill_tax").high == table.loc["policy.landfill_tax.size", "high"]


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_list_can_be_read_by_programs(form):
    said = CliRunner().invoke(command, [form]).output
    rows = json.loads(said) if form == "--json" else list(csv.DictReader(io.StringIO(said)))
    assert [row["name"] for row in rows] == list(ecopark.parameters()["name"])


def test_list_for_people_has_two_lines_a_name():
    said = CliRunner().invoke(command, []).output.splitlines()
    assert len(said) == 2 * len(ecopark.parameters())
    assert any(line.startswith("policy.landfill_tax.size [EUR/t]") for line in said)
