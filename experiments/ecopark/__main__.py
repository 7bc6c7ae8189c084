"""`python -m ecopark`: the command line, where its script is not on the path."""

from ecopark.experiments.start import main

if __name__ == "__main__":
    main()
