"""Kalundborg's input makes every core link of history possible and worth having, without naming any."""

import csv
import math
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "abm" / "scenarios" / "kalundborg"


def read_table(name):
    path = FOLDER / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decimal_year(date):
    year, _, month = date.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def cell(row, name):
    return float(row[name] or 0)


LINKS = read_table("links")
CORE = [row for row in LINKS if row["core"] == "1"]


class Site:
    """The companies, rules and prices of Kalundborg in one year, as the tables give them."""

    def __init__(self, library, keys, year):
        self.year = year
        self.tables = {}
        for table, key in keys.items():
            rows = {tuple(row[part] for part in key): row for row in library[table]}
            rows |= {tuple(row[part] for part in key): row for row in read_table(table)}
            self.tables[table] = rows
        self.companies = self._companies()
        self.levers = self._levers()

    def _companies(self):
        found = {}
        for row in read_table("companies"):
            opens, closes = decimal_year(row["opens"] or "0"), decimal_year(row["closes"] or "9999")
            if opens <= self.year < closes:
                found[row["name"]] = {
                    "type": row["type"],
                    "size": cell(row, "size"),
                    "place": (cell(row, "x_km"), cell(row, "y_km")),
                }
        for row in read_table("events"):
            if (
                decimal_year(row["date"]) <= self.year
                and row["company"] in found
                and row["kind"] in ("process", "size")
            ):
                value = row["value"] if row["kind"] == "process" else float(row["value"])
                found[row["company"]]["type" if row["kind"] == "process" else "size"] = value
        return found

    def _levers(self):
        now = {}
        for row in read_table("levers"):
            if decimal_year(row["date"]) <= self.year:
                now |= {name: float(value) for name, value in row.items() if name != "date" and value}
        return now

    def flow(self, company, material, direction):
        """Units a year of a stream of a company; 0 without it."""
        state = self.companies.get(company)
        row = state and self.tables["processes"].get((state["type"], material, direction))
        return cell(row, "coefficient") * state["size"] if row else 0.0

    def price(self, material):
        row = self.tables["materials"][(material,)]
        series = row["price_series"]
        return cell(self.tables["prices"][(series, str(self.year))], "price") if series else cell(row, "price")

    def avoided_disposal(self, material):
        route = self.tables["materials"][(material,)]["disposal"]
        listed = [key[1] for key in self.tables["material_routes"] if key[0] == material]
        return min((self.cost_of(one) for one in ([route] if route else listed)), default=0.0)

    def cost_of(self, route):
        row = self.tables["routes"][(route,)]
        kinds = ("landfill", "tax"), ("incineration", "tax"), ("discharge", "fine")
        taxes = sum(self.levers[f"{kind}_{word}"] * cell(row, f"taxed_{kind}") for kind, word in kinds)
        return cell(row, "fee") + cell(row, "haul") + taxes

    def worth(self, seller, buyer, material, conversion):
        """(EUR a year of joint gain before capital, EUR of capital) of one possible exchange, or None."""
        supply, need = self.flow(seller, material, "out"), self.flow(buyer, conversion["input"], "in")
        known = not conversion["known_from"] or int(conversion["known_from"]) <= self.year
        carried = self.tables["materials"][(material,)]
        if not (supply and need and known):
            return None
        km = math.dist(self.companies[seller]["place"], self.companies[buyer]["place"])
        if km > cell(carried, "max_km"):
            return None
        ratio = cell(conversion, "ratio") * (1 - cell(carried, "loss_per_km")) ** km
        quantity = min(supply, need * cell(conversion, "max_share") / ratio)
        cost = cell(conversion, "treatment_cost") + cell(conversion, "handling_cost") + cell(carried, "load_cost")
        if conversion.get("forgone"):
            cost += (
                cell(conversion, "forgone_units")
                * float(conversion["forgone_share"] or 1)
                * self.price(conversion["forgone"])
            )
        gain = (
            self.avoided_disposal(material)
            + ratio * self.price(conversion["input"])
            - cost
            - cell(carried, "haul_cost") * km
        )
        link = (cell(carried, "link_capex") + cell(carried, "link_capex_flow") * quantity) * km
        return gain * quantity, link + cell(conversion, "capex") + cell(conversion, "capex_flow") * quantity

    def options(self, link):
        """Every exchange of this year that would count as a link of history."""
        for seller in link["seller"].split(";"):
            for buyer in link["buyer"].split(";"):
                for material in link["material"].split(";"):
                    for (by_product, _), conversion in self.tables["conversions"].items():
                        if by_product == material and seller != buyer:
                            yield self.worth(seller, buyer, material, conversion)


@pytest.fixture(scope="module")
def site(library, keys):
    sites = {}

    def of_year(year):
        if year not in sites:
            sites[year] = Site(library, keys, year)
        return sites[year]

    return of_year


def test_links_of_history_use_the_names_of_the_scenario(library):
    companies = {row["name"] for row in read_table("companies")}
    materials = {row["material"] for row in library["materials"]}
    assert len(CORE) == 29
    assert sum(int(row["start"]) <= 1995 for row in CORE) == 17
    for row in LINKS:
        assert set(row["seller"].split(";")) | set(row["buyer"].split(";")) <= companies
        assert set(row["material"].split(";")) <= materials


def test_history_counts_the_core_links():
    history = {int(row["year"]): row for row in read_table("history")}
    assert list(history) == list(range(1961, 2026))
    for row in history.values():
        assert int(row["low"]) <= int(row["mid"]) <= int(row["high"])
    for year in (1961, 1976, 1982, 1989, 1995):
        ended = sum(bool(row["end"]) and int(row["end"]) <= year for row in CORE)
        begun = sum(int(row["start"]) <= year for row in CORE)
        assert int(history[year]["low"]) <= begun - ended <= int(history[year]["high"])


@pytest.mark.parametrize("link", CORE, ids=lambda row: row["id"])
def test_every_core_link_is_worth_having_near_its_year(site, link):
    """Within three years of its start some exchange of that kind pays for itself in less than ten years."""
    start = int(link["start"])
    found = []
    for year in range(max(1962, start - 1), min(start + 4, 2026)):
        found += [option for option in site(year).options(link) if option]
    assert min(capital / gain for gain, capital in found if gain > 0) < 10


@pytest.mark.parametrize("identity", ["K05", "K06", "K12", "K13", "K14", "K17", "K20", "K25", "K32", "K33"])
def test_links_that_hang_on_a_plant_are_impossible_before_it(site, identity):
    link = next(row for row in CORE if row["id"] == identity)
    before = int(link["start"]) - 8
    assert [option for option in site(before).options(link) if option] == []


def test_coal_exit_takes_what_hung_on_coal(site):
    gone = {row["id"] for row in CORE if any(site(2018).options(row)) and not any(site(2021).options(row))}
    assert gone >= {"K05", "K06", "K17"}


def test_false_links_are_possible_too(site):
    """The input does not only allow what happened: other pairs pay for themselves, too."""
    year, true = 1995, set()
    for row in LINKS:
        true |= {
            (s, b, m)
            for s in row["seller"].split(";")
            for b in row["buyer"].split(";")
            for m in row["material"].split(";")
        }
    now, others = site(year), set()
    for (material, _), conversion in now.tables["conversions"].items():
        for seller in now.companies:
            for buyer in set(now.companies) - {seller}:
                option = now.worth(seller, buyer, material, conversion)
                if option and option[0] > 0 and option[1] / option[0] < 5 and (seller, buyer, material) not in true:
                    others.add((seller, buyer, material))
    assert len(others) >= 5


def test_gains_of_1995_are_of_the_order_of_history(site):
    """10 M USD a year were reported for 1995, 15 M EUR of 2020; the best options of the links are of that order."""
    now, total = site(1995), 0.0
    for row in CORE:
        if int(row["start"]) <= 1995 and not (row["end"] and int(row["end"]) <= 1995):
            total += max((option[0] for option in now.options(row) if option), default=0.0)
    assert 7e6 < total < 35e6


def test_taxes_step_when_history_says(site):
    tax = {year: site(year).levers["landfill_tax"] for year in (1986, 1987, 1990, 1997, 2010)}
    assert tax[1986] == 0
    assert tax[1987] == pytest.approx(40 / 7.45 * 1.887, rel=0.01)
    assert tax[1997] == pytest.approx(335 / 7.45 * 1.459, rel=0.01)
    assert tax[1987] < tax[1990] < tax[1997] < tax[2010]
