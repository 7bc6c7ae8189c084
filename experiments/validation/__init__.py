"""`ecopark benchmark`: one set of shared parameters on many parks, against null models, with a posterior."""
