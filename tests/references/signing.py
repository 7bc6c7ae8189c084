"""Signing: the month's deals, largest joint gain first, cleared against rivals and what is free; talks that failed end."""

from __future__ import annotations

from math import inf

from ecopark.abm.entities import accounts
from tests.references.absurdity import MOST_ABSURD
from tests.references.assets import build_assets, missing_capital, take
from tests.references.capacity import free_quantity, possible_quantity
from tests.references.clearing import award
from tests.references.contract_settlement import current_price
from tests.references.deals import Exchange, Talk
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.ledger import pay_item, pay_leaving
from tests.references.lending import finance
from tests.references.norms import disappoint
from tests.references.opening import refresh, set_quantity
from tests.references.outside_option import leaving_cost, running_gain
from tests.references.past_talks import write_past_talk
from tests.references.screening import capital_as_new, capital_of
from tests.references.termination import end_exchange, promise
from tests.references.things import Stage
from tests.references.utility import joint_gain, put_on_table, tolerance_of

FAILED = ("deadline", "walked_out", "no_zone", "absurd")


def sign_deals(model, answers: list[str]) -> None:
    """Close the month's talks; keep those that go on."""
    talks = list(model.talks)
    state = dict(zip(map(id, talks), answers, strict=True))
    done: set[int] = set()

    def rank(talk: Talk) -> float:
        return -(talk.gain_seller + talk.gain_buyer) if state[id(talk)] == "accept" else 0.0

    for talk in sorted(talks, key=rank):
        if id(talk) in done or state[id(talk)] == "gone":
            continue
        if is_gone(model, talk):
            end_talk(model, talk, "partner_gone")
            state[id(talk)] = "walk_out"
        elif state[id(talk)] == "walk_out":
            end_talk(model, talk, why_walked(talk))
        elif state[id(talk)] == "accept":
            while id(talk) not in done and state[id(talk)] == "accept":
                close_deal(model, talk, state, done)
        done.add(id(talk))
    model.talks = [talk for talk in talks if state[id(talk)] == "offer"]


def is_gone(model, talk: Talk) -> bool:
    """A partner or stream is gone, or the contract it is about has ended."""
    if talk.kind == "switch" and talk.exchange.stage is Stage.ENDED:
        talk.kind, talk.exchange = "new", None
    if not talk.is_about_new and talk.exchange.stage is Stage.ENDED:
        return True
    return not can_deal(talk.opportunity)


def can_deal(opportunity) -> bool:
    """Both companies are there or announced and both streams flow or come."""
    supply, demand = opportunity.supply, opportunity.demand
    if not supply.company.prospect or not demand.company.prospect:
        return False
    return supply.permit and supply.coming > 0.0 and demand.coming > 0.0


def close_deal(model, talk: Talk, state: dict, done: set) -> None:
    """Sign an accepted talk or the rival that outbids it; tell the others on the same streams at once."""

    def is_open(rival: Talk) -> bool:
        return id(rival) not in done and state[id(rival)] in ("offer", "accept")

    winner = award(model, talk, is_open) if talk.is_about_new else talk
    if winner is not talk and is_gone(model, winner):
        winner = talk
    if not are_served(winner):
        state[id(talk)] = "offer"
        return
    if winner.is_about_new:
        sign(model, winner)
    else:
        amend(model, winner)
    state[id(winner)] = "accept"
    done.add(id(winner))
    opportunity = winner.opportunity
    for others in (
        [other for other in model.talks if other.opportunity.supply is opportunity.supply],
        [other for other in model.talks if other.opportunity.demand is opportunity.demand],
    ):
        for other in others:
            rescale(model, other, state, done)


def are_served(talk: Talk) -> bool:
    """What is on the table is worth the least gain to both."""
    nothing = tolerance_of(talk)
    return talk.gain_seller >= talk.seller.reserve - nothing and talk.gain_buyer >= talk.buyer.reserve - nothing


def rescale(model, talk: Talk, state: dict, done: set) -> None:
    """A talk goes on over what is left, or ends outbid."""
    if id(talk) in done or state[id(talk)] in ("walk_out", "gone"):
        return
    if talk.is_about_new and not fits(model, talk):
        end_talk(model, talk, "outbid")
        state[id(talk)] = "walk_out"
        done.add(id(talk))
    elif state[id(talk)] == "accept" and not are_served(talk):
        state[id(talk)] = "offer"


def fits(model, talk: Talk) -> bool:
    """There is still room; takes a talk down to what is free and values it anew."""
    p, opportunity = model.p, talk.opportunity
    free = free_quantity(p, opportunity, talk.exchange.opportunity if talk.kind == "switch" else None)
    if free <= 0.0 or free < p.contract_smallest * possible_quantity(p, opportunity):
        return False
    quantity = min(free, talk.quantity)
    gross = capital_of(model, opportunity, quantity)
    if quantity < talk.quantity or gross != talk.capital + talk.grant:
        set_quantity(model, talk, quantity)
        refresh(model, talk)
        if talk.table is not None and talk.table.price == talk.table.price:
            put_on_table(talk, talk.table)
    return True


def keep_room(model, answers: list[str]) -> None:
    """End or take down talks for which outside causes left no room."""
    for place, talk in enumerate(model.talks):
        if talk.is_about_new and not fits(model, talk):
            end_talk(model, talk, "quantity_gone")
            answers[place] = "gone"


def zone_of(talk: Talk) -> float:
    """Best joint gain above both least gains; negative when no terms suit both."""
    joint = max(joint_gain(talk, share, term) for share, term in talk.packages)
    return joint - talk.seller.reserve - talk.buyer.reserve


def why_walked(talk: Talk) -> str:
    """No price suits both, or time ran out although one did."""
    if zone_of(talk) < 0.0:
        return "no_zone"
    if max(talk.seller.absurd, talk.buyer.absurd) >= MOST_ABSURD:
        return "absurd"
    late = talk.last is not None or talk.meeting > min(talk.seller.deadline, talk.buyer.deadline)
    return "deadline" if late else "walked_out"


def end_talk(model, talk: Talk, reason: str) -> None:
    """End a talk without a deal; what it means for the contract it was about follows."""
    p, opportunity = model.p, talk.opportunity
    talk.seller.company.talks -= 1
    talk.buyer.company.talks -= 1
    zone = zone_of(talk)
    write_past_talk(model, talk, reason)
    model.now.failed_talks += 1.0
    if zone >= 0.0 and reason in ("deadline", "walked_out"):
        model.now.failed_feasible += 1.0
    if reason in FAILED:
        opportunity.there.failed = opportunity.back.failed = True
        disappoint(p, talk.seller.company)
        disappoint(p, talk.buyer.company)
    tell_of(model, "no_deal", opportunity, zone, reason=reason)
    if talk.exchange is not None:
        talk.exchange.talking = False
    if talk.is_about_new:
        opportunity.stage = Stage.IDENTIFIED
        opportunity.look = float(model.month) + (p.screening_retry if reason in FAILED else p.screening_review)
        opportunity.failures += 1
    elif talk.exchange.stage is not Stage.ENDED:
        part_or_stay(model, talk)


def part_or_stay(model, talk: Talk) -> None:
    """Carry out what a failed talk about a running contract leads to."""
    exchange = talk.exchange
    if talk.kind == "renegotiation":
        by_seller = talk.asker.is_seller
        stay = running_gain(model, exchange, by_seller)
        if talk.asker.outside > stay + tolerance_of(talk):
            pay_leaving(model, exchange, by_seller, leaving_cost(model, exchange, by_seller))
            end_exchange(model, exchange, "unprofitable", stay)
    elif talk.kind == "smaller":
        reason = "supply_failed" if exchange.fails >= exchange.fails_buyer else "need_gone"
        end_exchange(model, exchange, reason, max(exchange.fails, exchange.fails_buyer))


def sign(model, talk: Talk) -> None:
    """Sign the deal on the table: a new exchange with all its terms."""
    opportunity = talk.opportunity
    exchange = write_contract(model, talk)
    model.exchanges.append(exchange)
    opportunity.contracts += 1
    opportunity.contract = exchange
    if talk.kind == "switch":
        old = talk.exchange
        old.successor, exchange.predecessor = exchange, old
        promise(old, -old.quantity)
    promise(exchange, talk.quantity)
    take(model, exchange, talk.quantity)
    close_talk(model, talk, exchange)
    opportunity.stage = Stage.AGREED
    opportunity.signed = float(model.month)
    model.now.deals += 1.0
    tell_of(model, "agreed", opportunity, talk.table.price, exchange)


def close_talk(model, talk: Talk, exchange: Exchange) -> None:
    """Let both sides pay for arranging and free their time."""
    talk.seller.company.talks -= 1
    talk.buyer.company.talks -= 1
    write_past_talk(model, talk, "")
    pay_item(model, exchange, accounts.ARRANGING, "arranging_seller", True, talk.arranging)
    pay_item(model, exchange, accounts.ARRANGING, "arranging_buyer", False, talk.arranging)
    if talk.exchange is not None:
        talk.exchange.talking = False


def amend(model, talk: Talk) -> None:
    """Write what was agreed about a running contract into it."""
    exchange, offer, is_smaller = talk.exchange, talk.table, talk.kind == "smaller"
    step = offer.price - current_price(exchange)
    more = talk.quantity - exchange.quantity
    exchange.quantity = talk.quantity
    if exchange.successor is None:
        promise(exchange, more)
    take(model, exchange, more)
    exchange.price, exchange.reference = offer.price, exchange.demand.material.cost
    exchange.expected_seller, exchange.expected_buyer = expected(talk)
    if talk.kind == "renewal":
        ends = exchange.term_start + 12.0 * exchange.term
        exchange.term = offer.term
        exchange.term_start = ends
        if talk.capital + talk.grant > 0.0:
            exchange.term_start = float(model.month)
            rebuild(model, talk)
        tell_of(model, "renewed", talk.opportunity, step, exchange)
    else:
        exchange.renegotiations += 1
        reason = "readjusted" if is_smaller else ""
        tell_of(model, "renegotiated", talk.opportunity, more if is_smaller else step, exchange, reason)
    if is_smaller:
        exchange.fails = exchange.fails_buyer = 0.0
        exchange.flow = 1.0
    close_talk(model, talk, exchange)


def rebuild(model, talk: Talk) -> None:
    """Build anew what is worn or too small for a renewed contract; both sides pay their share."""
    exchange, opportunity = talk.exchange, talk.opportunity
    exchange.capital, exchange.grant, exchange.share = talk.capital, talk.grant, talk.table.share
    exchange.link_capital, exchange.equipment_capital = missing_capital(
        model, opportunity, exchange.quantity, exchange.quantity
    )
    exchange.upkeep = talk.upkeep
    model.now.capex += exchange.capital + exchange.grant
    model.now.grants += exchange.grant
    build_assets(model, exchange, model.month + 1.0)
    finance(model, exchange)


def expected(talk: Talk) -> tuple[float, float]:
    """What both sides expect of a contract [EUR/year], without capital."""
    price = talk.table.price
    return (
        talk.quantity * (price + talk.seller.value) - talk.seller.running,
        talk.quantity * (talk.buyer.value - price) - talk.buyer.running,
    )


def write_contract(model, talk: Talk) -> Exchange:
    """Return the contract of what is on the table."""
    p, opportunity, offer = model.p, talk.opportunity, talk.table
    link, equipment = missing_capital(model, opportunity, talk.quantity)
    seller, buyer = expected(talk)
    return Exchange(
        number=len(model.exchanges), identity=join(opportunity.identity, opportunity.contracts),
        opportunity=opportunity, supply=opportunity.supply, demand=opportunity.demand, price=offer.price,
        quantity=talk.quantity, band=p.contract_band, term=offer.term, share=offer.share, capital=talk.capital,
        grant=talk.grant, penalty=p.contract_penalty, indexation=p.contract_indexation,
        reference=opportunity.demand.material.cost, signed=float(model.month), term_start=float(model.month), ready=inf,
        channel=opportunity.channel, meetings=talk.meeting, link_capital=link, equipment_capital=equipment,
        upkeep=opportunity.om_share * capital_as_new(opportunity, talk.quantity), expected_seller=seller,
        expected_buyer=buyer,
    )  # fmt: skip
