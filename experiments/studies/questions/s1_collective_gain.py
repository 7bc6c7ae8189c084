"""S1: collective gain exceeds the sum of what companies gain by optimising alone."""

from __future__ import annotations

from ..kit.declaration import RISES, Claim, StudyDeclaration

STUDY = StudyDeclaration(
    id="S1",
    module=__name__,
    title="Collective gain",
    question="Do companies together gain more when the network is planned for all than when each looks after itself?",
    hypothesis="The planned park gains more than the self-organised one, which gains more than companies alone (zero)",
    source="claims of eco-industrial parks; Chertow 2000, doi:10.1146/annurev.energy.25.1.313",
    lever="governance.mode self_organised or planned",
    scenario="synthetic",
    variants={"self": {"governance.mode": "self_organised"}, "planned": {"governance.mode": "planned"}},
    outcomes={"gain": {"indicator": "gain", "take": "sum"}},
    claims=(
        Claim("companies gain by exchanging at all", "gain", {"self": 1}, RISES, "EUR over 30 years"),
        Claim("a plan for all gains more", "gain", {"planned": 1, "self": -1}, RISES, "EUR over 30 years"),
    ),
    replicates=(100, 8),
)
