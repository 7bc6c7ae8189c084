"""The large tables of a founding, filled row by row in one pass, so that a region's memory is touched once."""

from __future__ import annotations

import numpy as np

from ..entities.codes import OUT
from ..numerics.compiled import compiled
from ..numerics.randomness import CONTACT, join, uniform
from ..numerics.sorting import sort_keys


@compiled
def write_streams(streams, companies, which, first, recipes):
    """Write each company's streams, in place; companies learn where theirs begin.

    which: recipe of each company. first: where each recipe begins in `recipes` [recipe + 1], whose columns are material,
    direction, coefficient, profile and quality.
    """
    row = 0
    for owner in range(len(which)):
        begin, end = first[which[owner]], first[which[owner] + 1]
        companies[owner].stream_first = row
        companies[owner].stream_count = end - begin
        for line in range(begin, end):
            stream = streams[row]
            stream.company = owner
            stream.material = int(recipes[line, 0])
            stream.direction = int(recipes[line, 1])
            stream.coefficient = recipes[line, 2]
            stream.coming = recipes[line, 2]
            stream.profile = int(recipes[line, 3])
            stream.quality = recipes[line, 4]
            stream.permit = 1
            row += 1


@compiled
def write_links(links, identities, most, takers, conversions, streams, company, profile, names, occurs):
    """Write every pair of streams that a conversion can join and its identity once more, in place; return how many.

    At most `most` takers for one stream and conversion, nearest first; streams learn where those they give begin.
    Nothing is lost on the way so far. takers: see `reaching.Takers`. company, profile: of the streams. names: identities
    of the companies. occurs: [months kept, seller's profile, buyer's profile] becomes true where that occurs; its place,
    as one number, is the row of `seasons`.
    """
    profiles = occurs.shape[1]
    used = 0
    for supply in range(len(streams)):
        stream = streams[supply]
        if stream.direction != OUT:
            continue
        seller = company[supply]
        stream.opportunity_first = used
        for entry in range(takers.first[stream.material], takers.first[stream.material + 1]):
            use = takers.uses[entry]
            conversion = conversions[use.conversion]
            base = takers.start[use.input] + np.int64(takers.place[use.input, seller]) * takers.width[use.input]
            found = 0
            for nearest in range(base, base + takers.width[use.input]):
                demand = takers.taker[nearest]
                if found == most or takers.distance[nearest] >= use.limit:
                    break
                if company[demand] == seller:
                    continue
                link = links[used]
                link.supply = supply
                link.demand = demand
                link.seller = seller
                link.buyer = company[demand]
                link.conversion = use.conversion
                link.distance = takers.distance[nearest]
                link.arriving = 1.0
                link.ratio = conversion.ratio * stream.quality
                link.identity = join(join(names[seller], names[company[demand]]), conversion.way)
                identities[used] = link.identity
                link.season = (int(conversion.keeps) * profiles + profile[supply]) * profiles + profile[demand]
                occurs[conversion.keeps, profile[supply], profile[demand]] = True
                found += 1
                used += 1
        stream.opportunity_count = used - stream.opportunity_first
    return used


@compiled
def index_needs(needs, streams, demands):
    """Write the links ordered by the buyer's stream, in place; those streams learn where their own begin.

    demands: the buyer's stream of each link. Ordered by counting.
    """
    for row in range(len(demands)):
        streams[demands[row]].opportunity_count += 1
    used = 0
    for row in range(len(streams)):
        if streams[row].direction != OUT:
            streams[row].opportunity_first = used
            used += streams[row].opportunity_count
            streams[row].opportunity_count = 0
    for row in range(len(demands)):
        stream = streams[demands[row]]
        needs[stream.opportunity_first + stream.opportunity_count].opportunity = row
        stream.opportunity_count += 1


@compiled
def rewire(owners, others, anywhere, names, share):
    """Replace a share of the contacts by companies anywhere, in place; the draw belongs to the two. names: identities."""
    seed = np.uint64(0)
    for row in range(len(owners)):
        pair = join(names[owners[row]], names[others[row]])
        if uniform(seed, CONTACT, 0, pair) < share:
            place = int(uniform(seed, CONTACT, 1, pair) * len(anywhere))
            others[row] = anywhere[min(place, len(anywhere) - 1)]


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
    sort_keys(keys)
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
