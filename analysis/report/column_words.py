"""Unit and meaning of every column of the tables that an analysis writes beside its figures, declared once."""

from __future__ import annotations

import re

# column|unit|meaning; TABLE.column where a table means something of its own by it.
WORDS = """
year|year|calendar year
month|month|months since January of the start year
age|years|since the exchange began to deliver
age_from|years|from this age
age_to|years|to before this age
replicate|number|run of the ensemble
low|as the figure|lower end: 5 % of the runs, or of the interval that `covers` names
mid|as the figure|median over the runs
high|as the figure|upper end
mean|as the outcome|mean
cause|name|reason of the end
reason|name|reason of the end
model|exchanges|ends of a run, mean over the runs
real|exchanges|ends that happened
real_high|exchanges|most ends that may have happened, where the year is not sure
model_share|share|of all ends of the model
real_share|share|of all ends that happened
company|name|company
seller|name|company that gives
buyer|name|company that takes
material|name|by-product
input|name|input that is replaced
group|name|material, energy or water
unit|name|unit of quantities, or of the outcome
exchange|number|row of the table of exchanges
quantity|unit/year|contract quantity
price|EUR/unit|contract price
claims.shapley|EUR/year|its Shapley value: mean of what it adds to the gain of every coalition
claims.gets|EUR/year|what it gets by the contracts that were signed
claims.difference|EUR/year|what it gets less its Shapley value
model_low|links|5 % of the runs
model_mid|links|median of the runs
model_high|links|95 % of the runs
crps|links|continuous ranked probability score of the runs against the best estimate
inside|yes/no|the best estimate lies in the band of the runs
overlap|yes/no|the band of history and that of the runs meet
error|links|median of the runs less the best estimate
links|exchanges|operating exchanges; of a company those lost without it
links_cascade|exchanges|lost without it, with those that fall in turn
tonnes|t/year|lost without it
tonnes_cascade|t/year|lost without it, with those that fall in turn
gain|EUR/year|gain; of a removed company the gain lost without it
gain_cascade|EUR/year|lost without it, with those that fall in turn
share|share|of the whole
share_cascade|share|of the whole, with those that fall in turn
rank|number|1 for the company without which most is lost
degree|partners|number of partners
companies|companies|with that number of partners; by year those that are open
at_least|share|with that number of partners or more
ends|exchanges|that ended
appears|share|of the runs in which the link appears
in_time|share|of the runs in which it appears by the year of the score
year_low|year|5 % of the first years
year_mid|year|median of the first years
year_high|year|95 % of the first years
miss|years|median distance of the first year from the real one
years_of_links.error|years|median first year less the real one
links.error|years|median first year less the real one
start|year|real first year
id|name|key of the link in links.csv
core|0 or 1|counts in the score
stage|name|of the funnel, or of the development of the park
opportunities|opportunities|at that stage; of a cause of loss those that it holds
gain_sellers|EUR/year|gain of sellers
gain_buyers|EUR/year|gain of buyers
public_balance|EUR/year|public purse
public_balance_alone|EUR/year|public purse without exchanges and programmes
gain_resource|EUR/year|goods and services saved by exchanges, without transfers
social_account.co2|EUR/year|CO2 avoided, at its shadow price
social_account.landfill|EUR/year|tonnes not landfilled, at their shadow price
social_account.discharge|EUR/year|oxygen demand not discharged, at its shadow price
social_account.programmes|EUR/year|cost of programmes, with the added cost of public funds; below 0
social_account.social|EUR/year|sum of the five: what society gains
social_account.discounted|EUR/year|social, discounted to the first year
difference|as the outcome|here less there, on the same shocks
so_far|EUR|added up over the years
open|0..1|Gini coefficient of links of all open companies
linked|0..1|Gini coefficient of links of those that have one
network_by_year.linked|companies|with a link
network_measures.linked|companies|with a link
exposure|exchange-years|observed at that age
hazard|1/year|ends per exchange and year at that age
incidence|share|of exchanges that ended for that reason by that age
density|share|of possible links that exist
mean_degree|partners|mean number of partners of a linked company
centralisation|0..1|degree centralisation: 1 for a star
components|number|of parts that hang together
largest_component|companies|in the largest of them
anchor|name|company with most links
anchor_share|share|of links that the anchor has
sector_assortment|-1..1|do links stay inside sectors
modularity|-1..1|of the best division into communities
nestedness|0..1|of partners, NODF
loss|EUR/year|gain that the park misses against the central optimum
words|words|the cause in a sentence
optimum.cause|name|what stands in the way
optimum_losses.cause|name|what stands in the way
start_month|month|of delivery
end_month|month|of the end; empty: runs on
what|words|the disruption
recovery.level|exchanges|before it
response.level|as the factor|value of the factor
survival.group|name|all, or the carrier or group that is looked at
depth|share|lost at the lowest point
months|months|until the level is back; empty: never
lost|exchange-months|missing until then
removed|companies|taken out
targeted|share|of gain left when the most important go first
random|share|of gain left when they go at random
gain_low|EUR/year|5 % of the runs
gain_mid|EUR/year|median of the runs
gain_high|EUR/year|95 % of the runs
invested_low|EUR|so far, 5 % of the runs
invested_mid|EUR|so far, median of the runs
invested_high|EUR|so far, 95 % of the runs
payback_low|years|invested so far over the gain of the year, 5 % of the runs
payback_mid|years|median of the runs
payback_high|years|95 % of the runs
measure|words|of the score
value|as the measure|its value
seller_gain|EUR|of the seller in all
buyer_gain|EUR|of the buyer in all
public_gain|EUR|of the public in all
total_gain|EUR|of all three
share_of_seller|share|of the gain of both sides
none|share|of the runs at no stage, or without any exchange
sprouting|share|of the runs at that stage of development
uncovering|share|of the runs at that stage of development
embedded|share|of the runs at that stage of development
decline|share|of the runs at that stage of development
median|months|length of the stage, median
min|months|shortest
max|months|longest
size|companies|linked at that stage
at_risk|exchanges|observed at that age
censored|exchanges|still running when the run ended
survival|share|of exchanges that reach that age (Kaplan and Meier)
indicator|name|indicator of the yearly table
replicates|runs|that it rests on
needed|runs|for an interval of the wanted width
number|runs|the first ones of the ensemble
base|as the figure|baseline
other|as the figure|here
base_month|month|first month of the link in the baseline
other_month|month|first month of the link here
change|share|of the runs, here less baseline
links_changed.base|share|of the runs of the baseline that have the link
links_changed.other|share|of the runs here that have the link
pairs|pairs|of runs on the same shocks
members|companies|printed in the publication of that year
members.links|links|printed in the publication of that year
links_mid|links|median of the runs
members.model_low|companies|that trade, 5 % of the runs
members.model_mid|companies|that trade, median of the runs
members.model_high|companies|that trade, 95 % of the runs
turns.label|words|of the turn
year_from|year|first year
year_to|year|last year
turns.real|links|change in history
turns.model_low|links|change in the model, 5 % of the runs
turns.model_mid|links|median of the runs
turns.model_high|links|95 % of the runs
right|share|of the runs that turn the right way
turns|yes/no|history turns there
policy|name|policy of the study
term|name|factor, or two of them
effect|as the outcome|of the term from its low to its high end
kind|name|main effect or pair
points|points|of the design that it rests on
covers|words|which chance the interval covers
outcome|name|outcome of the study
runs|runs|at that place
factor|name|factor of the study
mu|as the outcome|mean elementary effect (Morris)
mu_star|as the outcome|mean size of it
sigma|as the outcome|standard deviation of it: curvature and interplay
trajectories|number|that it rests on
emergence|share|of the runs in which exchanges emerge and no more
growth|share|of the runs in which they grow
breakdown|share|of the runs in which they break down
phase|name|most frequent one
better_in|share|of pairs in which it is better than the baseline
mean_regret|as the outcome|shortfall against the best policy of each future, mean
worst_regret|as the outcome|largest of the means over points
worst_low|as the outcome|lower end of its interval
worst_high|as the outcome|upper end of its interval
worst_future|words|values of the factors there
best_in|share|of futures in which it is the best
compared|words|the two that are compared
estimate|as the outcome|difference
half_width|as the outcome|of its interval
spread|as the outcome|standard deviation of the pairs
wanted|as the outcome|half width that the study asks for
first|share|of the variance that the factor explains alone (Sobol)
first_low|share|lower end of its interval
first_high|share|upper end of its interval
total|share|of the variance with all its interplay
total_low|share|lower end of its interval
total_high|share|upper end of its interval
first_of_means|share|the same of the mean over replicates
total_of_means|share|the same of the mean over replicates
base_samples|number|of the Saltelli design
effects.low|as the outcome|lower end of the interval that `covers` names
shocks.share|share|of the variance that is chance, not factors
second|share|of the variance that the two explain together (Sobol)
sobol_pairs.other|name|the other factor
pawn.median|0..1|PAWN index: how far the distribution of the outcome moves with the factor
by_chance|0..1|what the index reaches by chance alone (95 %)
probability|share|of bootstrap samples in which the policy is on the front of the goals
on_front|yes/no|by the means alone
rule|words|condition on a factor, or the questions to an end of the tree
prim_box.density|share|of the runs in the box that are of interest, held-out points
prim.density|share|of the runs in the box that are of interest
tree.density|share|of the runs there that are of interest
everywhere|share|of all runs that are of interest
coverage|share|of the runs of interest that are there
held_out|share|foreseen for points that the tree has not seen
satisficing.share|share|of futures in which all limits are kept
"""
# Tables whose columns are those of the exchanges of a run, and names that stand for many tables.
LIKE_EXCHANGES = ("contracts",)
FAMILIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(map)_\d{4}$",
        r"^(by_year)_\w+$",
        r"^(difference)_\w+$",
        r"^(sobol_pairs|prim_box|first_order)_\w+$",
        r"^(effects|map|morris|phases|policies|regret|response|shocks|sobol|pawn|prim|tree)_\w+$",
    )
)


def family_of(table: str) -> str:
    """Return the name that a table shares with its like: `map_1978` is one of the family `map`."""
    for pattern in FAMILIES:
        found = pattern.match(table)
        if found:
            return found[1]
    return table


def words_of(table: str, column: str) -> tuple[str, str] | None:
    """Return unit and meaning of a column of an analysis; None where nobody declared it.

    A column that is called like a factor or an outcome of a study means just that.
    """
    known = {name: (unit, meaning) for name, unit, meaning in (line.split("|") for line in WORDS.strip().splitlines())}
    return known.get(f"{family_of(table)}.{column}", known.get(column))
