"""The parks on which twin and Park are compared: three companies, thirty companies, Kalundborg."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecopark import load_scenario
from ecopark.abm.input.scenario import Scenario

HERE = Path(__file__).parent


def three(values: Mapping[str, Any] | None = None) -> Scenario:
    """Return a station, a plasterboard plant and a fish farm: two possible exchanges, a change of fuel, a slump."""
    return load_scenario(HERE / "three", values)


def thirty(values: Mapping[str, Any] | None = None) -> Scenario:
    """Return thirty companies of the generator, some 300 possible exchanges."""
    return load_scenario(HERE / "thirty", values)


def kalundborg(values: Mapping[str, Any] | None = None) -> Scenario:
    """Return the shipped Kalundborg."""
    return shipped("kalundborg", values)


def shipped(name: str, values: Mapping[str, Any] | None = None) -> Scenario:
    """Return a shipped scenario."""
    return load_scenario(name, values)
