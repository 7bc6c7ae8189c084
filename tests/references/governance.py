"""Governance: what is on the calendar happens."""

from __future__ import annotations

from tests.references.chronicle import tell


def keep_calendar(model) -> None:
    """Carry out every entry up to this month."""
    while model.calendar and model.calendar[0].month <= model.month:
        entry = model.calendar.popleft()
        HAPPENINGS[entry.kind](model, entry)


def open_company(model, company) -> None:
    """Open a company that has waited."""
    if not company.is_open:
        company.open()
        model.now.openings += 1.0
        tell(model, "opened", company.capacity, company)


def close_company(model, company, kind: str = "closed") -> None:
    """Close an open company."""
    if company.is_open:
        company.close()
        model.now.closures += 1.0
        tell(model, kind, company.cash, company)


def change_process(model, entry) -> None:
    """Give one stream its new coefficient, or the company its new type."""
    if entry.stream is not None:
        entry.stream.coefficient = entry.value
        return
    entry.company.type = int(entry.value)
    entry.company.rebase = True
    tell(model, "process", entry.value, entry.company)


def change_size(model, entry) -> None:
    """Let fixed cost and jobs follow capacity."""
    company = entry.company
    scale = entry.value / company.capacity
    company.capacity = entry.value
    company.fixed_cost *= scale
    company.jobs *= scale
    tell(model, "process", entry.value, company)


def change_contacts(model, entry) -> None:
    """Change how much managers meet."""
    model.social_contact = entry.value
    tell(model, "shock", entry.value)


def shock_price(model, entry) -> None:
    """Change a price for good."""
    entry.material.shock_factor *= entry.value
    tell(model, "shock", entry.value)


def withdraw_permit(model, entry) -> None:
    """Withdraw the permit to hand a by-product on."""
    entry.stream.permit = False
    tell(model, "shock", 0.0, entry.company)


HAPPENINGS = {
    "opens": lambda model, entry: open_company(model, entry.company),
    "closes": lambda model, entry: close_company(model, entry.company),
    "process": change_process,
    "size": change_size,
    "contacts": change_contacts,
    "price": shock_price,
    "permit_withdrawn": withdraw_permit,
}
