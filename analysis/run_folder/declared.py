"""What a run folder holds: tables with their columns, reasons of an end, stages of an opportunity."""

from __future__ import annotations

REASONS = (
    "partner_closed",
    "by_product_gone",
    "need_gone",
    "unprofitable",
    "better_use",
    "better_input",
    "supply_failed",
    "trust_lost",
    "held_up",
    "not_renewed",
    "permit_withdrawn",
)
ORIGINS = ("lever", "date", "draw", "person")
"""What begins a chain of events."""
STAGES = ("latent", "identified", "screened", "in_talks", "agreed", "building", "operating", "ended")

COLUMNS: dict[str, str] = {
    "yearly": (
        "year links companies identified screened in_talks agreed building operating deals failed_talks ends "
        "material_reused energy_reused water_reused disposed virgin_saved co2_avoided gain gain_sellers gain_buyers "
        "gain_storage gain_resource result result_alone capex public_balance public_balance_alone"
    ),
    "monthly": "month year links co2_avoided gain material_reused",
    "companies": "year company label type sector x_km y_km open links sells buys result result_alone gain",
    "opportunities": (
        "opportunity seller buyer seller_sector buyer_sector material input distance_km quantity joint_gain stage "
        "channel identified_month screened_month talks_month signed_month operating_month failures unit_value fixed_cost "
        "replaces max_share known_month allowed_month"
    ),
    "exchanges": (
        "exchange opportunity seller buyer seller_sector buyer_sector material input group unit carrier distance_km "
        "price quantity term_years seller_share capex signed_month start_month end_month reason channel delivered "
        "tonnes co2_avoided seller_gain buyer_gain expected_seller_gain expected_buyer_gain public_gain"
    ),
    "events": ("event month year kind company partner material opportunity exchange reason value cause origin detail"),
    "meetings": "talk opportunity month meeting speaker price answer",
    "talks": (
        "talk opportunity seller buyer material input kind outcome exchange opened ended meetings quantity capital stake zone "
        "price seller_share term_years seller_gain buyer_gain reserve_seller reserve_buyer aim_seller aim_buyer "
        "deadline_seller deadline_buyer rivals_seller rivals_buyer called strategy_seller strategy_buyer"
    ),
    "prices": "month material price disposal_cost",
    "deliveries": (
        "contract opportunity month year seller buyer due available wanted delivered replaced short_seller short_buyer "
        "excused price payment handling forgone forgone_carbon treatment transport carbon damages_to_buyer "
        "interruption_seller interruption_buyer subsidy_seller subsidy_buyer om_seller om_buyer monitoring "
        "arranging_seller arranging_buyer capital_seller capital_buyer grant_seller grant_buyer loan_seller loan_buyer "
        "interest_seller interest_buyer principal_seller principal_buyer leaving_seller leaving_buyer buy_in_seller "
        "buy_in_buyer return_seller return_buyer settled_seller settled_buyer lost_seller lost_buyer virgin_price "
        "virgin_tax disposal_fee disposal_tax gain_seller gain_buyer gain_resource public_gain co2_avoided"
    ),
    "streams": "year company material group direction route route_kind quantity tonnes cost tax",
    "accounts": "year account is_company item counterpart paid received paid_alone received_alone",
    "assets": (
        "asset kind seller buyer pipe_class material input exchange capacity capital seller_share built_month end_month "
        "main"
    ),
}

# What 0.2 added: in a folder of 0.1 these tables are empty and these columns unknown.
ADDED_TABLES = ("talks", "deliveries", "streams", "accounts", "assets")
ADDED_COLUMNS = {
    "yearly": ("gain_storage", "gain_resource"),
    "events": ("event", "cause", "origin"),
    "opportunities": ("unit_value", "fixed_cost", "replaces", "max_share", "known_month", "allowed_month"),
}
