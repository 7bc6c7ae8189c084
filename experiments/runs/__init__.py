"""One run or an ensemble: from scenario to folder, report and score."""
