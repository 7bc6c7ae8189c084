"""pyabc: two parameters from the links of a park, by approximate Bayesian computation on a small budget."""

import pyabc

import ecopark

study = {"scenario": "synthetic", "years": 12, "replicates": 2, "set": {"synthetic.companies": 30}}
links = ecopark.point_function({**study, "outcomes": {"links": {"indicator": "links", "take": "series"}}})
observed = links(**{"behaviour.threshold": 0.45, "search.hours": 20.0})
prior = pyabc.Distribution(
    **{"behaviour.threshold": pyabc.RV("uniform", 0.3, 0.4), "search.hours": pyabc.RV("uniform", 5, 35)}
)
inference = pyabc.ABCSMC(
    lambda values: links(**values), prior, lambda one, other: float(abs(one["links"] - other["links"]).sum()),
    population_size=20, sampler=pyabc.sampler.SingleCoreSampler(),
)  # fmt: skip
inference.new("sqlite://", observed)
posterior, weights = inference.run(max_nr_populations=3).get_distribution()

if __name__ == "__main__":
    print(posterior.describe())
