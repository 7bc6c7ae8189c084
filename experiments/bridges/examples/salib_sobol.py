"""SALib: which of two assumptions decides how many links a small park has (Sobol indices)."""

import pandas as pd
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sample

import ecopark

park = {"years": 5, "set": {"synthetic.companies": 10}, "outcomes": {"links": "mean"}}
factors = {"search.hours": "declared", "behaviour.threshold": {"low": 0.3, "high": 0.7}}
study = {"scenario": "synthetic", "factors": factors, "design": {"kind": "sobol", "points": 2}, **park}
problem = ecopark.plan_study(study).study.problem()
points = pd.DataFrame(sample.sample(problem, 16, calc_second_order=False, seed=1), columns=problem["names"])
links = ecopark.evaluate("synthetic", points, replicates=2, workers=0, **park)["links_mean"]
indices = analysis.analyze(problem, links.to_numpy(), calc_second_order=False, seed=1)

if __name__ == "__main__":
    print(*indices.to_df(), sep="\n\n")
