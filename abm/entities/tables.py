"""The tables of a park: every column with its type, unit and meaning, declared once.

The rules walk these tables; `Company` agents are views of one row. A month that does not exist is NaN, a date that
never comes is infinite. `f8` is a float, `i8` a whole number, `u8` the stable identity that random draws belong to.

The tables that a region has millions of rows of keep numbers as narrow as they can be without another result: rows in
`i4`, counts and rows of short tables in `i2`, flags and stages in `i1`, whole months in `f4`. They are divided, so that a
region's month reads little memory and runs share what never changes: of every opportunity one row says what it is
(`opportunities`), one what became of it (`notes`) and one what every month looks at (`funnel`); of every two companies
that may meet, one row in each direction says who they are (`ties`) and one what they make of each other (`pairs`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

# A recarray; its columns are declared in COLUMNS below.
Table = Any

COLUMNS: dict[str, str] = {
    "companies": """
        identity u8 - stable hash of the name
        coming_capacity f8 product/month the same as far as it is announced: what new deals count on
        wacc f8 1/year cost of capital
        payback f8 years longest payback accepted
        attitude f8 0..1 towards exchanges
        norm f8 0..1 subjective norm: share of trusted contacts that exchange
        threshold f8 0..1 own least willingness for talks and renewals
        symbiosis_staff f8 factor on its hours for symbiosis, by its type
        hours f8 hours left of the month for symbiosis
        reach f8 - sum of the weights of all companies it could look at
        risk_aversion f8 factor on expected interruption cost
        type i2 - row of the type the company has now
        sector i2 - row of its sector
        x f8 km east
        y f8 km north
        capacity f8 product/month mean output of the main product
        owner i4 - number of its owner; 0 when none is named
        opens f8 month when it opens; of a candidate, the earliest
        closes f8 month when it is due to close; infinite if never
        candidate i1 - 1 when it opens only if the park attracts it
        option i2 - 1 + row of the way back it chose; 0 when it has not chosen
        taken i1 - 1 when its closed plant was bought by a returning company
        status i1 - waiting, open or closed
        prospect i1 - 1 when it is open or announced, and not about to close: others may deal with it
        widely_known i1 - 1 when its need or supply is known everywhere, as of a trader
        margin f8 EUR/product contribution when its streams cost what they cost at the start
        rebase i1 - 1 when the reference costs of its streams have to be set anew
        endowed i1 - 1 when its owners have paid in its reserve
        insolvent i1 - 1 when it closed without cash
        net f8 EUR received less paid so far this month, without financing
        net_alone f8 EUR the same without exchanges
        account i4 row of its account in the books of a year
        connections i4 row 1 + row of the newest connection that is its own; 0 without any
        fixed_cost f8 EUR/month fixed cost
        jobs f8 jobs at capacity
        cash f8 EUR reserve
        cash_limit f8 EUR most that is kept
        attitude_start f8 0..1 attitude at founding
        opportunism f8 0..1 readiness to hold up a partner
        hazard f8 1/month closure hazard of the type
        outage_start f8 1/month chance that an outage begins
        outage_end f8 1/month chance that it ends
        outage_loss f8 share of a month lost in an outage
        maintenance_month i1 0..11 month of the yearly stop; 12 is none
        maintenance_share f8 share of that month lost
        down i1 - 1 in an outage
        own f8 log own part of log utilisation
        utilisation f8 - output relative to its mean, before outages
        output f8 product this month
        stream_first i4 row of its first stream
        stream_count i4 - number of streams
        pair_first i4 row of its first directed pair
        pair_count i4 - number of pairs
        contact_first i4 row of its first contact
        contact_count i4 - number of contacts
        talks i2 - open talks
        sells i2 - operating exchanges as seller
        buys i2 - operating exchanges as buyer
        registration f8 0..1 registers on a platform when its rate exceeds this
        fair i1 - 1 when it shares gains fairly, 0 when it takes what it can (protocol fair_sharing)
        fair_next i1 - how it will share from now on
        strategy_seller i2 - how it bargains when it sells: a built-in strategy by the order of names, after them rows of `guests`
        strategy_buyer i2 - how it bargains when it buys
        seat i1 - 1 when a person decides for it
        realised f8 EUR gain from exchanges this year
        expected f8 EUR gain expected from them when signed
        result f8 EUR this month
        result_alone f8 EUR this month without exchanges
        year_result f8 EUR this year
        year_alone f8 EUR this year without exchanges
        known_by f8 companies that have dealt with it
        trust_received f8 0..1 mean trust of those who have dealt with it""",
    "types": """
        sector i8 row
        margin f8 EUR/product contribution when its streams cost what they cost at the start
        fixed_cost f8 EUR/product fixed cost per unit of capacity
        jobs f8 months/product jobs per unit of monthly capacity
        hazard f8 1/month closure hazard
        outage_start f8 1/month chance that an outage begins
        outage_end f8 1/month chance that it ends
        outage_loss f8 share of a month lost in an outage
        maintenance_month i8 0..11 month of the yearly stop; 12 is none
        maintenance_share f8 share of that month lost
        widely_known i8 - 1 when known everywhere
        wacc f8 1/year usual cost of capital
        payback f8 years usual payback limit
        opportunism f8 0..1 usual readiness to hold up a partner
        symbiosis_staff f8 factor on the hours for symbiosis""",
    "streams": """
        company i4 row
        material i2 row
        direction i1 - out 0, in 1
        coefficient f8 unit/product per unit of main product
        coming f8 unit/product the same as far as it is announced: what new deals count on
        contracted f8 unit/year promised (out) or replaced (in) by contracts
        profile i2 row of the seasonal profile
        quality f8 - what a unit is worth as a substitute, relative to the usual one (out streams)
        permit i1 - 0 when the permit to hand it on was withdrawn
        opportunity_first i4 row of its first opportunity (out), or of its first row in `needs` (in)
        opportunity_count i4 - number of them
        amount f8 unit supply or need of the month
        stock f8 unit stored
        free f8 unit not yet delivered (out) this month
        replaced f8 unit of need met by by-products this month
        disposed f8 unit disposed of this month
        outlet i4 row of its route of the month; -1 when it has none (out streams)
        own_route i4 row 1 + row of the route that its own price is for; 0 without one; -1: the first it takes
        own_fee f8 EUR/unit what it pays there in place of fee and haul, and for what somebody takes already
        recovered f8 share of it that somebody takes already, untaxed
        haul f8 EUR/unit haul on that route
        disposal_cost f8 EUR/unit cost of letting go, with taxes (out streams)
        disposal_tax f8 EUR/unit public part of that cost
        links i2 - operating exchanges
        posted f8 share posted price relative to the public value (out streams)
        opening f8 unit stored at the beginning of the month
        reference f8 EUR/unit what a unit cost under the rules and on the price path when the company opened or last changed its process
        page i4 row of its year in `pages`""",
    "needs": """
        opportunity i4 row; opportunities ordered by the buyer's stream""",
    "materials": """
        identity u8 - stable hash of the name
        group i8 - material, energy or water
        factor i8 row of the common price factor
        loading f8 0..1 on that factor
        phi f8 per month autocorrelation of the log price
        shock f8 log standard deviation of the monthly innovation
        deviation f8 log price against its path
        variance f8 log of that deviation
        draw u8 - identity of the draws of its price: of its series, so that two materials of one series move together
        is_energy i8 - 1 when the lever on energy prices moves it
        storage_cost f8 EUR/unit and month of storing it
        co2_virgin f8 t/unit avoided when a virgin unit is saved, this year
        tonnes f8 t/unit
        weight f8 -/unit t, GJ or m3 per unit, as its group counts
        storable f8 months of production that can be stored
        shock_factor f8 - lasting price shock from the calendar or a person
        price f8 EUR/unit virgin price without taxes
        cost f8 EUR/unit virgin price with taxes
        disposal_cost f8 EUR/unit of its cheapest route at the mean haul
        expected f8 EUR/unit virgin cost expected over the years of a contract
        sd f8 log standard deviation of the price in the long run
        phi_year f8 1/year autocorrelation of the log price
        virgin_tax f8 EUR/unit public part of the cost
        outlet_first i4 row of its first route of disposal
        outlet_count i4 - number of them""",
    "outlets": """
        identity u8 - stable hash of the route
        kind i8 - landfill, incineration, treatment, discharge, spreading, flare or recovery
        fee f8 EUR/unit gate fee
        haul f8 EUR/unit mean cost of the way there
        taxed_landfill f8 t/unit that the landfill tax applies to
        taxed_incineration f8 t/unit that the incineration tax applies to
        taxed_discharge f8 -/unit that the discharge fine applies to
        co2 f8 t/unit emitted
        opens f8 month from which it may be taken
        closes f8 month from which it may not""",
    "factors": """
        identity u8 - stable hash of the name
        draw f8 - common innovation of the month""",
    "sectors": """
        identity u8 - stable hash of the name
        loading f8 0..1 on the common cycle
        sd f8 log stationary standard deviation of output
        own f8 - the sector's own part""",
    "conversions": """
        way u8 - stable hash of by-product and input
        ratio f8 input/unit input replaced per arriving unit of the usual quality
        share f8 share of the buyer's need that may be replaced
        treatment f8 EUR/unit paid by the buyer
        handling f8 EUR/unit paid by the seller
        load f8 EUR/unit transport cost at any distance
        haul f8 EUR/unit/km transport cost
        capital_fixed f8 EUR
        link_fixed f8 EUR/km
        capital_flow f8 EUR per unit/year
        link_flow f8 EUR per unit/year and km
        burden f8 t/unit CO2 of treatment
        haul_burden f8 t/unit/km CO2 of transport
        lead f8 months to build
        known f4 month from which it is known
        allowed f4 month from which it is allowed
        term f8 years standard term
        forgone i2 row material that is given up for it; -1 for none
        forgone_units f8 unit/unit of that material, per unit of by-product
        forgone_share f8 share of its price that is lost
        pipe i2 - number of the class of its link
        link_life f8 years of a link
        equipment_life f8 years of its equipment
        om_share f8 1/year operation and maintenance relative to capital
        permit i1 - 1 when a permit is needed
        keeps i1 months the by-product keeps, at most 11; if any, deliveries follow the buyer's season alone""",
    "seasons": """
        factor f8 - makes the months of a contract a year of twelve
        fit_supply f8 share of the seller's yearly supply that fits this season
        fit_demand f8 share of the buyer's yearly need that fits this season""",
    "opportunities": """
        identity u8 - of seller, by-product, buyer and input
        supply i4 row of the seller's stream
        demand i4 row of the buyer's stream
        seller i4 row
        buyer i4 row
        there i4 row of the directed pair seller to buyer
        back i4 row of the directed pair buyer to seller
        season i4 row of how the seasons of both sides fit
        conversion i2 row
        distance f8 km
        arriving f8 share that is not lost on the way
        ratio f8 input/unit input replaced per arriving unit""",
    "notes": """
        identified f4 month; all of this is 0 until then
        screened f4 month
        talks f4 month
        signed f4 month
        operating f4 month
        failures i2 - failed talks
        contracts i2 - contracts signed
        channel i1 - how it was identified; 0 before
        exchange i4 row of its last contract
        studied i1 - 1 when both sides have studied it
        assigned f8 unit/year what the planner wants to flow; 0 where it wants nothing
        quantity f8 unit/year at the last look
        score f8 EUR/year joint gain at the last look, of a latent one as a broker judges it""",
    "funnel": """
        known f4 month from which the conversion is known, sooner when its holder finds it
        look f4 month of the next screening
        stage i1 - of the funnel""",
    "ties": """
        owner i4 row of who trusts
        other i4 row of who is trusted
        contact i1 - 1 when the other is a social contact of the owner""",
    "pairs": """
        trust f8 0..1 of the owner in the other; rows as in `ties`
        experience f4 months of deliveries together
        missed f4 months of them that the other failed, by the part that was missing
        failed i1 - 1 when a talk with the other has failed
        refuses f4 month until which the owner refuses the other""",
    "contacts": """
        other i4 row of the contact
        pair i4 row of the directed pair""",
    "guests": """
        propose i8 address of the function that offers
        respond i8 address of the function that answers""",
    "talks": """
        opportunity i8 row
        seller i8 row
        buyer i8 row
        supply i8 row of the seller's stream
        demand i8 row of the buyer's stream
        kind i8 - what is talked about: a new exchange, renewal, new terms, a smaller contract, a switch
        exchange i8 row of the contract that is renewed, changed or left; -1 if none
        asker i8 - who asks for new terms or leaves by a switch: seller 0, buyer 1
        identity u8 - of the opportunity and the month of the opening: what draws of the talk belong to
        number i8 - number of the talk in this run
        opened i8 month
        meeting i8 - meetings held
        speaker i8 - who speaks next: seller 0, buyer 1
        silent i8 - meetings that passed without a word of a person in a seat
        quantity f8 unit/year
        capital f8 EUR to be shared, without the grant
        grant f8 EUR
        standard f8 years standard term
        longest f8 years longest term
        life f8 years life of what is built
        upkeep f8 EUR/year operation and maintenance of what it would use
        terms i8 - levels of the term: 1 or 3
        splits i8 - levels of the seller's share
        value_seller f8 EUR/unit disposal avoided less handling, with half of subsidies
        value_buyer f8 EUR/unit virgin cost saved less treatment and transport, with half of subsidies
        running_seller f8 EUR/year monitoring and damages it expects to owe
        running_buyer f8 EUR/year monitoring and damages it expects to owe
        arranging f8 EUR one-off cost of each side
        hold_up_seller f8 1/year share of its quasi-rent expected to be lost to hold-up
        hold_up_buyer f8 1/year share of its quasi-rent expected to be lost to hold-up
        hold_up_public f8 1/year the same at the trust of the site, as anybody expects it
        exposure_seller f8 EUR/year yearly payment that moves with the virgin price x its standard deviation
        exposure_buyer f8 EUR/year yearly payment that does not move with the virgin price x its standard deviation
        phi f8 1/year autocorrelation of the virgin price
        wacc_seller f8 1/year
        wacc_buyer f8 1/year
        limit_seller f8 years payback limit
        limit_buyer f8 years payback limit
        required_seller f8 EUR/year gain that a busy firm requires
        required_buyer f8 EUR/year gain that a busy firm requires
        outside_seller f8 EUR/year best offer in hand, or what staying or leaving is worth
        outside_buyer f8 EUR/year best offer in hand, or what staying or leaving is worth
        reserve_seller f8 EUR/year least gain for which it signs
        reserve_buyer f8 EUR/year least gain for which it signs
        aim_seller f8 EUR/year its guess of the whole gain
        aim_buyer f8 EUR/year its guess of the whole gain
        exponent_seller f8 -
        exponent_buyer f8 -
        deadline_seller i8 meetings
        deadline_buyer i8 meetings
        open_seller f8 0..1 chance that it bargains openly
        open_buyer f8 0..1 chance that it bargains openly
        last i8 - last offer on the table: 0 none, 1 of the seller, 2 of the buyer
        rivals_seller i8 - other talks about the seller's stream this month
        rivals_buyer i8 - other talks about the buyer's need this month
        called i8 - 1 when its price was settled among rivals who heard of an acceptance
        accepted f8 month of the first acceptance; NaN before
        held i8 - 1 while people in seats are asked for their best price before what is accepted is signed, 2 once they were
        bid i8 - of a person in a seat at such a call: 0 not asked, 1 asked, 2 a best price is named, 3 none
        bidder i8 - side of the person who is asked: seller 0, buyer 1
        bid_price f8 EUR/unit best price of that person
        bid_share f8 share of capital in it
        bid_term f8 years in it
        absurd_seller i8 - absurd offers so far
        absurd_buyer i8 - absurd offers so far
        posted f8 EUR/unit price asked under a posted price
        claim_seller f8 0..1 share of the joint gain it claims (protocol fair_sharing)
        claim_buyer f8 0..1 share of the joint gain it claims (protocol fair_sharing)
        scale f8 EUR/unit public value of a unit
        price_seller f8 EUR/unit last offer; NaN before the first
        share_seller f8 share of capital in that offer
        term_seller f8 years in that offer
        price_buyer f8 EUR/unit last offer; NaN before the first
        share_buyer f8 share of capital in that offer
        term_buyer f8 years in that offer
        planned i8 - 1 when the planner sets the terms
        decision i8 - of a person in a seat
        decision_price f8 EUR/unit
        decision_share f8 share
        decision_term f8 years
        price f8 EUR/unit on the table after the meeting
        share f8 share on the table
        term f8 years on the table
        gain_seller f8 EUR/year of what is on the table
        gain_buyer f8 EUR/year of what is on the table""",
    "exchanges": """
        identity u8 - of the opportunity and the number of its contract
        opportunity i8 row
        seller i8 row
        buyer i8 row
        supply i8 row
        demand i8 row
        stage i8 - agreed, building, operating or ended
        price f8 EUR/unit at signing or after the last renegotiation
        quantity f8 unit/year
        band f8 share
        term f8 years
        share f8 share of the capital borne by the seller
        capital f8 EUR without the grant
        grant f8 EUR
        penalty f8 factor
        indexation f8 share
        reference f8 EUR/unit virgin cost when the price was set
        signed f8 month
        ready f8 month when the connection is finished
        start f8 month
        term_start f8 month of signing or renewal
        end f8 month
        reason i8 - of the end
        trigger f8 - number that led to the end
        left_by i8 - who ended it from a seat: 0 nobody, 1 the seller, 2 the buyer
        channel i8 - how the opportunity was found
        meetings i8 - held before signing
        renegotiations i8 - since
        asked i8 month of the last talk on its renewal; long ago before
        talking i8 - 1 while a talk about it is open
        predecessor i8 row of the contract whose place it takes; -1 if none
        link_capital f8 EUR of the link that was missing at signing, with the grant
        equipment_capital f8 EUR of the equipment that was missing at signing, with the grant
        upkeep f8 EUR/year operation and maintenance of all that it uses
        asset i8 row of the newest asset it uses; -1 for none
        wears f8 month in which the first of its assets is worn; infinite without any
        successor f8 row of the exchange that took its place; NaN for none
        instalments i8 - of its loans
        loan_seller f8 EUR/month instalment
        loan_buyer f8 EUR/month instalment
        debt_seller f8 EUR principal still owed
        debt_buyer f8 EUR principal still owed
        paid_seller i8 - instalments paid
        paid_buyer i8 - instalments paid
        interest_seller f8 EUR/month in this year of the loan
        interest_buyer f8 EUR/month in this year of the loan
        row i8 row of its latest month in `deliveries`
        row_month i8 - 1 + that month; 0 before the first
        delivered_now f8 unit this month
        nominal f8 unit contract quantity of this month
        short_seller f8 unit missing by the seller's fault this month
        short_buyer f8 unit missing by the buyer's fault this month
        fails f8 months weighted count of months in which the seller failed
        fails_buyer f8 months weighted count of months in which the buyer failed
        flow f8 share delivered part of the contract quantity, mean of about half a year
        gain_seller_now f8 EUR this month, without the loan
        gain_buyer_now f8 EUR this month, without the loan
        year_seller f8 EUR since the last review
        year_buyer f8 EUR since the last review
        year_delivered f8 unit since the last review
        year_damages f8 EUR since the last review, paid by the seller to the buyer
        delivered f8 unit in all
        tonnes f8 t in all
        co2 f8 t avoided in all
        seller_gain f8 EUR in all, net of the loan
        buyer_gain f8 EUR in all, net of the loan
        public_gain f8 EUR in all, taxes lost and subsidies paid (negative)
        expected_seller f8 EUR/year when signed
        expected_buyer f8 EUR/year when signed""",
    "deliveries": """
        contract i8 row of the exchange
        month i8 month
        due f8 unit contract quantity of the month
        available f8 unit what the seller had left
        wanted f8 unit what the buyer could still take
        delivered f8 unit of the by-product
        replaced f8 unit of the input
        short_seller f8 unit missing by the seller's fault
        short_buyer f8 unit missing by the buyer's fault
        excused f8 unit missing that both would have lacked
        price f8 EUR/unit contract price
        payment f8 EUR buyer to seller; negative the other way
        handling f8 EUR seller
        forgone f8 EUR seller: good given up
        forgone_carbon f8 EUR seller: carbon price of that good
        treatment f8 EUR buyer
        transport f8 EUR buyer
        carbon f8 EUR buyer: of treatment and haul
        damages_to_buyer f8 EUR seller to buyer; negative the other way
        interruption_seller f8 EUR really paid for what the buyer did not take
        interruption_buyer f8 EUR really paid for what the seller did not give
        subsidy_seller f8 EUR received
        subsidy_buyer f8 EUR received
        om_seller f8 EUR operation and maintenance
        om_buyer f8 EUR operation and maintenance
        monitoring f8 EUR of each side
        arranging_seller f8 EUR at signing
        arranging_buyer f8 EUR at signing
        capital_seller f8 EUR at the start of building
        capital_buyer f8 EUR at the start of building
        grant_seller f8 EUR received
        grant_buyer f8 EUR received
        loan_seller f8 EUR paid out to it
        loan_buyer f8 EUR paid out to it
        interest_seller f8 EUR paid
        interest_buyer f8 EUR paid
        principal_seller f8 EUR paid back
        principal_buyer f8 EUR paid back
        leaving_seller f8 EUR seller to buyer for leaving before the end
        leaving_buyer f8 EUR buyer to seller for leaving before the end
        return_seller f8 EUR for going back to disposal
        return_buyer f8 EUR for going back to its supplier
        settled_seller f8 EUR principal settled by its owners
        settled_buyer f8 EUR principal settled by its owners
        lost_seller f8 EUR principal lost by the lender
        lost_buyer f8 EUR principal lost by the lender
        virgin_price f8 EUR/unit of the input, without taxes
        virgin_tax f8 EUR/unit of the input
        disposal_fee f8 EUR/unit of the by-product, with haul
        disposal_tax f8 EUR/unit of the by-product
        gain_seller f8 EUR cash of the seller against the month without this exchange
        gain_buyer f8 EUR the same of the buyer
        gain_resource f8 EUR goods and services saved, without transfers
        public_gain f8 EUR of the government
        co2_avoided f8 t of this month""",
    "pages": """
        outlet i4 row of the route of disposal; -1 none
        stream i4 row
        year i4 - of the run
        total f8 unit produced or needed
        exchanged f8 unit sold (out) or replaced (in)
        stored f8 unit in store at the end of the year
        quantity f8 unit disposed of (out) or bought (in)
        cost f8 EUR of that, with taxes
        tax f8 EUR of that""",
    "connections": """
        kind i1 - link or equipment
        other i4 row the buyer
        key i4 - class of pipe of a link, row of the conversion of equipment
        newest i4 row 1 + row of its newest asset; 0 before the first
        following i4 row 1 + row of the next connection of the same company; 0 at the end
        living i4 - assets that are not worn
        capacity f8 unit/year of these
        used f8 unit/year taken by contracts""",
    "assets": """
        connection i4 row
        exchange i4 row of the contract it was built for
        before i4 row 1 + row of the asset before it on the same connection; 0 for the first
        capacity f8 unit/year
        capital f8 EUR with the grant
        share f8 share borne by the seller
        begins f8 month
        ends f8 month from which it is worn
        worn i1 - 1 from then on""",
    "calendar": """
        month i8 month
        kind i8 - what happens
        company f8 row; NaN if none
        stream f8 row; NaN if none
        material f8 row; NaN if none
        value f8 - new coefficient, capacity, factor or type
        by_person i1 - 1 when a person entered it while the park ran""",
    "events": """
        month i8 month
        kind i8 - what happened
        company f8 row; NaN if none
        partner f8 row; NaN if none
        opportunity f8 row; NaN if none
        exchange f8 row; NaN if none
        reason i8 - of an end or of a failed talk
        value f8 - the number that led to it""",
    "meetings": """
        talk i8 - number of the talk
        opportunity i8 row
        month i8 month
        meeting i8 - number of the meeting
        speaker i8 - seller 0, buyer 1
        price f8 EUR/unit
        share f8 share of the capital for the seller
        term f8 years
        gain_seller f8 EUR/year
        gain_buyer f8 EUR/year
        answer i8 - offer, accept, walk out, last offer, or absurd
        quantity f8 unit/year
        last i8 - 1 when it was a last offer""",
    "past_talks": """
        talk i8 - number of the talk
        opportunity i8 row
        kind i8 - what was talked about
        exchange i8 row of the contract that was signed or talked about; -1 for none
        opened i8 month
        ended i8 month
        accepted f8 month of the first acceptance; NaN if none
        meetings i8 - held
        reason i8 - why it ended without a deal; 0 when it was signed
        asker i8 - who asks for new terms or leaves by a switch: seller 0, buyer 1
        planned i8 - 1 when the planner set the terms
        called i8 - 1 when rivals were called
        rivals_seller i8 - other talks about the seller's stream
        rivals_buyer i8 - other talks about the buyer's need
        quantity f8 unit/year
        capital f8 EUR still missing, with the grant
        stake f8 EUR/year public value of the yearly quantity
        zone f8 EUR/year best joint gain above both least gains; negative when no terms suit both
        best_share f8 share of the capital for the seller in the best package
        best_term f8 years in the best package
        price f8 EUR/unit agreed; NaN without a deal
        share f8 share of the capital for the seller, agreed
        term f8 years agreed
        gain_seller f8 EUR/year of what was agreed
        gain_buyer f8 EUR/year of what was agreed
        reserve_seller f8 EUR/year least gain for which it signs
        reserve_buyer f8 EUR/year least gain for which it signs
        outside_seller f8 EUR/year what it had elsewhere
        outside_buyer f8 EUR/year what it had elsewhere
        aim_seller f8 EUR/year its guess of the whole gain
        aim_buyer f8 EUR/year its guess of the whole gain
        deadline_seller i8 meetings
        deadline_buyer i8 meetings
        exponent_seller f8 -
        exponent_buyer f8 -
        open_seller i8 - 1 when it bargained openly by its draw
        open_buyer i8 - 1 when it bargained openly by its draw
        strategy_seller i8 - how it bargained
        strategy_buyer i8 - how it bargained
        seat_seller i8 - 1 when a person decided
        seat_buyer i8 - 1 when a person decided
        last_price_seller f8 EUR/unit its last offer; NaN if none
        last_price_buyer f8 EUR/unit its last offer; NaN if none
        absurd_seller i8 - absurd offers
        absurd_buyer i8 - absurd offers""",
    "levers": """
        landfill_tax f8 EUR/t
        incineration_tax f8 EUR/t
        exchange_subsidy f8 share of the virgin cost replaced
        capital_grant f8 share of the capital
        carbon_price f8 EUR/t CO2
        virgin_tax f8 share of the virgin price
        discharge_fine f8 EUR/unit
        permit_easing f8 share of the permit time saved
        landfill_ban f8 0..1 in force
        broker f8 matches/month
        platform f8 share of companies registered
        broker_fee f8 EUR/match paid by each side of a match that a broker proposes
        platform_fee f8 EUR/month paid by each registered company
        vision f8 0..1 strength of a shared vision
        maintenance f8 share of outages avoided
        planning f8 share of own fluctuations planned away
        backup f8 share of shortfalls covered
        enforcement f8 share added to enforcement
        attraction f8 factor added to entry
        energy_price f8 factor on energy prices
        programme_cost f8 EUR/month of the programmes in force
        policies f8 - which policies are in force: a sum of powers of two, in the order of their names""",
    "yearbook": """
        status i8 -
        type i8 row
        sells i8 -
        buys i8 -
        output f8 product/month
        jobs f8 jobs
        result f8 EUR/year
        result_alone f8 EUR/year
        cash f8 EUR
        attitude f8 0..1
        trust f8 0..1 mean trust received""",
    "options": """
        identity u8 - stable hash of site and mode
        trades i8 - 1 when the site is the park
        abroad i8 - 1 when a relocation wave moves its costs
        first i8 - 1 on the first row of each site
        closed_plant i8 - 1 when it takes a closed plant of the sector
        cost f8 factor on fixed cost
        energy f8 factor on the cost of energy
        disposal f8 factor on the cost of disposal
        margin f8 factor on the margin
        inputs f8 factor on what is taken in
        outputs f8 factor on what is given out
        fixed f8 factor on fixed cost
        jobs f8 factor on jobs
        hazard f8 factor on the closure hazard
        capital f8 years capital over yearly contribution
        months f8 months until it runs""",
    "clock": """
        month i8 - months done
        events i8 - rows used
        deliveries i8 - rows used
        deliveries_before i8 - rows used before this month
        pages i8 - rows used
        connections i8 - rows used
        assets i8 - rows used
        accounts i8 - rows of the books of a year: companies or sectors, and a last one of all other accounts
        cash f8 EUR of all companies at the last close
        imbalance f8 EUR by which the accounts of the last month were not in balance; 0 when they were
        meetings i8 - rows used
        past_talks i8 - rows used
        fault i8 - 1 + number of the talk in which a strategy from outside failed; 0 when none did
        talks i8 - rows used
        talks_held i8 - talks ever opened
        exchanges i8 - rows used
        calendar i8 - next row
        cycle f8 - common business cycle
        cycle_variance f8 - variance of the cycle, from 0 to 1
        contacts f8 factor on social contact
        wave f8 factor on costs abroad in a relocation wave of this month; 0 none
        broker f8 matches saved up
        planned f8 month the planner last assigned exchanges; NaN before""",
}


def describe(table: str) -> list[tuple[str, str, str, str]]:
    """Return (column, dtype, unit, meaning) for every column of a table."""
    rows = []
    for line in COLUMNS[table].strip().splitlines():
        name, kind, unit, *meaning = line.split(None, 3)
        rows.append((name, kind, unit, meaning[0] if meaning else ""))
    return rows


def records(columns: dict[str, str]) -> np.dtype:
    """Return the aligned record type of some columns, name -> type.

    The narrow ones stand first, so that what a rule looks at in every row (stage, dates, partners) is fetched at once.
    """
    ordered = sorted(columns.items(), key=lambda column: np.dtype(column[1]).itemsize)
    return np.dtype((np.record, np.dtype(ordered, align=True)))


@functools.cache
def record(table: str) -> np.dtype:
    """Return the aligned record type of a table."""
    return records({name: kind for name, kind, _, _ in describe(table)})


def blank(table: str, rows: int, dtype: np.dtype | None = None) -> Table:
    """Return a table of `rows` rows of zeros."""
    return np.zeros(rows, dtype=dtype if dtype is not None else record(table)).view(np.recarray)


def copy_rows(old: np.ndarray, new: np.ndarray, count: int) -> None:
    """Copy the first rows of a table into another of its type, in place, in one piece as `duplicate` does."""
    raw = np.dtype((np.void, old.dtype.itemsize))
    new.view(np.ndarray).view(raw)[:count] = old.view(np.ndarray).view(raw)[:count]


def filled(table: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return a table of some rows, all with the same columns, written column by column; what is not given is 0.

    Setting the columns of one record after another takes ten times as long.
    """
    result = blank(table, len(rows))
    for column in rows[0] if rows else ():
        result[column] = [row[column] for row in rows]
    return result


def duplicate(table: Table) -> Table:
    """Return a copy of a table, made in one piece: numpy copies records column by column, four times as slowly."""
    if table.dtype.names is None:
        return table.copy()
    raw = np.dtype((np.void, table.dtype.itemsize))
    return table.view(np.ndarray).view(raw).copy().view(table.dtype).view(type(table))
