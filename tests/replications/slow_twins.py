"""Slow, obvious twins of the three rebuilt models: objects, lists and loops; same draws in the same order."""

import math

from ecopark.experiments.replications.ghali2017 import published_model as trust_ratchet
from ecopark.experiments.replications.hold_up2026 import published_model as hold_up


# ---- R1: spatial network of by-products -------------------------------------------------------------------------
class Firm:
    """A company with a place, an output and an input profile (lists of mass per bin)."""

    def __init__(self, place, output, inputs):
        self.place, self.output, self.input = tuple(place), list(output), list(inputs)
        self.sold_to = {}


def overlap(one, other):
    return math.fsum(min(a, b) for a, b in zip(one, other, strict=True))


def trade_for(firms, ticks, cost, threshold, diagonal, rng):
    """Let one firm prospect per tick; the rules of January 2017."""
    for _ in range(ticks):
        firm = firms[int(rng.integers(len(firms)))]
        sales, purchases = [], []
        for other in firms:
            if other is firm:
                continue
            sale, purchase = overlap(firm.output, other.input), overlap(other.output, firm.input)
            if sale > threshold or purchase > threshold:
                price = cost * math.dist(firm.place, other.place) / diagonal
                sales.append((sale - price, other))
                purchases.append((purchase - price, other))
        best_sale = max(sales, key=lambda pair: pair[0], default=(-1, None))
        best_purchase = max(purchases, key=lambda pair: pair[0], default=(-1, None))
        if best_sale[0] > best_purchase[0] and best_sale[0] > 0:
            swap(firm, best_sale[1])
        elif best_purchase[0] > 0:
            swap(best_purchase[1], firm)


def swap(seller, buyer):
    shared = [min(a, b) for a, b in zip(seller.output, buyer.input, strict=True)]
    seller.output = [a - m for a, m in zip(seller.output, shared, strict=True)]
    buyer.input = [b - m for b, m in zip(buyer.input, shared, strict=True)]
    seller.sold_to.setdefault(buyer, math.fsum(shared))


# ---- R2: hold-up -------------------------------------------------------------------------------------------------
class Agent:
    """A producer (good = investing) or a consumer (good = honest)."""

    def __init__(self, place, heading, good):
        self.x, self.y = place
        self.heading, self.good, self.wealth = heading, good, 50.0
        self.partner, self.age, self.left = None, 0, {}


def close(a, b, side):
    dx, dy = abs(a.x - b.x), abs(a.y - b.y)
    return min(dx, side - dx) ** 2 + min(dy, side - dy) ** 2 <= 25.0


def hold_up_history(setting, rng):
    """Return investing and honest counts by tick for one setting of hold_up.Setting."""
    n, side = setting.agents, setting.side
    places, headings, goods = rng.random((2 * n, 2)) * side, rng.random(2 * n) * 360, rng.random(2 * n) < 0.5
    agents = [Agent(p, h, bool(g)) for p, h, g in zip(places, headings, goods, strict=True)]
    producers, consumers = agents[:n], agents[n:]
    counts = [(sum(p.good for p in producers), sum(c.good for c in consumers))]
    for now in range(setting.ticks):
        value = max(0.0, setting.surplus + setting.turbulence * rng.standard_normal())
        walk(agents, producers, side, rng)
        for p in producers:
            meet(setting, p, now)
        for p in producers:
            if p.good and p.partner is None:
                search(setting, p, consumers, now, rng)
        for p in producers:
            if p.partner is not None:
                play(setting, p, value, rng)
        learn_in_turn(setting, producers, consumers, value, rng)
        counts.append((sum(p.good for p in producers), sum(c.good for c in consumers)))
    return counts


def walk(agents, producers, side, rng):
    for agent in agents:
        if agent.partner is None and not any(p.partner is agent for p in producers):
            agent.heading += int(rng.integers(0, 50)) - 25
            agent.x = (agent.x + math.sin(math.radians(agent.heading))) % side
            agent.y = (agent.y + math.cos(math.radians(agent.heading))) % side
        agent.wealth -= 0.5


def meet(setting, p, now):
    if p.partner is not None:
        p.age += 1
        if p.age >= setting.lock_in and not p.partner.good:
            p.left[p.partner] = now
            p.partner = None


def search(setting, p, consumers, now, rng):
    avoided = [c for c, when in p.left.items() if now - when < setting.memory]
    options = [c for c in consumers if c not in avoided and close(p, c, setting.side)]
    if options:
        p.partner, p.age = options[int(rng.integers(0, len(options)))], 0
        p.wealth -= 0 if setting.every_tick else setting.cost


def play(setting, p, value, rng):
    forced = rng.random() < setting.contract
    fair = forced or p.partner.good
    p.wealth += (value / 2 if fair else 1.0) - (setting.cost if setting.every_tick else 0.0)
    p.partner.wealth += value / 2 if fair else value - 1.0


def learn_in_turn(setting, producers, consumers, value, rng):
    agents = producers + consumers
    young = [p for p in producers if p.partner is not None and p.age < setting.lock_in]
    locked = young + [p.partner for p in young]
    for index in rng.permutation(len(agents)):
        agent = agents[index]
        kin = producers if index < len(producers) else consumers
        near = [other for other in kin if other is not agent and close(agent, other, setting.side)]
        mentor = near[int(rng.integers(0, len(near)))] if near else agent
        learns = mentor.wealth > agent.wealth and agent not in locked
        if learns:
            exposure = sum(not c.good for c in consumers) / len(consumers) * (1 - setting.contract)
            worth = value / 2 * (1 - exposure) + exposure - setting.turbulence / 2
            worth -= setting.cost / (5 * setting.lock_in)
            if kin is consumers or not setting.risk_rule or mentor.good == (worth > 0.5):
                agent.good = mentor.good
        if (learns or setting.everyone_mutates) and rng.random() < hold_up.MUTATION:
            agent.good = bool(rng.random() < 0.5)


# ---- R3: trust, knowledge, willingness ---------------------------------------------------------------------------
def trust_history(design, firms, steps, rng):
    """Advance a network founded by trust_ratchet.found, in dictionaries; return trust, knowledge, willingness."""
    everyone = range(design.firms)
    near = {i: [j for j in everyone if firms.adjacent[i, j]] for i in everyone}
    trust = {(i, j): float(firms.trust[i, j]) for i in everyone for j in everyone}
    all_trust = {pair: [value] for pair, value in trust.items()}
    knowledge = [float(k) for k in firms.knowledge]
    acceptance, member, willing = [0.0] * design.firms, [False] * design.firms, {}
    for _ in range(steps):
        for i in everyone:
            s = float(firms.influence[i])
            if i >= design.recyclers:
                events = rng.uniform(-1, 1, design.firms)
                for j in everyone:
                    past = sum(all_trust[i, j]) / len(all_trust[i, j])
                    common = [k for k in near[i] if k in near[j]]
                    pull = s * (sum(trust[i, k] for k in common) / len(common) - past) if common else 0.0
                    trust[i, j] = min(1.0, max(-1.0, past + pull + events[j]))
                for j in everyone:
                    all_trust[i, j].append(trust[i, j])
            trusted = [j for j in near[i] if trust[i, j] >= trust_ratchet.THRESHOLD]
            weights, gift = rng.random(design.firms), rng.random()
            before = knowledge[i]
            gained = sum(weights[j] * (knowledge[j] - before) for j in trusted)
            knowledge[i] = min(1.0, max(0.0, before + s * gained + gift))
            if i >= design.recyclers:
                share = sum(member[j] for j in near[i]) / len(near[i])
                gain = float(firms.confidence[i]) * (knowledge[i] - before)
                acceptance[i] = min(1.0, max(0.0, acceptance[i] + s * share + gain))
                if knowledge[i] > trust_ratchet.THRESHOLD:
                    for j in trusted:
                        willing[i, j] = acceptance[i]
                        member[i] = True
    return trust, knowledge, willing
