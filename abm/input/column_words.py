"""Unit and meaning of every column of every input table, declared once; what is allowed stands in the files of rows beside this one.

The data dictionary and `ecopark new` read this file; a test holds it against the rows, so that no column is without words.
"""

from __future__ import annotations

from ..entities.tables import describe

# Columns that mean the same wherever they stand: column|unit|meaning.
COMMON = """
grade|letter|how well the row is founded: V read at the source, C second-hand or computed, S stated by a party, G estimated from literature, A assumed
source|words|where the numbers come from
note|words|for the reader; no run depends on it
label|words|name that people read
"""
# table: column|unit|meaning. `unit` is the unit of the material, `product` that of the main product of the type.
WORDS = {
    "materials": """
material|name|key of the by-product or input
unit|name|unit in which it is counted
group|name|what its tonnes, GJ or m3 count as in the sums of a run
tonnes_per_unit|t/unit|mass of a unit; 0 where mass says nothing, as of heat
carrier|name|how it travels
load_cost|EUR/unit|of loading and unloading
haul_cost|EUR/unit/km|of a kilometre of transport
loss_per_km|share/km|lost on the way
max_km|km|farthest that it is carried
link_capex|EUR/km|capital of a pipe or wire, whatever flows
link_capex_flow|EUR/km/(unit/year)|capital of it for each unit a year
storable_months|months|of output that can be kept in stock
disposal|name|one route of disposal, where material_routes.csv has no row for it
price|EUR/unit|constant virgin price, where there is no series
price_series|name|series of prices.csv that its price follows
price_sd|log|standard deviation of the logarithm of its price about the path
price_phi|per year|how much of a deviation of the price is left after a year
price_factor|name|common factor that moves its price with others
price_loading|share|of its price deviation that is the common factor
co2_virgin|kg/unit|CO2 of making the virgin unit
co2_disposal|kg/unit|CO2 of disposing of a unit
storage_cost|EUR/unit/month|of keeping it; left empty: 0.3 a tonne, 0.05 a m3
pipe_class|name|materials that may use the same pipe; left empty: its carrier
link_life|years|life of its pipe; left empty: `investment.life_link`
""",
    "routes": """
route|name|key of the route
kind|name|what the tonnes count as
unit|name|unit of the materials that may take it
fee|EUR/unit|gate fee, below 0 an income
haul|EUR/unit|of hauling to it at a usual distance
taxed_landfill|1/unit|units that pay the landfill tax
taxed_incineration|1/unit|units that pay the incineration tax
taxed_discharge|1/unit|units that pay the discharge fine
co2|kg/unit|CO2 of the route itself
allowed_from|year|first year in which it is open
allowed_until|year|last year in which it is open
""",
    "material_routes": """
material|name|by-product
route|name|route that is open to it
fee_factor|factor|on the fee of the route
tax_factor|factor|on the taxes of the route, not on CO2
co2|kg/unit|in place of `co2_disposal` of the material
""",
    "types": """
type|name|key of the type of company
sector|name|sector of sectors.csv
product|words|main product
product_unit|words|unit of the main product
typical_size|product/year|size where companies.csv has none
margin|EUR/product|contribution when its streams cost what they cost at the start
fixed_cost|EUR/year|fixed cost at typical size
jobs|jobs|at typical size
wacc|1/year|cost of capital
payback|years|longest payback that it accepts
attitude|0..1|towards exchanges at the start
opportunism|0..1|readiness to hold up a partner
risk_aversion|factor|on expected interruption cost
closure_hazard|1/year|chance of closing within a year
outage_rate|share|of the time forced out
repair_months|months|mean length of an outage
maintenance_month|month|of the yearly stop, 1 is January
maintenance_share|share|of that month lost
widely_known|yes/no|its need or supply is known everywhere, as of a trader
symbiosis_staff|factor|on its hours for symbiosis
""",
    "processes": """
type|name|type of company
material|name|what it takes in or gives out
direction|name|in or out
coefficient|unit/product|quantity per unit of the main product
low|unit/product|lowest likely value; no run depends on it
high|unit/product|highest likely value; no run depends on it
profile|name|seasonal profile of profiles.csv
quality|factor|on the ratio of the conversions of what it gives out
""",
    "conversions": """
by_product|name|what is given
input|name|what it replaces
ratio|input/by-product|units of the input that a unit of the by-product replaces
treatment_cost|EUR/unit|of treating a unit of the by-product
handling_cost|EUR/unit|of handling it at both ends
max_share|share|of the buyer's need that it can cover
capex|EUR|capital of the equipment, whatever flows
capex_flow|EUR/(unit/year)|capital of it for each unit a year
lead_months|months|from signing to operation, without the permit
permit|yes/no|a permit is needed
co2|kg/unit|CO2 of treatment
forgone|name|good that the seller gives up by handing the by-product on
forgone_units|unit/unit|of that good for a unit of the by-product
forgone_share|share|of it that is really lost
asset_life|years|life of the equipment; left empty: `investment.life_equipment`
om_share|share/year|of capital for operation and maintenance; left empty: `investment.om_share`
known_from|year|from which anybody knows that it can be done
allowed_from|year|from which it is allowed
""",
    "profiles": """
profile|name|key of the profile
jan|factor|of January; the twelve are scaled to mean 1
feb|factor|of February
mar|factor|of March
apr|factor|of April
may|factor|of May
jun|factor|of June
jul|factor|of July
aug|factor|of August
sep|factor|of September
oct|factor|of October
nov|factor|of November
dec|factor|of December
""",
    "sectors": """
sector|name|key of the sector
sd|log|standard deviation of the logarithm of its output
loading|share|of that deviation that is the business cycle
""",
    "prices": """
series|name|price path that materials name
year|year|the price is that of its middle; linear between, flat outside
price|EUR/unit|virgin price without the taxes of levers
""",
    "emissions": """
material|name|bought good
year|year|year of the value; linear between, flat outside
t_per_unit|t/unit|CO2 of a unit, in place of `co2_virgin`
""",
    "companies": """
name|words|of the company, once in the table
type|name|type of types.csv; brings streams, costs and behaviour
size|product/year|of the main product; left empty: typical size of the type
x_km|km|east of the centre of the park
y_km|km|north of it
lat|degrees|WGS84, in place of x_km and y_km
lon|degrees|WGS84, in place of x_km and y_km
opens|date|YYYY, YYYY-MM or YYYY-MM-DD; left empty: there from the start
closes|date|as `opens`; left empty: stays
candidate|yes/no|opens only if the park attracts it
owner|words|companies of one owner trust each other
contacts|words|companies that it knows from the start, divided by `;`
wacc|1/year|in place of that of its type
payback|years|in place of that of its type
attitude|0..1|in place of that of its type
opportunism|0..1|in place of that of its type
risk_aversion|factor|in place of that of its type
nace|code|NACE Rev. 2 of the register it was imported from
source_id|words|its number in that register
confidence|name|of the type that an import found
""",
    "events": """
date|date|of the event
kind|name|what happens
company|name|to whom; a material where the price changes
value|words|new type, size, owner, factor on contacts, `material:factor` of a price, by-product without permit, wave of relocation
""",
    "levers": """
date|date|from which the row holds; an empty cell keeps what was
""",
    "streams": """
company|name|company of companies.csv
material|name|what it gives off or needs
direction|name|in or out
per_year|unit/year|quantity in place of that of its type; left empty: unknown, nothing is founded
unit|words|unit of per_year and of low and high, where it is not that of the material
low|unit/year|lowest likely quantity
high|unit/year|highest likely quantity
profile|name|seasonal profile of profiles.csv
ewc|code|European waste code, six digits
price_now|EUR/unit|present price, above 0 the company receives
recovered_share|share|of it that somebody takes already
route|name|route of disposal in the first month
temperature_c|deg C|of heat and water
dry_matter_pct|per cent|dry matter of sludge and grains
confidential|yes/no|stays out of reports and of `ecopark share`
""",
    "exchanges": """
giver|name|seller of a contract in force on the first day
taker|name|buyer
material|name|by-product
input|name|input that it replaces
per_year|unit/year|contract quantity
unit|words|unit of per_year, where it is not that of the material
since|date|start; after the start of the run: planned, in building until then
until|date|end
price|EUR/unit|above 0 the giver receives; left empty: the even split
term_years|years|term of the contract
invested_by|name|who paid the capital
""",
    "distances": """
from|name|company
to|name|company
km|km|in place of the straight line, both ways
way|name|what goes that way
""",
    "outlets": """
name|words|who takes it now; drawn and listed, no company of the park
lat|degrees|WGS84
lon|degrees|WGS84
ewc|code|European waste codes that it takes
material|name|that it takes
per_year|unit/year|that it takes
kind|name|recovery or disposal
""",
    "modes": """
mode|name|key of the way of coming back
margin_factor|factor|on the margin of the type
input_factor|factor|on what it takes in
output_factor|factor|on its by-products
fixed_factor|factor|on fixed cost
jobs_factor|factor|on jobs
hazard_factor|factor|on the closure hazard
capital_years|years|of contribution that the move costs
months|months|that the move takes
closed_plant|yes/no|needs a closed plant of the park
""",
    "sites": """
site|name|key of the place
park|yes/no|the place is the park
abroad|yes/no|the place is abroad: staying away
cost_factor|factor|on fixed cost there
energy_factor|factor|on the cost of energy there
disposal_factor|factor|on the cost of disposal there
modes|words|modes that it offers, divided by `;`
""",
    "mix": """
type|name|type that a generated region is drawn from
""",
    "history": """
year|year|of the count
low|links|fewest links active
mid|links|best estimate
high|links|most links active
""",
    "links": """
id|words|key of the link
seller|words|companies of the scenario, divided by `;` where one real company is several
buyer|words|as seller
material|words|by-products that the link may carry, divided by `;`
start|year|in which it began; empty: planned, never begun
end_low|year|earliest year of its end
end|year|best estimate of its end; empty: runs on
end_high|year|latest year of its end
cause|name|reason of the end, in the words of a run
core|0 or 1|counts in the score
end_confidence|letter|grade of the end
""",
    "published": """
year|year|of the publication's count
links|links|printed
members|companies|printed
unit|words|what the publication counts as a link
""",
    "turning_points": """
label|words|of the turn
year_from|year|first year
year_to|year|last year
""",
    "facts": """
programme|words|published programme
place|words|where
year_from|year|first year
year_to|year|last year
participants|companies|that took part
identified|exchanges|found
implemented|exchanges|carried out
tonnes|t|diverted
savings_musd|million USD|saved
public_cost|USD|paid by the public
""",
    "seats": """
company|name|company that a person may take in a workshop
roster|companies|smallest roster that it belongs to
secret|words|card that only that seat reads
""",
}
# Which levers are worked out from the policies in force, and which tables nobody but scoring and workshops reads.
NO_HISTORY = ("programme_cost", "policies", "broker_fee", "platform_fee")
BESIDE_THE_MODEL = ("history", "links", "published", "turning_points", "facts", "seats")


def column_words(table: str) -> dict[str, tuple[str, str]]:
    """Return column -> (unit, meaning) of an input table; columns that mean the same everywhere are left out."""
    own = _lines(WORDS[table])
    return own | _levers() if table == "levers" else own


def _levers() -> dict[str, tuple[str, str]]:
    """Return the levers of history, in the words of the state."""
    return {
        name: (unit, text or f"rule of history, in the unit of the policy {name}")
        for name, _, unit, text in describe("levers")
        if name not in NO_HISTORY
    }


def words_of(table: str, column: str) -> tuple[str, str]:
    """Return unit and meaning of a column of an input table; raises KeyError where nobody declared it."""
    own = column_words(table)
    return own[column] if column in own else _lines(COMMON)[column]


def _lines(text: str) -> dict[str, tuple[str, str]]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return {column: (unit, meaning) for column, unit, meaning in rows}
