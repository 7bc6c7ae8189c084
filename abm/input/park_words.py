"""Unit and meaning of the columns of a park: its companies and their streams, contracts, ways, events, ways back, its history.

table -> lines of column|unit|meaning. `unit` is the unit of the material, `product` that of the main product of the type.
"""

PARK_WORDS = {
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
