"""Governance: what is on the calendar happens."""

from __future__ import annotations

from ecopark.abm.policies import POLICIES
from tests.references.event_log import tell

OF_TYPE = (
    "margin", "hazard", "outage_start", "outage_end", "outage_loss", "maintenance_month", "maintenance_share", "widely_known",
    "symbiosis_staff",
)  # fmt: skip


def keep_calendar(model) -> None:
    """Carry out every entry up to this month."""
    while model.calendar and model.calendar[0].month <= model.month:
        entry = model.calendar.popleft()
        HAPPENINGS[entry.kind](model, entry)


def note_policies(model) -> None:
    """Write an event for every policy that starts (1) or stops (0) this month."""
    for number, name in enumerate(POLICIES):
        before = model.month > 0 and has_policy(model.levers[model.month - 1], number)
        if has_policy(model.lever, number) != before:
            tell(model, "policy", 0.0 if before else 1.0, reason=name)


def has_policy(lever, number: int) -> bool:
    """The policy of that number is in force."""
    return bool(int(lever.policies) & (1 << number))


def open_as_due(model, entry) -> None:
    """Open a company on its date; it joins the others of its owner."""
    open_company(model, entry.company)
    join_owner(model, entry.company)


def announce(model, entry) -> None:
    """Let others count on what is due: a stream's coming coefficient, or that a company opens or closes."""
    if entry.stream is None:
        entry.company.prospect = entry.value == 1.0
    else:
        entry.stream.coming = entry.value


def announce_size(model, entry) -> None:
    """Let others count on the size a company is going to have."""
    entry.company.coming_capacity = entry.value


def change_owner(model, entry) -> None:
    """Pass a company to another owner."""
    entry.company.owner = int(entry.value)
    join_owner(model, entry.company)


def join_owner(model, company) -> None:
    """Raise trust between a company and others of its owner to that within one house."""
    if company.owner == 0:
        return
    for relation in company.relations.values():
        if relation.other.owner == company.owner:
            back = relation.other.relations[company]
            relation.trust = max(relation.trust, model.p.trust_same_owner)
            back.trust = max(back.trust, model.p.trust_same_owner)


def open_company(model, company) -> None:
    """Open a company that has waited."""
    if not company.is_open:
        company.open()
        model.now.openings += 1.0
        tell(model, "opened", company.capacity, company)


def close_company(model, company, kind: str = "closed") -> None:
    """Close an open company."""
    if company.is_open:
        company.close(kind == "insolvent")
        model.now.closures += 1.0
        tell(model, kind, company.cash, company)


def change_process(model, entry) -> None:
    """Give one stream its new coefficient, or the company its new type."""
    if entry.stream is not None:
        entry.stream.coefficient = entry.value
        return
    entry.company.type = int(entry.value)
    become(model, entry.company, model.types[entry.company.type])
    tell(model, "process", entry.value, entry.company)


def become(model, company, kind) -> None:
    """Give a company the costs, jobs, risks and outages of its new type at its present size."""
    company.rebase = True
    company.sector = model.sectors[kind.sector]
    company.fixed_cost = kind.fixed_cost * company.capacity
    company.jobs = kind.jobs * company.capacity
    for trait in OF_TYPE:
        setattr(company, trait, getattr(kind, trait))


def change_size(model, entry) -> None:
    """Let fixed cost and jobs follow capacity."""
    company = entry.company
    scale = entry.value / company.capacity
    company.capacity = entry.value
    company.fixed_cost *= scale
    company.jobs *= scale
    company.cash_limit *= scale
    tell(model, "process", entry.value, company)


def change_contacts(model, entry) -> None:
    """Change how much managers meet."""
    model.social_contact = entry.value
    tell(model, "shock", entry.value)


def shock_price(model, entry) -> None:
    """Change a price for good."""
    entry.material.shock_factor *= entry.value
    tell(model, "shock", entry.value)


def raise_wave(model, entry) -> None:
    """Move the costs of sites abroad, for this month's decisions to stay or leave."""
    model.wave = entry.value
    tell(model, "shock", entry.value)


def withdraw_permit(model, entry) -> None:
    """Withdraw the permit to hand a by-product on."""
    entry.stream.permit = False
    tell(model, "shock", 0.0, entry.company)


HAPPENINGS = {
    "opens": open_as_due,
    "closes": lambda model, entry: close_company(model, entry.company),
    "process": change_process,
    "size": change_size,
    "contacts": change_contacts,
    "price": shock_price,
    "permit_withdrawn": withdraw_permit,
    "owner": change_owner,
    "announce": announce,
    "announce_size": announce_size,
    "relocation": raise_wave,
}
