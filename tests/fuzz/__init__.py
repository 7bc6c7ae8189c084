"""A bounded fuzzer of everything that reads input: `python -m tests.fuzz --help`."""
