"""EMA workbench: which policy has the smallest greatest regret over what nobody knows (robust search)."""

import ema_workbench

import ecopark

study = {
    "scenario": "synthetic", "years": 8, "replicates": 2, "set": {"synthetic.companies": 20}, "design": "grid",
    "factors": {"behaviour.threshold": {"low": 0.3, "high": 0.7, "levels": 2}},
    "policies": {"none": {}, "tax": {"policy.landfill_tax": 60}, "broker": {"policy.broker": 1}}, "outcomes": {"links": "mean"},
}  # fmt: skip
experiments, outcomes = ema_workbench.perform_experiments(
    ecopark.ema_model(study), scenarios=6, policies=3, lever_sampling=ema_workbench.Samplers.FF
)
links = experiments.assign(links=outcomes["links_mean"]).pivot(
    index="scenario", columns="chosen_policy", values="links"
)
regret = links.rsub(links.max(axis=1), axis=0).max()

if __name__ == "__main__":
    print(regret.sort_values())
