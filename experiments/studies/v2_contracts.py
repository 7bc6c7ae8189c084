"""V2: contracts raise the number of stable exchanges, most at low uncertainty and high turbulence."""

from __future__ import annotations

from experiments.study_kit import Claim, StudyDeclaration

STRICT = {"contract.penalty": 2.0, "contract.term_truck": 8, "investment.enforcement": 0.95}
LOOSE = {"contract.penalty": 0.0, "contract.term_truck": 1, "investment.enforcement": 0.0}
PLACES = {
    "certain, calm": {"negotiation.error_none": 0.05, "production.volatility": 0.4},
    "certain, turbulent": {"negotiation.error_none": 0.05, "production.volatility": 2.0},
    "uncertain, turbulent": {"negotiation.error_none": 0.8, "production.volatility": 2.0},
}
STUDY = StudyDeclaration(
    id="V2",
    title="Contracts and stability",
    question="Do binding contracts raise the number of running exchanges, and most where uncertainty is low and turbulence high?",
    hypothesis="Contracts help, most at low uncertainty and high turbulence",
    source="Albino, Fraccascia and Giannoccaro 2016, doi:10.1016/j.jclepro.2015.06.070",
    lever="contract.penalty, contract.term_truck, investment.enforcement together",
    scenario="synthetic",
    variants={f"{kind}, {place}": {**values, **terms} for place, values in PLACES.items() for kind, terms in (("contract", STRICT), ("loose", LOOSE))},
    outcomes={"links": {"indicator": "links", "take": "mean"}, "ends": {"indicator": "ends", "take": "sum"}},
    claims=(
        *(Claim(f"contracts raise running exchanges, {place}", "links", {f"contract, {place}": 1, f"loose, {place}": -1}, 1, "exchanges") for place in PLACES),
        Claim(
            "more so when turbulent than when calm", "links",
            {"contract, certain, turbulent": 1, "loose, certain, turbulent": -1, "contract, certain, calm": -1, "loose, certain, calm": 1}, 1, "exchanges",
        ),
        Claim(
            "more so when certain than when uncertain", "links",
            {"contract, certain, turbulent": 1, "loose, certain, turbulent": -1, "contract, uncertain, turbulent": -1, "loose, uncertain, turbulent": 1}, 1, "exchanges",
        ),
    ),
)  # fmt: skip
