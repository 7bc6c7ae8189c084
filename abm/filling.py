"""The large tables of a founding, filled row by row in one pass, so that a region's memory is touched once."""

from __future__ import annotations

import numpy as np

from abm.compiled import compiled
from abm.randomness import join
from abm.state import OUT


@compiled
def count_reached(counts, most, gives, company, place, distance, index, takes, limit):
    """Add to `counts` [stream], in place, how many takers each giving stream reaches. See `note_reached`."""
    for entry in range(len(gives)):
        near = place[company[gives[entry]]]
        found = 0
        for nearest in range(distance.shape[1]):
            if distance[near, nearest] < limit and company[takes[index[near, nearest]]] != company[gives[entry]]:
                found += 1
        counts[gives[entry]] += min(found, most)


@compiled
def note_reached(links, cursor, most, conversion, gives, company, place, distance, index, takes, limit):
    """Write every pair of streams that a conversion can join, nearest first, in place.

    cursor: next row of each giving stream [stream]. place: row of a company in `distance` [km] and `index` [giver,
    nearest], which point into `takes` [stream]; what is missing there is infinitely far. limit: km. most: takers.
    """
    for entry in range(len(gives)):
        supply = gives[entry]
        near = place[company[supply]]
        last = cursor[supply] + most
        for nearest in range(distance.shape[1]):
            if distance[near, nearest] < limit and cursor[supply] < last:
                demand = takes[index[near, nearest]]
                if company[demand] != company[supply]:
                    link = links[cursor[supply]]
                    cursor[supply] += 1
                    link.supply = supply
                    link.demand = demand
                    link.seller = company[supply]
                    link.buyer = company[demand]
                    link.conversion = conversion
                    link.distance = distance[near, nearest]


@compiled
def list_pairs(companies, streams, links, needs, contacts, pairs):
    """Write the directed pairs of companies that may deal or are in contact, ordered by both, in place; return how many.

    Links and contacts learn the rows of their pairs, companies where theirs begin.
    """
    used = 0
    for row in range(len(companies)):
        others = neighbours_of(companies[row], streams, links, needs, contacts)
        companies[row].pair_first = used
        for place in range(len(others)):
            if place == 0 or others[place] != others[place - 1]:
                pairs[used].owner = row
                pairs[used].other = others[place]
                used += 1
        companies[row].pair_count = used - companies[row].pair_first
        tell_pairs(companies[row], streams, links, needs, contacts, pairs)
    return used


@compiled
def neighbours_of(company, streams, links, needs, contacts):
    """Return the rows of those a company may deal with or is in contact with, ordered, some of them several times."""
    count = company.contact_count
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        count += streams[row].opportunity_count
    others = np.empty(count, dtype=np.int64)
    used = 0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = streams[row]
        for entry in range(stream.opportunity_first, stream.opportunity_first + stream.opportunity_count):
            if stream.direction == OUT:
                others[used] = links[entry].buyer
            else:
                others[used] = links[needs[entry].opportunity].seller
            used += 1
    for entry in range(company.contact_first, company.contact_first + company.contact_count):
        others[used] = contacts[entry].other
        used += 1
    others.sort()
    return others


@compiled
def tell_pairs(company, streams, links, needs, contacts, pairs):
    """Tell a company's links and contacts the rows of their pairs, in place."""
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = streams[row]
        for entry in range(stream.opportunity_first, stream.opportunity_first + stream.opportunity_count):
            if stream.direction == OUT:
                links[entry].there = pair_row(company, pairs, int(links[entry].buyer))
            else:
                link = links[needs[entry].opportunity]
                link.back = pair_row(company, pairs, int(link.seller))
    for entry in range(company.contact_first, company.contact_first + company.contact_count):
        contacts[entry].pair = pair_row(company, pairs, int(contacts[entry].other))
        pairs[contacts[entry].pair].contact = 1


@compiled
def pair_row(company, pairs, other):
    """Return the row of a company's pair with another, which must be there."""
    low = company.pair_first
    high = low + company.pair_count
    while low < high:
        middle = (low + high) // 2
        if pairs[middle].other < other:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def fill_pairs(table, listed, companies, start, same_owner):
    """Write the pairs and the trust they start with [0..1], in place: `same_owner` within one house."""
    for row in range(len(table)):
        pair = table[row]
        pair.owner = listed[row].owner
        pair.other = listed[row].other
        pair.contact = listed[row].contact
        owner = companies[pair.owner].owner
        pair.trust = same_owner if owner != 0 and owner == companies[pair.other].owner else start


@compiled
def fill_opportunities(table, links, kinds, seasons, companies, streams):
    """Write what conversion, carrier, distance and season make of each link, in place.

    kinds: one row per conversion. seasons: see `linking.list_seasons`.
    """
    for row in range(len(table)):
        opportunity = table[row]
        link = links[row]
        kind = kinds[link.conversion]
        supply = streams[link.supply]
        far = link.distance
        opportunity.supply = link.supply
        opportunity.demand = link.demand
        opportunity.seller = link.seller
        opportunity.buyer = link.buyer
        opportunity.conversion = link.conversion
        opportunity.there = link.there
        opportunity.back = link.back
        opportunity.distance = far
        opportunity.way = kind.way
        opportunity.identity = join(join(companies[link.seller].identity, companies[link.buyer].identity), kind.way)
        opportunity.ratio = kind.ratio * supply.quality
        opportunity.treatment = kind.treatment
        opportunity.handling = kind.handling
        opportunity.share = kind.share
        opportunity.lead = kind.lead
        opportunity.permit = kind.permit
        opportunity.transport = kind.load + kind.haul * far
        opportunity.arriving = link.arriving
        opportunity.capital_fixed = kind.capital_fixed + kind.link_fixed * far
        opportunity.capital_flow = kind.capital_flow + kind.link_flow * far
        opportunity.burden = kind.burden + kind.haul_burden * far
        opportunity.known = kind.known
        opportunity.allowed = kind.allowed
        opportunity.term = kind.term
        opportunity.keeps = 1 if kind.keeps > 0.0 else 0
        season = seasons[int(kind.keeps), supply.profile, streams[link.demand].profile]
        opportunity.season = season[0]
        opportunity.fit_supply = season[1]
        opportunity.fit_demand = season[2]
        opportunity.identified = np.nan
        opportunity.screened = np.nan
        opportunity.talks = np.nan
        opportunity.signed = np.nan
        opportunity.operating = np.nan
