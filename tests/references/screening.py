"""Screening: companies open talks when a rough estimate of the joint gain is worth the cost of arranging it."""

from __future__ import annotations

from math import isnan

from tests.references.assets import missing_capital
from tests.references.attention import spend
from tests.references.capacity import possible_quantity
from tests.references.contract_settlement import handling_of
from tests.references.deals import Opportunity
from tests.references.event_log import tell_of
from tests.references.norms import is_willing
from tests.references.things import Stage
from tests.references.trust import is_refused
from tests.references.utility import annuity

TO_LOOK_AT = (Stage.IDENTIFIED, Stage.SCREENED, Stage.ENDED)


def scout_latent(model) -> None:
    """Once a year set the score by which a broker ranks latent opportunities."""
    if model.month % 12 != 0:
        return
    for opportunity in model.opportunities:
        if opportunity.stage is Stage.LATENT and opportunity.is_alive(model.month):
            quantity = possible_quantity(model.p, opportunity)
            worth = value_seller(model, opportunity) + value_buyer(model, opportunity)
            charge = annuity(opportunity.buyer.wacc, opportunity.term) * capital_of(model, opportunity, quantity)
            opportunity.score = max(0.0, quantity * worth - charge)


def screen(model) -> None:
    """Look at every known opportunity whose time has come; what was never studied takes hours of both, best first."""
    new = []
    for opportunity in model.opportunities:
        is_due = opportunity.stage in TO_LOOK_AT and opportunity.look <= model.month
        if is_due and opportunity.is_alive(model.month):
            if opportunity.studied:
                look_at(model, opportunity)
            else:
                new.append(opportunity)
    for opportunity in sorted(new, key=lambda one: -one.score):
        half = 0.5 if opportunity.channel == "broker" else 1.0
        if spend(model, "study", opportunity, half * model.p.screening_hours):
            opportunity.studied = True
            look_at(model, opportunity)


def look_at(model, opportunity: Opportunity) -> None:
    """Find one opportunity worth talks, shelve it, or look at it again later."""
    before = opportunity.stage
    opportunity.look = model.month + float(model.p.screening_review)
    opportunity.quantity = possible_quantity(model.p, opportunity)
    opportunity.stage = Stage.IDENTIFIED
    if passes(model, opportunity) or (model.is_planned and opportunity.assigned > 0.0):
        opportunity.stage = Stage.SCREENED
        if isnan(opportunity.screened):
            opportunity.screened = float(model.month)
        if before is not Stage.SCREENED:
            tell_of(model, "screened", opportunity, opportunity.score)
    elif before is not Stage.IDENTIFIED:
        tell_of(model, "shelved", opportunity, opportunity.score)


def subsidy_of(model, opportunity: Opportunity) -> float:
    """Exchange subsidy [EUR/unit]."""
    return (
        model.lever.exchange_subsidy * opportunity.arriving * opportunity.ratio * opportunity.demand.material.expected
    )


def value_seller(model, opportunity: Opportunity) -> float:
    """Disposal avoided - handling and what is given up + its part of the subsidy [EUR/unit]."""
    subsidy = model.p.contract_subsidy_to_seller * subsidy_of(model, opportunity)
    return opportunity.supply.disposal_cost - handling_of(model, opportunity) + subsidy


def saving_of(model, opportunity: Opportunity) -> float:
    """Virgin cost saved - treatment - transport - carbon price of both [EUR/unit]."""
    worth = opportunity.arriving * opportunity.ratio * opportunity.demand.material.expected
    return worth - (opportunity.treatment + opportunity.transport + model.lever.carbon_price * opportunity.burden)


def value_buyer(model, opportunity: Opportunity) -> float:
    """What a unit saves the buyer, and its part of the subsidy [EUR/unit]."""
    part = 1.0 - model.p.contract_subsidy_to_seller
    return saving_of(model, opportunity) + part * subsidy_of(model, opportunity)


def even_price(model, opportunity: Opportunity) -> float:
    """Price that divides what a unit is worth to both by halves [EUR/unit]."""
    return 0.5 * (value_buyer(model, opportunity) - value_seller(model, opportunity))


def loss_buyer(model, opportunity: Opportunity, price: float) -> float:
    """What a missing unit costs the buyer [EUR/unit]."""
    extra = model.p.contract_interruption_cost * opportunity.arriving * opportunity.ratio
    extra = extra * opportunity.demand.material.price
    return max(0.0, saving_of(model, opportunity) - price) + extra


def loss_seller(model, opportunity: Opportunity, price: float) -> float:
    """What a unit that is not taken costs the seller [EUR/unit]."""
    disposal = opportunity.supply.disposal_cost
    extra = model.p.contract_interruption_cost * max(0.0, disposal)
    return max(0.0, price + disposal - handling_of(model, opportunity)) + extra


def public_value(opportunity: Opportunity) -> float:
    """What public prices say a unit is worth [EUR/unit]."""
    saved = opportunity.arriving * opportunity.ratio * opportunity.demand.material.expected
    return abs(opportunity.supply.disposal_cost) + saved


def capital_of(model, opportunity: Opportunity, quantity: float) -> float:
    """Capital an exchange of this yearly quantity still needs beside what stands [EUR]."""
    link, equipment = missing_capital(model, opportunity, quantity)
    return link + equipment


def capital_as_new(opportunity: Opportunity, quantity: float) -> float:
    """Capital an exchange of this yearly quantity needs where nothing stands [EUR]."""
    fixed = opportunity.link_fixed + opportunity.equipment_fixed
    return fixed + (opportunity.link_flow + opportunity.equipment_flow) * quantity


def belief_error(p, trust: float) -> float:
    """Error of what a side believes of the other: by information regime, less with trust."""
    regime = getattr(p, f"negotiation_error_{p.discovery_information}")
    return regime * (1.0 - trust)


def capital_charge(model, company, opportunity: Opportunity, quantity: float) -> float:
    """What capital costs in a rough estimate: half over the company's own payback limit, half over the standard term."""
    capital = (1.0 - model.lever.capital_grant) * capital_of(model, opportunity, quantity)
    own = annuity(company.wacc, min(opportunity.term, company.payback))
    other = annuity(company.wacc, opportunity.term)
    return (0.5 * own + 0.5 * other) * capital


def belief_period(model, opportunity: Opportunity) -> int:
    """Number of the period in which a belief stays as it is."""
    months = model.p.negotiation_belief_months
    return (model.month + opportunity.identity % months) // months


def estimate_joint_gain(model, company, trust: float, process: str, opportunity: Opportunity, quantity: float) -> float:
    """Return one side's rough estimate of the joint gain [EUR/year]."""
    p = model.p
    values = value_seller(model, opportunity) + value_buyer(model, opportunity)
    error = belief_error(p, trust) * model.draws.normal(
        process, belief_period(model, opportunity), opportunity.identity
    )
    believed = error * public_value(opportunity)
    charge = capital_charge(model, company, opportunity, quantity)
    return quantity * (values + believed) - charge - 2.0 * p.contract_monitoring_cost


def estimates(model, opportunity: Opportunity, quantity: float) -> tuple[float, float]:
    """Return what seller and buyer think they would gain together [EUR/year]."""
    there, back = opportunity.there.trust, opportunity.back.trust
    by_seller = estimate_joint_gain(model, opportunity.seller, there, "belief_seller", opportunity, quantity)
    by_buyer = estimate_joint_gain(model, opportunity.buyer, back, "belief_buyer", opportunity, quantity)
    return by_seller, by_buyer


def is_worth_it(p, company, opportunity: Opportunity, gain: float) -> bool:
    """The estimate exceeds the transaction cost with its margin over the life the company counts on."""
    life = min(opportunity.term, company.payback)
    return gain * life > p.screening_margin * p.contract_transaction_cost


def passes(model, opportunity: Opportunity) -> bool:
    """Both sides want to talk; the score is their mean estimate."""
    by_seller, by_buyer = estimates(model, opportunity, opportunity.quantity)
    opportunity.score = 0.5 * (by_seller + by_buyer)
    if is_refused(model, opportunity.there) or is_refused(model, opportunity.back):
        return False
    if not is_worth_it(model.p, opportunity.seller, opportunity, by_seller):
        return False
    if not is_worth_it(model.p, opportunity.buyer, opportunity, by_buyer):
        return False
    return is_willing(model, opportunity.seller) and is_willing(model, opportunity.buyer)
