"""One file per question that a study answers with a verdict."""
