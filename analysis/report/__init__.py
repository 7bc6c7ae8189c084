"""Reports of runs, sweeps and validation as HTML pages."""
