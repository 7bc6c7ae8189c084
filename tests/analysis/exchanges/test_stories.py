"""The story of a pair of companies: in the order of time, every number one of the run's tables."""

import json
import re

import numpy as np
import pytest
from click.testing import CliRunner

from ecopark.analysis.exchanges.stories import UnknownPairError, pair_stories
from ecopark.experiments.commands.why import command
from ecopark.experiments.workshop.languages.translate import SWAP, Translator

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def pairs(run):
    return run.exchanges[["seller", "buyer"]].drop_duplicates().itertuples(index=False)


def test_every_contract_is_told_with_its_price_its_gains_and_its_end(run):
    for seller, buyer in pairs(run):
        text = "\n".join(line.text for story in pair_stories(run, seller, buyer) for line in story.lines)
        mine = run.exchanges[(run.exchanges["seller"] == seller) & (run.exchanges["buyer"] == buyer)]
        for contract in mine.itertuples():
            assert f"{contract.price:,.2f} EUR for {contract.term_years:g} years" in text
            if contract.start_month == contract.start_month:
                assert f"{contract.seller_gain:,.0f} EUR by it" in text
        ended = int(mine["end_month"].notna().sum())
        assert text.count("The first cause is") == ended
        assert text.count("It runs at the end of the run") == len(mine) - ended
        assert " nan" not in text


def test_the_lines_are_in_the_order_of_time(run):
    for seller, buyer in pairs(run):
        for story in pair_stories(run, seller, buyer):
            months = [line.month for line in story.lines if line.depth == 0 and not np.isnan(line.month)]
            assert months == sorted(months)


def test_what_never_came_about_says_where_it_stopped(run):
    table = run.opportunities
    never = table[table["identified_month"].isna()].iloc[0]
    lines = next(
        story.lines
        for story in pair_stories(run, never["seller"], never["buyer"])
        if story.opportunity == never["opportunity"]
    )
    assert lines[-1].text.startswith("Nobody ever found it")


def test_the_largest_terms_are_the_sums_of_the_deliveries(run):
    contract = run.exchanges[run.exchanges["delivered"] > 0].iloc[0]
    rows = run.deliveries[run.deliveries["contract"] == contract["exchange"]]
    due = rows["month"][rows["due"] > 0]
    payment = rows["payment"].sum() / max(1, (due.max() - due.min() + 1) / 12)
    stories = pair_stories(run, contract["seller"], contract["buyer"])
    text = "\n".join(line.text for story in stories for line in story.lines)
    assert f"{payment:+,.0f}" in text or f"{-payment:+,.0f}" in text


def test_wrong_names_and_pairs_that_cannot_be_are_said(run):
    with pytest.raises(UnknownPairError, match="Did you mean Refinery"):
        pair_stories(run, "Refinry", "Gyproc")
    with pytest.raises(UnknownPairError, match="could use"):
        pair_stories(run, "Gyproc", "Asnaes")


def test_the_command_tells_a_run_folder(run, monkeypatch):
    from ecopark.analysis.run_folder import tables

    monkeypatch.setattr(tables, "read_years", lambda folder: run)
    first = run.exchanges.iloc[0]
    told = CliRunner().invoke(command, ["run", first["seller"], first["buyer"]])
    assert told.exit_code == 0
    assert "signed; at its last terms" in told.output
    as_json = json.loads(CliRunner().invoke(command, ["run", first["seller"], first["buyer"], "--json"]).output)
    assert as_json[0]["lines"][0]["text"] == as_json[0]["lines"][0]["template"].format(
        **as_json[0]["lines"][0]["places"]
    )
    wrong = CliRunner().invoke(command, ["run", "Nobody", "Else"])
    assert wrong.exit_code == 2
    assert "No company of this run is called Nobody" in wrong.output


@pytest.mark.parametrize("language", ["de", "da"])
def test_a_story_has_the_same_numbers_in_every_language_and_no_english_sentence(run, language):
    told, seen = Translator(language), set()
    for seller, buyer in pairs(run):
        for story in pair_stories(run, seller, buyer):
            for line in story.lines:
                text = told(line)
                assert line.template in told.known
                assert sorted(NUMBER.findall(text)) == sorted(
                    one.translate(SWAP) for one in NUMBER.findall(line.text)
                ), text
                assert not {"{", "}"} & set(text)
                if line.depth == 0 and line.template == "{when}: {what}.":
                    seen.add(text)
    assert seen, "some contract has ended"
    assert all(": " in text and " ends" not in text and "the contract" not in text for text in seen), (
        "events are told, too"
    )


def test_the_command_speaks_the_language_that_is_asked_for(run, monkeypatch):
    from ecopark.analysis.run_folder import tables

    monkeypatch.setattr(tables, "read_years", lambda folder: run)
    row = run.exchanges[run.exchanges["start_month"].notna()].iloc[0]
    told = CliRunner().invoke(command, ["run", row["seller"], row["buyer"], "--language", "de"])
    assert told.exit_code == 0, told.output
    assert "unterschrieben" in told.output
    assert "signed" not in told.output
    assert CliRunner().invoke(command, ["run", row["seller"], row["buyer"], "--language", "fr"]).exit_code == 2


def test_what_needs_no_route_goes_unused_and_costs_nothing(run):
    told = [
        line.text for seller, buyer in pairs(run) for story in pair_stories(run, seller, buyer) for line in story.lines
    ]
    assert any("nobody used" in text for text in told)
    assert not any("went to: none" in text for text in told)
    unused = run.streams[run.streams["route"] == "none"]
    assert len(unused) > 0
    assert (unused["cost"] == 0).all()
