"""`python -m tests.baseline --rewrite` keeps what the runs give now; without it, says what has changed."""

from __future__ import annotations

import argparse

import numpy as np

from tests.baseline import RUNS, measure, read, rewrite


def main() -> None:
    """Rewrite the baseline, or print the largest change of every column."""
    parser = argparse.ArgumentParser(prog="python -m tests.baseline", description=__doc__)
    parser.add_argument("--rewrite", action="store_true", help="keep what the runs give now")
    if parser.parse_args().rewrite:
        for name in RUNS:
            rewrite(name)
        return
    for name in RUNS:
        kept_columns, kept = read(name)
        columns, now = measure(name)
        if columns != kept_columns or now.shape != kept.shape:
            print(f"{name}: other columns or years")
            continue
        scale = np.maximum(np.nanmax(np.abs(kept), axis=0), 1e-12)
        change = np.nanmax(np.abs(now - kept), axis=0) / scale
        moved = [f"{column} {part:.2g}" for column, part in zip(columns, change, strict=True) if part > 1e-9]
        print(f"{name}: {', '.join(moved) or 'as kept'}")


if __name__ == "__main__":
    main()
