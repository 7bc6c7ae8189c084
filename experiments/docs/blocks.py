"""The fenced blocks of a page: commands, code, files that the reader writes, and what is printed.

sh          is run, line by line, in a folder of its own for each page
python      is run, all blocks of a page one after the other; with a title it is a file that the reader writes
toml, csv   with a title: a file that the reader writes
text        with the title "prints": what the block before it prints; `prints, first 5 lines` and `prints, last 5 lines`
console     is shown alone: what installs, serves or needs other machines; its lines are read by the command line all the same
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN = re.compile(r'^(?P<indent> *)```(?P<language>[a-z]+)(?: title="(?P<title>[^"]*)")?\s*$')
PRINTS = re.compile(r"^prints(?:, (?P<side>first|last) (?P<count>\d+) lines)?$")
# What differs from one time to the next and from one machine to the next.
CHANGING = re.compile(r"\b\d+(?:[.,]\d+)*(?: thousand| million)? ?(?:s|ms|seconds|minutes|min|runs/s|MB|kB|B|GB)\b")


@dataclass(frozen=True)
class Block:
    """A fenced block: language, title, text without indent; first, last: its lines in the page, without the fences."""

    language: str
    title: str
    text: str
    first: int
    last: int
    indent: str

    @property
    def is_file(self) -> bool:
        """Whether the reader is asked to write it into a file of that name."""
        return bool(self.title) and not self.is_print

    @property
    def is_print(self) -> bool:
        """Whether it shows what the block before it prints."""
        return self.language == "text" and PRINTS.match(self.title) is not None

    def part_of(self, printed: str) -> str:
        """Return what of an output the block shows."""
        lines = printed.rstrip("\n").splitlines()
        found = PRINTS.match(self.title)
        if found is None or not found["side"]:
            return "\n".join(lines)
        count = int(found["count"])
        return "\n".join(lines[:count] if found["side"] == "first" else lines[-count:])


def blocks_of(page: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    lines, found, at = page.splitlines(), [], 0
    while at < len(lines):
        start = OPEN.match(lines[at])
        if start is None:
            at += 1
            continue
        end = next(row for row in range(at + 1, len(lines)) if lines[row].strip() == "```")
        text = "\n".join(line.removeprefix(start["indent"]) for line in lines[at + 1 : end])
        found.append(Block(start["language"], start["title"] or "", text, at + 1, end, start["indent"]))
        at = end + 1
    return found


def steady(printed: str) -> str:
    """Return an output without what changes from time to time: durations, rates, sizes, blanks at the ends of lines."""
    return "\n".join(CHANGING.sub("#", line).rstrip() for line in printed.strip("\n").splitlines())
