"""optuna: the policy that is worth most, where a tonne reused counts 100 euros and its programme what it costs."""

import optuna

import ecopark

outcomes = {"material_reused": "sum", "programme_cost": "sum"}
study = {"scenario": "synthetic", "years": 5, "replicates": 2, "set": {"synthetic.companies": 10}, "outcomes": outcomes}
park = ecopark.point_function(study)


def worth(trial):
    """Return euros: 100 for each tonne reused, less what the programme costs."""
    policy = {
        "policy.landfill_tax": trial.suggest_float("tax", 0, 100),
        "policy.broker": trial.suggest_int("broker", 0, 1),
    }
    found = park(**policy)
    return 100 * found["material_reused_sum"] - found["programme_cost_sum"]


optuna.logging.set_verbosity(optuna.logging.WARNING)
search = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=1))
search.optimize(worth, n_trials=20)

if __name__ == "__main__":
    print(search.best_params, search.best_value)
