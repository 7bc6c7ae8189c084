"""What comes of bargaining, column by column: strategies, talks, contracts, deliveries, books, links and assets."""

from __future__ import annotations

DEALS: dict[str, str] = {
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
        main i8 row 1 + row of the pipe in which it would have a place; 0 without
        buy_in f8 EUR of the capital, for that place
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
        main i8 row 1 + row of the pipe in which its link has a place; 0 without
        buy_in f8 EUR of the capital, for that place
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
        buy_in_seller f8 EUR for a place in a shared pipe; negative: received for one
        buy_in_buyer f8 EUR for a place in a shared pipe; negative: received for one
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
        main i4 row 1 + row of the pipe in which it has a place; 0 without
        capacity f8 unit/year
        capital f8 EUR with the grant
        share f8 share borne by the seller
        begins f8 month
        ends f8 month from which it is worn
        worn i1 - 1 from then on""",
}
