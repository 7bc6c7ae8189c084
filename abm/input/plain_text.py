"""Text that is nothing but text: what of a name may reach a terminal, a page, a table or a folder."""

from __future__ import annotations

import unicodedata

# Control letters, marks that turn or hide text, halves of letters, ends of lines; joiners belong to how some languages write.
_REFUSED = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_JOINERS = "\u200c\u200d"


def plain_text(value: str) -> str:
    """Return a text as it is; raises ValueError when it holds letters that control a terminal or hide what is read."""
    if value.isprintable():
        return value
    wrong = next((letter for letter in value if is_control(letter)), None)
    if wrong is not None:
        raise ValueError(f"text without control letters (found U+{ord(wrong):04X})")
    return value


def is_control(letter: str) -> bool:
    """Tell whether a letter controls how others are shown instead of being shown."""
    return unicodedata.category(letter) in _REFUSED and letter not in _JOINERS


def shown(value: str) -> str:
    """Return a text of unknown origin without effect on a terminal: control letters as their codes."""
    if value.isprintable():
        return value
    return "".join(letter if letter == "\n" or not is_control(letter) else f"\\u{ord(letter):04x}" for letter in value)
