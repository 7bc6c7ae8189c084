"""`ecopark app`: the browser view."""

from __future__ import annotations

from experiments.app_command import app as command

__all__ = ["command"]
