"""Unit and meaning of the columns of the library: materials, routes, types with their processes, conversions, prices, emissions.

table -> lines of column|unit|meaning. `unit` is the unit of the material, `product` that of the main product of the type.
"""

LIBRARY_WORDS = {
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
}
