"""V2: contracts raise the number of stable exchanges, most at low uncertainty and high turbulence."""

from __future__ import annotations

from ..kit.declaration import RISES, Claim, Means, StudyDeclaration

STRICT = {"contract.penalty": 2.0, "contract.term_truck": 8, "investment.enforcement": 0.95}
LOOSE = {"contract.penalty": 0.0, "contract.term_truck": 1, "investment.enforcement": 0.0}
KNOWLEDGE = {"certain": 0.05, "uncertain": 0.8}
WEATHER = {"calm": 0.4, "turbulent": 2.0}
PLACES = {
    f"{known}, {weather}": {"negotiation.error_none": error, "production.volatility": volatility}
    for known, error in KNOWLEDGE.items()
    for weather, volatility in WEATHER.items()
}
VARIANTS = {
    f"{kind}, {place}": {**values, **terms}
    for place, values in PLACES.items()
    for kind, terms in (("contract", STRICT), ("loose", LOOSE))
}


def little_to_protect(mean: Means) -> str:
    """Say how much turbulence harms exchanges without a contract."""
    return (
        "what turbulence costs is what a contract could have kept: without one "
        f"{mean('loose, certain, calm', 'links'):.1f} run where it is calm and {mean('loose, certain, turbulent', 'links'):.1f} where it is "
        f"turbulent; {mean('loose, certain, calm', 'ends'):.1f} and {mean('loose, certain, turbulent', 'ends'):.1f} end in 30 years."
    )


def errors_come_first(mean: Means) -> str:
    """Say how much uncertainty harms exchanges with and without a contract."""
    without = mean("loose, certain, turbulent", "links") - mean("loose, uncertain, turbulent", "links")
    having = mean("contract, certain, turbulent", "links") - mean("contract, uncertain, turbulent", "links")
    return (
        f"uncertainty costs {without:.1f} exchanges without contracts and {having:.1f} with them: it acts on which talks are opened and "
        "which deals are found, before there is a contract."
    )


def effect(place: str, sign: float = 1.0) -> dict[str, float]:
    """Return the weights of the effect of contracts in one environment."""
    return {f"contract, {place}": sign, f"loose, {place}": -sign}


STUDY = StudyDeclaration(
    id="V2",
    module=__name__,
    title="Contracts and stability",
    question="Do binding contracts raise the number of running exchanges, and most where uncertainty is low and turbulence high?",
    hypothesis="Contracts help, most at low uncertainty and high turbulence",
    source="Albino, Fraccascia and Giannoccaro 2016, Journal of Cleaner Production 112, 4353-4366",
    lever="contract.penalty, contract.term_truck, investment.enforcement together; uncertainty: error of beliefs about the other "
    "side (negotiation.error_none); turbulence: production.volatility",
    scenario="synthetic",
    variants=VARIANTS,
    outcomes={"links": {"indicator": "links", "take": "mean"}, "ends": {"indicator": "ends", "take": "sum"}},
    claims=(
        *(Claim(f"contracts raise running exchanges, {place}", "links", effect(place), RISES, "exchanges") for place in PLACES),
        Claim(
            "more so when turbulent than when calm (certain)", "links", {**effect("certain, turbulent"), **effect("certain, calm", -1)},
            RISES, "exchanges", why=little_to_protect,
        ),
        Claim(
            "more so when certain than when uncertain (turbulent)", "links",
            {**effect("certain, turbulent"), **effect("uncertain, turbulent", -1)}, RISES, "exchanges", why=errors_come_first,
        ),
    ),
)  # fmt: skip
