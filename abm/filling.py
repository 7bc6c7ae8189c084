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
def describe_links(links, conversions, streams, identities, occurs):
    """Write what follows from who is linked: identity, ratio, season; nothing is lost on the way so far; in place.

    identities: of the companies. occurs: [season] becomes true for each row of `seasons` that is needed: (months kept,
    seller's profile, buyer's profile) as one number.
    """
    profiles = int(np.sqrt(len(occurs) / 12) + 0.5)
    for row in range(len(links)):
        link = links[row]
        conversion = conversions[link.conversion]
        supply = streams[link.supply]
        link.identity = join(join(identities[link.seller], identities[link.buyer]), conversion.way)
        link.ratio = conversion.ratio * supply.quality
        link.arriving = 1.0
        link.season = (int(conversion.keeps) * profiles + supply.profile) * profiles + streams[link.demand].profile
        occurs[link.season] = True


# What a key of `list_ties` leads to, and how many bits its row takes.
AS_SELLER, AS_BUYER, AS_CONTACT = 0, 1, 2
ROW_BITS = 32


@compiled
def list_ties(companies, streams, links, needs, contacts, ties):
    """Write the directed ties of companies that may deal or are in contact, ordered by both, in place; return how many.

    Links and contacts learn the rows of their ties, companies where theirs begin.
    """
    used = 0
    for row in range(len(companies)):
        keys = keys_of(companies[row], streams, links, needs, contacts)
        companies[row].pair_first = used
        for place in range(len(keys)):
            other = keys[place] >> (ROW_BITS + 2)
            if place == 0 or ties[used - 1].other != other:
                ties[used].owner = row
                ties[used].other = other
                used += 1
            entry = keys[place] & ((1 << ROW_BITS) - 1)
            leads_to = (keys[place] >> ROW_BITS) & 3
            if leads_to == AS_SELLER:
                links[entry].there = used - 1
            elif leads_to == AS_BUYER:
                links[entry].back = used - 1
            else:
                contacts[entry].pair = used - 1
                ties[used - 1].contact = 1
        companies[row].pair_count = used - companies[row].pair_first
    return used


@compiled
def keys_of(company, streams, links, needs, contacts):
    """Return (row of the other, what leads to it, row of that) of all a company may meet, each in one number, ordered."""
    count = company.contact_count
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        count += streams[row].opportunity_count
    keys = np.empty(count, dtype=np.int64)
    used = 0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = streams[row]
        for entry in range(stream.opportunity_first, stream.opportunity_first + stream.opportunity_count):
            if stream.direction == OUT:
                keys[used] = key_of(links[entry].buyer, AS_SELLER, entry)
            else:
                link = needs[entry].opportunity
                keys[used] = key_of(links[link].seller, AS_BUYER, link)
            used += 1
    for entry in range(company.contact_first, company.contact_first + company.contact_count):
        keys[used] = key_of(contacts[entry].other, AS_CONTACT, entry)
        used += 1
    keys.sort()
    return keys


@compiled
def key_of(other, leads_to, row):
    """Return three whole numbers in one that orders by the first, then the second, then the third."""
    return (((np.int64(other) << 2) | leads_to) << ROW_BITS) | np.int64(row)


@compiled
def fill_pairs(pairs, ties, owners, start, same_owner):
    """Write the trust that pairs start with [0..1], in place: `same_owner` within one house. owners: of the companies."""
    for row in range(len(ties)):
        owner = owners[ties[row].owner]
        pairs[row].trust = same_owner if owner != 0 and owner == owners[ties[row].other] else start


@compiled
def fill_funnel(funnel, notes, opportunities, conversions):
    """Write how opportunities stand at the start: latent, nothing noted yet, in place."""
    for row in range(len(opportunities)):
        funnel[row].identity = opportunities[row].identity
        funnel[row].known = conversions[opportunities[row].conversion].known
        notes[row].identified = np.nan
        notes[row].screened = np.nan
        notes[row].talks = np.nan
        notes[row].signed = np.nan
        notes[row].operating = np.nan
