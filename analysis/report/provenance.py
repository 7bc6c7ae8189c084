"""Where a run comes from, as a report states it: scenario, seed, policies, versions, the command that repeats it."""

from __future__ import annotations

from html import escape
from typing import Any

from ..run_folder.columns import Sheet
from ..run_folder.tables import RunTables
from .html_page import section, table, words


def scenario_of(origin: dict[str, Any]) -> dict[str, Any]:
    """Return the scenario part of the origin, which may be a name or the whole description."""
    scenario = origin.get("scenario", {})
    return scenario if isinstance(scenario, dict) else {"name": str(scenario)}


def scenario_label(origin: dict[str, Any]) -> str:
    """Return the readable name of the scenario."""
    scenario = scenario_of(origin)
    return str(scenario.get("label") or scenario.get("name") or "Run")


def subtitle(tables: RunTables) -> str:
    """Say what was simulated."""
    if tables.is_empty:
        return "Industrial symbiosis simulated month by month"
    runs = f", {len(tables.replicates)} runs" if tables.is_ensemble else ""
    about = scenario_of(tables.origin).get("description") or "Industrial symbiosis simulated month by month."
    return f"{about} Simulated: {tables.start_year} to {tables.end_year}{runs}."


def interruption(origin: dict[str, Any]) -> str:
    """Say so when the run did not reach its horizon."""
    whole = origin.get("complete", True)
    return "" if whole else words("This run was stopped before its end; the report shows what was finished.", "notice")


def failure_words(origin: dict[str, Any]) -> str:
    """Say what run.json knows about failures."""
    failures = origin.get("failures") or []
    first = f" The first said: {failures[0]}" if isinstance(failures, list) and failures else ""
    return f"{len(failures) if isinstance(failures, list) else failures} failures are recorded.{first}"


def origin_section(origin: dict[str, Any]) -> str:
    """Say scenario, seed, policies, versions, and the command that repeats the run."""
    scenario = scenario_of(origin)
    rows = {
        "scenario": scenario.get("name", "unknown"),
        "seed": origin.get("seed", "unknown"),
        "replicates": origin.get("replicates"),
        "policies": (mapping_words(origin["policies"]) or "none") if "policies" in origin else None,
        "versions": mapping_words(origin.get("versions")) or None,
    }
    known = {name: str(value) for name, value in rows.items() if value is not None}
    sheet = Sheet({"what": list(known), "value": list(known.values())})
    again = f"<p>Repeat with <code>{escape(repeat_command(origin))}</code></p>"
    return section("Where this comes from", table(sheet, {"what": "", "value": ""}), again)


def mapping_words(values: Any) -> str:
    """Write a mapping as `name value, name value`."""
    if isinstance(values, dict):
        known = {name: mapping_words(value) for name, value in values.items() if value is not None}
        return ", ".join(f"{name} {value}" for name, value in known.items())
    return "" if values is None else str(values)


def repeat_command(origin: dict[str, Any]) -> str:
    """Return the command that repeats the run: as recorded, else from scenario, seed and replicates."""
    if origin.get("command"):
        return str(origin["command"])
    scenario = scenario_of(origin)
    command = f"ecopark run {scenario.get('name', 'SCENARIO')} --seed {origin.get('seed', 0)}"
    if scenario.get("years"):
        command += f" --years {scenario['years']}"
    return command + (f" --replicates {origin['replicates']}" if origin.get("replicates") else "")
