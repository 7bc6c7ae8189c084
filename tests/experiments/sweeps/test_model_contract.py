"""Names of models in files of 0.1 are read as what they are today."""

import pytest

from ecopark.experiments.sweeps.execution.model_contract import PARK, load_model, name_today


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("experiments.sweeps.park_runs", PARK),
        (
            "experiments.study_model:experiments.studies.v5_mismatch",
            "ecopark.experiments.studies.kit.measured_park:ecopark.experiments.studies.questions.v5_mismatch",
        ),
        (PARK, PARK),
        ("mine.experiments.studies", "mine.experiments.studies"),
    ],
)
def test_names_of_older_files_are_translated(written, today):
    assert name_today(written) == today


def test_a_model_of_an_older_file_is_found():
    assert load_model("experiments.sweeps.park_runs").__name__ == PARK
