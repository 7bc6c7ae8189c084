"""Fees: what the members of a platform and the clients of a broker pay to its programme."""

from __future__ import annotations

from ecopark.abm.entities.accounts import FEE
from tests.references.company import Company
from tests.references.ledger import pay
from tests.references.platform import has_platform


def charge_members(model) -> None:
    """Every open company that is registered on a platform pays each month."""
    if has_platform(model) and model.lever.platform_fee:
        for company in model.agents:
            if company.registration < model.lever.platform:
                charge(model, company, model.lever.platform_fee)


def charge(model, company: Company, fee: float) -> None:
    """A company pays a fee when it is open."""
    if company.is_open:
        pay(model, company, FEE, fee)
