"""Ways back: manufacturers choose between restart, upgrade, overhaul, new build, purchase and elsewhere; a wave tests who stays."""

from __future__ import annotations

import math

from ..entities.codes import CLOSED, ENERGY, EV_CHOSE, EV_CLOSED, EV_LEFT, EV_STAYED, OPEN, OUT
from ..numerics.compiled import compiled
from ..numerics.randomness import RELOCATION, RETURN, join, uniform
from .event_log import write_company
from .governance import close_company
from .negotiation.utility import annuity
from .screening import capital_of, value_buyer, value_seller


@compiled
def choose_way_back(t, p, clock, lever, s, row):
    """Let a manufacturer choose site and mode, in place: conditional logit over all ways that are at hand.

    utility = yearly profit of the way + unseen x yearly contribution x g, g a standard Gumbel draw, so that
    P(way) = exp(profit / (unseen x contribution)) / sum over ways (McFadden 1974; location: Carlton 1983,
    doi:10.2307/1924189). Elsewhere means never in this park.
    """
    company = s.companies[row]
    contribution = 12.0 * company.capacity * company.margin
    best = -1
    highest = -math.inf
    profit = 0.0
    for place in range(len(s.options)):
        option = s.options[place]
        if option.closed_plant == 1 and option.trades == 1 and find_closed_plant(s.companies, company) < 0:
            continue
        promised = 0.0
        if option.trades == 1:
            gain = promised_gain(t, p, lever, s, company, option)
            promised = p.turnover_promise * (1.0 + lever.attraction) * gain
        worth = way_profit(p, company, s, option) + promised
        draw = gumbel(uniform(p.seed, RETURN, t, join(company.identity, option.identity)))
        utility = worth + p.turnover_unseen * contribution * draw
        if utility > highest:
            best, highest, profit = place, utility, worth
    if best < 0:
        return
    write_company(p, clock, s.events, EV_CHOSE, float(row), best + 1, profit)
    company.option = best + 1
    if s.options[best].trades == 1:
        come_back(t, p, s, s.options[best], row)
    else:
        company.opens = math.inf


@compiled
def gumbel(draw):
    """Return the standard Gumbel number of a uniform draw: -log(-log u)."""
    return -math.log(-math.log(draw))


@compiled
def find_closed_plant(companies, company):
    """Return the row of a closed plant of the company's sector that nobody has taken, or -1."""
    for row in range(len(companies)):
        other = companies[row]
        if other.status == CLOSED and other.taken == 0 and other.sector == company.sector:
            return row
    return -1


@compiled
def way_profit(p, company, s, option):
    """Return the yearly profit of a way back without exchanges [EUR/year].

    margin x its factor - fixed cost x its factors - change of what streams cost - annuity of the capital.
    """
    contribution = 12.0 * company.capacity * company.margin
    fixed = 12.0 * company.fixed_cost * option.fixed * option.cost
    change = stream_change(company, s, option.inputs, option.outputs, option.energy, option.disposal)
    capital = annuity(company.wacc, p.turnover_depreciation) * option.capital * contribution
    return option.margin * contribution - fixed - change - capital


@compiled
def stream_change(company, s, inputs, outputs, energy, disposal):
    """Return by how much streams cost more a year than as the type says [EUR/year], with factors on quantity and cost."""
    change = 0.0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = s.streams[row]
        material = s.materials[stream.material]
        yearly = 12.0 * company.capacity * stream.coefficient
        if stream.direction == OUT:
            change += (outputs * disposal - 1.0) * yearly * stream.disposal_cost
        else:
            dearer = energy if material.group == ENERGY else 1.0
            change += (inputs * dearer - 1.0) * yearly * material.cost
    return change


@compiled
def promised_gain(t, p, lever, s, company, option):
    """Return half the joint gain of the best exchange of each stream with companies that are there [EUR/year]."""
    total = 0.0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = s.streams[row]
        best = 0.0
        for entry in range(stream.opportunity_first, stream.opportunity_first + stream.opportunity_count):
            place = entry if stream.direction == OUT else int(s.needs[entry].opportunity)
            opportunity = s.opportunities[place]
            other = opportunity.buyer if stream.direction == OUT else opportunity.seller
            allowed = s.conversions[opportunity.conversion].allowed
            if s.companies[other].status == OPEN and s.funnel[place].known <= t and allowed <= t:
                own = option.outputs if stream.direction == OUT else option.inputs
                joint = joint_gain(p, lever, s, opportunity, stream, own)
                best = max(best, 0.5 * joint)
        total += best
    return total


@compiled
def joint_gain(p, lever, s, opportunity, stream, own):
    """Return the joint gain of an exchange of what others have left [EUR/year]; own: factor on the newcomer's stream."""
    supply = s.streams[opportunity.supply]
    demand = s.streams[opportunity.demand]
    conversion = s.conversions[opportunity.conversion]
    season = s.seasons[opportunity.season]
    yearly = 12.0 * supply.coming * s.companies[opportunity.seller].coming_capacity
    need = 12.0 * demand.coming * s.companies[opportunity.buyer].coming_capacity * conversion.share
    if stream.direction == OUT:
        yearly *= own
    else:
        need *= own
    left = (p.contract_dependable * yearly - supply.contracted) * season.fit_supply
    lacking = (p.contract_dependable * need - demand.contracted) * season.fit_demand
    quantity = max(0.0, min(left, lacking / (opportunity.arriving * opportunity.ratio)))
    unit = value_seller(lever, s, opportunity)
    unit += value_buyer(lever, s, opportunity)
    charge = annuity(s.companies[opportunity.buyer].wacc, conversion.term) * capital_of(s, opportunity, quantity)
    return quantity * unit - charge - 2.0 * p.contract_monitoring_cost


@compiled
def come_back(t, p, s, option, row):
    """Give a company the plant of its way back, in place: margin, costs, jobs, streams; it opens after the building time."""
    company = s.companies[row]
    product = 12.0 * company.capacity
    contribution = product * company.margin
    change = stream_change(company, s, option.inputs, option.outputs, option.energy, option.disposal)
    capital = annuity(company.wacc, p.turnover_depreciation) * option.capital * contribution
    company.margin = option.margin * company.margin - change / product
    company.fixed_cost = company.fixed_cost * option.fixed * option.cost + capital / 12.0
    company.jobs *= option.jobs
    company.hazard *= option.hazard
    company.opens = t + option.months
    company.prospect = 1
    for place in range(company.stream_first, company.stream_first + company.stream_count):
        factor = option.outputs if s.streams[place].direction == OUT else option.inputs
        s.streams[place].coefficient *= factor
        s.streams[place].coming *= factor
    if option.closed_plant == 1:
        s.companies[find_closed_plant(s.companies, company)].taken = 1


@compiled
def relocate(t, p, clock, now, s):
    """Let those who came back stay or leave when a relocation wave comes, in place: conditional logit over sites.

    Staying is worth this year's gain from exchanges; a site elsewhere is worth what it saves in fixed cost, energy and
    disposal less the annuity of moving. The wave is a factor on fixed cost abroad.
    """
    if clock.wave == 0.0:
        return
    for row in range(len(s.companies)):
        company = s.companies[row]
        if company.status != OPEN or company.option == 0:
            continue
        place = better_site(t, p, clock.wave, company, s)
        if place < 0:
            write_company(p, clock, s.events, EV_STAYED, float(row), int(company.option), exchange_gain(t, company))
        else:
            write_company(p, clock, s.events, EV_LEFT, float(row), place + 1, exchange_gain(t, company))
            close_company(p, clock, now, s, row, EV_CLOSED)
    clock.wave = 0.0


@compiled
def exchange_gain(t, company):
    """Return what exchanges have gained a company this year, as a yearly rate [EUR/year]."""
    return (company.year_result - company.year_alone) * 12.0 / (t % 12 + 1.0)


@compiled
def better_site(t, p, wave, company, s):
    """Return the option row of the site a company moves to, or -1 when it stays."""
    contribution = 12.0 * company.capacity * company.margin
    scale = p.turnover_unseen * contribution
    best = -1
    highest = exchange_gain(t, company) + scale * gumbel(uniform(p.seed, RELOCATION, t, company.identity))
    moving = annuity(company.wacc, p.turnover_depreciation) * p.turnover_moving * contribution
    for place in range(len(s.options)):
        option = s.options[place]
        if option.first == 0 or option.trades == 1:
            continue
        cost = option.cost * (wave if option.abroad == 1 else 1.0)
        saved = 12.0 * company.fixed_cost * (1.0 - cost)
        saved -= stream_change(company, s, 1.0, 1.0, option.energy, option.disposal)
        draw = gumbel(uniform(p.seed, RELOCATION, t, join(company.identity, option.identity)))
        if saved - moving + scale * draw > highest:
            best, highest = place, saved - moving + scale * draw
    return best
