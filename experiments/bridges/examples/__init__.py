"""Ten lines each: the model with SALib, the EMA workbench, pyabc, optuna and xarray; the tests run them."""
