"""Handlers are wrapped: a mistake is answered on the page, a failure never takes the page away."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake

log = logging.getLogger("ecopark.workshop")


def say(mistake: Mistake) -> str:
    """Say a mistake to the person who made it."""
    hint = f"; did you mean {mistake.nearest!r}?" if mistake.nearest else ""
    if mistake.value in ("", "nothing", "this"):
        return f"needed here: {mistake.allowed}{hint}"
    return f"{mistake.value} is not allowed: {mistake.allowed}{hint}"


def guarded(action: Callable) -> Callable:
    """Let an action of a store answer wrong input and failures by `self.message`, never by an exception."""

    @functools.wraps(action)
    def safe(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return action(self, *arguments, **named)
        except InputError as error:
            self.say(". ".join(say(mistake) for mistake in error.mistakes))
        except Exception as error:
            log.exception("an action failed: %s", action.__name__)
            self.say(f"That did not work ({type(error).__name__}: {error}). Nothing else has changed.")
        return None

    return safe
