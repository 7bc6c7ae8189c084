"""Published models rebuilt as small models of their own and compared with their own numbers.

`declared()["R1"].replicate(quick=True, seed=1)` runs one; see README.md for what each found.
"""

from .declaration import Replication, declared
from .result import Published

__all__ = ["Published", "Replication", "declared"]
