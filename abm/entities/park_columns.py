"""What a park is made of, column by column: companies and their types, streams, materials, routes, conversions, and who may meet."""

from __future__ import annotations

PARK: dict[str, str] = {
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
}
