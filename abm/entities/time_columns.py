"""What passes in time, column by column: calendar, events, meetings, levers, yearly books, options and the clock."""

from __future__ import annotations

TIME: dict[str, str] = {
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
