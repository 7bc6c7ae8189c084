"""The environment by which the launcher says what a process serves; light, so that the server answers at once."""

SCENARIO_VARIABLE, SAVES_VARIABLE = "ECOPARK_WORKSHOP_SCENARIO", "ECOPARK_WORKSHOP_SAVES"
NO_SAVES = "none"
HOST_VARIABLE = "ECOPARK_WORKSHOP_HOST"
