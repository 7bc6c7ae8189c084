"""What is wrong with an input, all of it at once, in a modeller's words."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable
from dataclasses import dataclass

from .plain_text import shown


class _Short(reprlib.Repr):
    """Values as a line can hold them; Python itself refuses to write whole numbers of thousands of digits."""

    def repr_int(self, value: int, level: int) -> str:
        """Return a whole number, shortened when it is long."""
        return super().repr_int(value, level) if value.bit_length() < 10_000 else "a number of thousands of digits"


_SHORT = _Short()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 200
MOST_SHOWN = 200
"""Mistakes that are listed; a wrong column of a long table would bury what else is wrong."""
LONGEST_NAME = 200
TOML = 'valid TOML; text needs quotes (mode = "planned"), a decimal point is a point (0.5)'


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong.

    place: file and line, or dotted key. value: what was found. allowed: what would be right.
    nearest: the known name that is most like the value, if a name was meant.
    """

    place: str
    value: object
    allowed: str
    nearest: str | None = None

    def __str__(self) -> str:
        """Say the mistake in one line."""
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{shown(self.place)}: {_SHORT.repr(self.value)} is not allowed; expected: {shown(self.allowed)}{hint}"


class InputError(ValueError):
    """Raised before the first step, with every mistake found.

    mistakes: list of `Mistake`, in the order of the input.
    """

    def __init__(self, mistakes: Iterable[Mistake]):
        self.mistakes = list(mistakes)
        super().__init__(str(self))

    def __str__(self) -> str:
        """List the mistakes, one a line."""
        count = len(self.mistakes)
        head = f"{count} mistake{'s' if count != 1 else ''} in the input:"
        more = [f"  and {count - MOST_SHOWN} more"] if count > MOST_SHOWN else []
        return "\n".join([head, *(f"  - {mistake}" for mistake in self.mistakes[:MOST_SHOWN]), *more])

    def __reduce__(self):
        """Travel between processes with the list of mistakes whole."""
        return type(self), (self.mistakes,)


def nearest(name: object, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known name most like `name`, or None when nothing is near; likeness: from 0 to 1 (the same)."""
    if len(str(name)) > LONGEST_NAME:
        return None
    matches = difflib.get_close_matches(str(name).lower(), list(known), n=1, cutoff=likeness)
    return matches[0] if matches else None
