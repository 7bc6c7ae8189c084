"""Returning manufacturers: where and how they come back, and whether they stay (a part of turnover)."""

from __future__ import annotations

from math import inf, log

from tests.references.capacity import need_of, supply_of
from tests.references.draws import join
from tests.references.event_log import tell
from tests.references.governance import close_company
from tests.references.screening import capital_of, value_buyer, value_seller
from tests.references.utility import annuity


def choose_way_back(model, company) -> None:
    """Choose site and mode by a conditional logit over all ways at hand; elsewhere means never in this park."""
    contribution = yearly_contribution(company)
    chosen, highest, profit = None, -inf, 0.0
    for option in model.options:
        if option.closed_plant and option.trades and find_closed_plant(model, company) is None:
            continue
        promised = 0.0
        if option.trades:
            gain = promised_gain(model, company, option)
            promised = model.p.turnover_promise * (1.0 + model.lever.attraction) * gain
        worth = way_profit(model.p, company, option) + promised
        utility = worth + model.p.turnover_unseen * contribution * taste(model, "return", company, option)
        if utility > highest:
            chosen, highest, profit = option, utility, worth
    if chosen is None:
        return
    tell(model, "chose", profit, company, reason=str(chosen.number))
    company.option = chosen.number
    if chosen.trades:
        come_back(model, company, chosen)
    else:
        company.opens = inf


def taste(model, process: str, company, option=None) -> float:
    """What a company sees in a way beside the accounts: a standard Gumbel number."""
    identity = company.identity if option is None else join(company.identity, option.identity)
    return -log(-log(model.draws.uniform(process, model.month, identity)))


def yearly_contribution(company) -> float:
    """Contribution at full size [EUR/year]."""
    return 12.0 * company.capacity * company.margin


def find_closed_plant(model, company):
    """Return a closed plant of the company's sector that nobody has taken, None when there is none."""
    for other in model.agents:
        if other.status == "closed" and not other.taken and other.sector is company.sector:
            return other
    return None


def way_profit(p, company, option) -> float:
    """Yearly profit of a way back without exchanges."""
    contribution = yearly_contribution(company)
    fixed = 12.0 * company.fixed_cost * option.fixed * option.cost
    change = stream_change(company, option.inputs, option.outputs, option)
    return option.margin * contribution - fixed - change - capital_of_way(p, company, option)


def capital_of_way(p, company, option) -> float:
    """Annuity of the capital of a way back [EUR/year]."""
    return annuity(company.wacc, p.turnover_depreciation) * option.capital * yearly_contribution(company)


def stream_change(company, inputs: float, outputs: float, option) -> float:
    """By how much streams cost more a year than as the type says."""
    change = 0.0
    for stream in company.streams:
        yearly = 12.0 * company.capacity * stream.coefficient
        if stream.is_supply:
            change += (outputs * option.disposal - 1.0) * yearly * stream.disposal_cost
        else:
            dearer = option.energy if stream.material.group == "energy" else 1.0
            change += (inputs * dearer - 1.0) * yearly * stream.material.cost
    return change


def promised_gain(model, company, option) -> float:
    """Half the joint gain of the best exchange of each stream with companies that are there."""
    total = 0.0
    for stream in company.streams:
        best = 0.0
        for opportunity in stream.opportunities:
            other = opportunity.buyer if stream.is_supply else opportunity.seller
            if other.is_open and opportunity.known <= model.month and opportunity.allowed <= model.month:
                best = max(best, 0.5 * joint_gain(model, opportunity, stream, option))
        total += best
    return total


def joint_gain(model, opportunity, stream, option) -> float:
    """Joint gain of an exchange of what others have left, with the streams of the way back."""
    p = model.p
    yearly = supply_of(opportunity) * (option.outputs if stream.is_supply else 1.0)
    need = need_of(opportunity) * opportunity.share * (1.0 if stream.is_supply else option.inputs)
    left = (p.contract_dependable * yearly - opportunity.supply.contracted) * opportunity.fit_supply
    lacking = (p.contract_dependable * need - opportunity.demand.contracted) * opportunity.fit_demand
    quantity = max(0.0, min(left, lacking / (opportunity.arriving * opportunity.ratio)))
    unit = value_seller(model, opportunity) + value_buyer(model, opportunity)
    charge = annuity(opportunity.buyer.wacc, opportunity.term) * capital_of(model, opportunity, quantity)
    return quantity * unit - charge - 2.0 * p.contract_monitoring_cost


def come_back(model, company, option) -> None:
    """Give a company the plant of its way back; it opens after the building time."""
    change = stream_change(company, option.inputs, option.outputs, option)
    capital = capital_of_way(model.p, company, option)
    company.margin = option.margin * company.margin - change / (12.0 * company.capacity)
    company.fixed_cost = company.fixed_cost * option.fixed * option.cost + capital / 12.0
    company.jobs *= option.jobs
    company.hazard *= option.hazard
    company.opens = model.month + option.months
    company.prospect = True
    for stream in company.streams:
        factor = option.outputs if stream.is_supply else option.inputs
        stream.coefficient *= factor
        stream.coming *= factor
    if option.closed_plant:
        find_closed_plant(model, company).taken = True


def relocate(model) -> None:
    """Let those who came back stay or leave when a relocation wave comes."""
    if model.wave == 0.0:
        return
    for company in model.agents:
        if company.is_open and company.option:
            site = better_site(model, company)
            gain = exchange_gain(model.month, company)
            if site is None:
                tell(model, "stayed", gain, company, reason=str(company.option))
            else:
                tell(model, "left", gain, company, reason=str(site.number))
                close_company(model, company)
    model.wave = 0.0


def exchange_gain(month: int, company) -> float:
    """What exchanges have gained a company this year, as a yearly rate."""
    return (company.year_result - company.year_alone) * 12.0 / (month % 12 + 1.0)


def better_site(model, company):
    """Return the first way of the site a company moves to, None when it stays."""
    p, contribution = model.p, yearly_contribution(company)
    scale = p.turnover_unseen * contribution
    chosen, highest = None, exchange_gain(model.month, company) + scale * taste(model, "relocation", company)
    moving = annuity(company.wacc, p.turnover_depreciation) * p.turnover_moving * contribution
    for option in model.options:
        if option.first and not option.trades:
            cost = option.cost * (model.wave if option.abroad else 1.0)
            saved = 12.0 * company.fixed_cost * (1.0 - cost)
            saved -= stream_change(company, 1.0, 1.0, option)
            utility = saved - moving + scale * taste(model, "relocation", company, option)
            if utility > highest:
                chosen, highest = option, utility
    return chosen
