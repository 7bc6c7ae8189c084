"""The accounts of a park and the items of its books: for each item who is on the other side of a company.

Every euro has a payer and a payee (Godley and Lavoie 2007, doi:10.1007/978-1-137-08599-3). Companies are accounts of
their own; all else are the accounts below. `environment` holds tonnes at shadow prices and is no part of the cash sum.
"""

from __future__ import annotations

CUSTOMERS, SUPPLIERS, WASTE_OPERATOR, HAULIERS, SERVICES, LENDER, GOVERNMENT, PROGRAMME, OWNERS, COMPANIES = range(10)
ACCOUNTS = (
    "customers", "suppliers", "waste operator", "hauliers", "services", "lender", "government", "programme", "owners",
    "companies",
)  # fmt: skip

# Items in the order of the books: name of the item, account on the other side of a company.
ITEMS: tuple[tuple[str, int], ...] = (
    ("sales", CUSTOMERS),
    ("fixed", SERVICES),
    ("virgin", SUPPLIERS),
    ("virgin_tax", GOVERNMENT),
    ("disposal", WASTE_OPERATOR),
    ("haul", HAULIERS),
    ("landfill_tax", GOVERNMENT),
    ("incineration_tax", GOVERNMENT),
    ("discharge_fine", GOVERNMENT),
    ("disposal_carbon", GOVERNMENT),
    ("storage", SERVICES),
    ("monitoring", SERVICES),
    ("price", COMPANIES),
    ("handling", SERVICES),
    ("forgone", SUPPLIERS),
    ("forgone_carbon", GOVERNMENT),
    ("treatment", SERVICES),
    ("transport", HAULIERS),
    ("carbon", GOVERNMENT),
    ("damages", COMPANIES),
    ("interruption", SUPPLIERS),
    ("interruption", WASTE_OPERATOR),
    ("subsidy", GOVERNMENT),
    ("om", SERVICES),
    ("interest", LENDER),
    ("principal", LENDER),
    ("arranging", SERVICES),
    ("capital", SERVICES),
    ("grant", GOVERNMENT),
    ("loan_paid_out", LENDER),
    ("leaving", COMPANIES),
    ("buy_in", COMPANIES),
    ("return", SUPPLIERS),
    ("return", WASTE_OPERATOR),
    ("fee", PROGRAMME),
    ("reserve", OWNERS),
    ("dividend", OWNERS),
    ("liquidation", OWNERS),
    ("liquidation", LENDER),
)
(
    SALES, FIXED, VIRGIN, VIRGIN_TAX, DISPOSAL, HAUL, LANDFILL_TAX, INCINERATION_TAX, DISCHARGE_FINE, DISPOSAL_CARBON,
    STORAGE, MONITORING, PRICE, HANDLING, FORGONE, FORGONE_CARBON, TREATMENT, TRANSPORT, CARBON, DAMAGES,
    INTERRUPTION_INPUT, INTERRUPTION_DISPOSAL, SUBSIDY, OM, INTEREST, PRINCIPAL, ARRANGING, CAPITAL, GRANT, LOAN,
    LEAVING, BUY_IN, RETURN_INPUT, RETURN_DISPOSAL, FEE, RESERVE, DIVIDEND, LIQUIDATION, LIQUIDATION_LOSS,
) = range(len(ITEMS))  # fmt: skip
# Items from here on are financing: in the books, but in no result.
FINANCING = RESERVE
# Between two of the other accounts: their places in the books follow the items of companies.
PROGRAMMES, LOAN_SETTLED, LOAN_LOST = range(len(ITEMS), len(ITEMS) + 3)
OUTSIDE: tuple[tuple[str, int, int], ...] = (
    ("programme", GOVERNMENT, PROGRAMME),
    ("loan_settled", OWNERS, LENDER),
)
ROWS_OF_BOOKS = len(ITEMS) + 3
# What a company has of each item in a row of the books.
PAID, RECEIVED, PAID_ALONE, RECEIVED_ALONE = range(4)
# Items whose other side sells goods or services: what exchanges save of them is a gain in resources.
RESOURCES = tuple(
    place for place, (_, other) in enumerate(ITEMS) if other in (SUPPLIERS, WASTE_OPERATOR, HAULIERS, SERVICES)
)
