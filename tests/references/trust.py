"""Relations: trust, reputation, all relations of a month."""

from __future__ import annotations

import numpy as np

from tests.references.draws import join
from tests.references.norms import book_experience, copy_styles, form_norm, learn_attitude
from tests.references.things import Relation


def relate(model) -> None:
    """Let the month's deliveries change what companies think of each other and of exchanges."""
    running = [exchange for exchange in model.exchanges if exchange.runs]
    year_ends = model.month % 12 == 11
    for exchange in running:
        judge_delivery(model, exchange)
    model.agents.do(drift_to_culture, model.p)
    if year_ends and model.p.trust_reputation != 0.0:
        spread_reputation(model)
    for exchange in running:
        book_experience(exchange)
    if year_ends:
        model.agents.do(learn_attitude, model.p)
        if model.p.negotiation_protocol == "fair_sharing":
            copy_styles(model)
    model.agents.do(form_norm)


def judge_delivery(model, exchange) -> None:
    """Move the trust of both sides by what the other delivered or took."""
    opportunity = exchange.opportunity
    of_buyer = join(exchange.identity, exchange.identity)
    seller_noise = model.p.trust_noise * model.draws.normal("trust_noise", model.month, exchange.identity)
    buyer_noise = model.p.trust_noise * model.draws.normal("trust_noise", model.month, of_buyer)
    judge(model.p, opportunity.there, exchange.short_buyer, exchange.nominal, seller_noise)
    judge(model.p, opportunity.back, exchange.short_seller, exchange.nominal, buyer_noise)
    if exchange.nominal > 0.0:
        exchange.flow += (exchange.delivered_now / exchange.nominal - exchange.flow) / 6.0
        serious = model.p.review_short_share * exchange.nominal
        exchange.fails = count_fails(exchange.fails, exchange.short_seller > serious)
        exchange.fails_buyer = count_fails(exchange.fails_buyer, exchange.short_buyer > serious)


def count_fails(fails: float, failed: bool) -> float:
    """Weighted number of failed months among about twelve in which something was due."""
    return fails * (11.0 / 12.0) + (1.0 if failed else 0.0)


def judge(p, relation: Relation, missing: float, nominal: float, noise: float) -> None:
    """Fulfilled: T += gain (1 - T); short by the other's fault: T -= loss T missing / nominal; nothing where nothing is due."""
    if nominal <= 0.0:
        return
    relation.experience += 1.0
    relation.missed = float(np.float32(relation.missed + min(1.0, missing / nominal)))  # kept in single precision
    if missing > 0.0:
        change = -p.trust_loss * relation.trust * min(1.0, missing / nominal)
    else:
        change = p.trust_gain * (1.0 - relation.trust)
    relation.trust = min(1.0, max(0.0, relation.trust + change + noise))


def shake_trust(relation: Relation, share: float) -> None:
    """Lose a share of trust."""
    relation.trust *= 1.0 - share


def drift_to_culture(company, p) -> None:
    """T += drift (culture - T)."""
    for relation in company.relations.values():
        relation.trust += p.trust_drift * (p.trust_culture - relation.trust)


def spread_reputation(model) -> None:
    """Draw trust towards the opinion of contacts and partners; all form their opinion before anybody moves."""
    relations = [relation for company in model.agents for relation in company.relations.values()]
    for relation in relations:
        relation.opinion = opinion_of(relation)
    for relation in relations:
        relation.trust += model.p.trust_reputation * (relation.opinion - relation.trust)


def opinion_of(relation: Relation) -> float:
    """What the owner's contacts and partners who have dealt with the other think of it, weighted by trust in them."""
    weight = 0.0
    total = 0.0
    for friend in relation.owner.relations.values():
        if friend is relation or not (friend.is_contact or friend.experience > 0.0):
            continue
        theirs = friend.other.relations.get(relation.other)
        if theirs is not None and theirs.experience > 0.0:
            weight += friend.trust
            total += friend.trust * theirs.trust
    return total / weight if weight > 0.0 else relation.trust


def leaves_by_distrust(model, trust: float, identity: int) -> bool:
    """Monthly chance 1 - (1 - q)^(1/12), q = exit x max(0, 1 - T / comfort)^2."""
    p = model.p
    if trust >= p.trust_comfort:
        return False
    lacking = 1.0 - trust / p.trust_comfort
    chance = 1.0 - (1.0 - p.trust_exit * lacking * lacking) ** (1.0 / 12.0)
    return model.draws.uniform("exit", model.month, identity) < chance


def is_refused(model, relation: Relation) -> bool:
    """The owner will not deal with the other: blacklisted or not trusted."""
    return model.month < relation.refuses or relation.trust < model.p.trust_breaking
