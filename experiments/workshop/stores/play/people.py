"""People of a workshop: by random code in the journal; names, return words and hashes of keys in a file of their own."""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.text_files import read_json

from .journal import write_private

ROLES = ("company", "council", "broker", "observer")
FACILITATOR = "facilitator"
MOST_PEOPLE, LONGEST_NAME = 60, 24
ANIMALS = (
    "Badger", "Beaver", "Crane", "Curlew", "Dolphin", "Eagle", "Falcon", "Finch", "Fox", "Gull", "Hare", "Heron", "Ibex",
    "Kite", "Lark", "Lynx", "Marten", "Mole", "Newt", "Otter", "Owl", "Plover", "Raven", "Robin", "Seal", "Stork", "Swan",
    "Tern", "Toad", "Trout", "Vole", "Wren",
)  # fmt: skip
WORDS = (
    "ACORN", "AMBER", "APPLE", "ASH", "BASIL", "BEECH", "BERRY", "BIRCH", "CEDAR", "CHERRY", "CLAY", "CLOVER", "COAL",
    "COPPER", "CORAL", "CORK", "DAISY", "ELM", "FERN", "FIG", "FLAX", "FLINT", "GINGER", "GRAPE", "HAZEL", "HOLLY", "IRIS",
    "IVY", "JADE", "LEMON", "LILAC", "LIME", "LINEN", "MAPLE", "MINT", "MOSS", "OAK", "OLIVE", "ONYX", "OPAL", "PEACH",
    "PEAR", "PEARL", "PINE", "PLUM", "POPPY", "QUARTZ", "REED", "ROSE", "RUBY", "SAGE", "SLATE", "THYME", "TIN", "TULIP",
    "WALNUT", "WHEAT", "WILLOW", "YEW", "ZINC",
)  # fmt: skip


@dataclass
class Person:
    """Somebody in a workshop. code: random, stands in the journal. park: which of the twin parks. company: "" for none.

    autopilot: why the agent plays: "" (it does not), asked, away, facilitator. extra: round in which more time was taken.
    away_since, away_ms: since when the person is away (-1: is not), and for how long before.
    idle: ms since which nothing waits for the person, -1 while something does. checked: ms at which the floor looked. news: what happened to the seat, newest last.
    """

    code: str
    number: int
    role: str
    park: int
    company: str
    consent: bool = False
    language: str = "en"
    device: str = "phone"
    autopilot: str = ""
    extra: int = 0
    idle: int = 0
    checked: int = 0
    looked: int = 0
    news: list[dict[str, Any]] = field(default_factory=list)
    decisions: dict[int, int] = field(default_factory=dict)
    floors: int = 0
    gone: bool = False
    away_since: int = -1
    away_ms: int = 0

    @property
    def seated(self) -> bool:
        """Tell whether the person decides for a company at present."""
        return self.role == "company" and not self.gone and not self.autopilot


@dataclass
class Identity:
    """What never stands in the journal. keys: hashes of the cookies of the devices."""

    name: str
    word: str
    keys: list[str] = field(default_factory=list)


def hash_of(key: str) -> str:
    """Return what is kept of a secret key of 128 bits."""
    return hashlib.sha256(key.encode()).hexdigest()


def clean_name(name: str) -> str:
    """Return a name as it is shown: one line, no control letters, at most 24 letters."""
    kept = "".join(" " if letter.isspace() else letter for letter in name if not _controls(letter) or letter.isspace())
    return " ".join(kept.split())[:LONGEST_NAME].strip()


def _controls(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C"


class Identities:
    """Names and keys of a workshop, kept in a file that the user alone may read. path: None keeps nothing on the disk.

    lead: name of who leads the workshop, shown to everybody.
    """

    def __init__(self, path: Path | None):
        self.path = path
        self.people: dict[str, Identity] = {}
        self.console: list[str] = []
        self.link = self.lead = ""
        if path is not None and path.exists():
            with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
                kept = read_json(path)
                self.people = {code: Identity(**value) for code, value in kept["people"].items()}
                self.console, self.link = [str(key) for key in kept["console"]], str(kept["link"])
                self.lead = clean_name(str(kept.get("lead", "")))

    def save(self) -> None:
        """Write the file; a disk that is full leaves the old one."""
        if self.path is None:
            return
        kept = {
            "people": {code: asdict(value) for code, value in self.people.items()},
            "console": self.console,
            "link": self.link,
            "lead": self.lead,
        }
        part = self.path.with_suffix(".part")
        with suppress(OSError):
            write_private(part, json.dumps(kept, ensure_ascii=False).encode())
            part.replace(self.path)

    def add(self, code: str, name: str, key: str) -> Identity:
        """Keep a new person; nobody has the name of another."""
        self.people[code] = Identity(self._free_name(name), self._free_word(), [hash_of(key)])
        self.save()
        return self.people[code]

    def call_lead(self, name: str) -> None:
        """Keep the name of who leads the workshop; everybody may see it, "" for nobody's."""
        self.lead = clean_name(name)
        self.save()

    def rename(self, code: str, name: str) -> None:
        """Give a person another name."""
        cleaned = clean_name(name)
        if not cleaned:
            raise InputError([Mistake("name", name, "a name of 1 to 24 letters")])
        self.people[code].name = "" if self.people[code].name == cleaned else self.people[code].name
        self.people[code].name = self._free_name(cleaned)
        self.save()

    def _free_name(self, name: str) -> str:
        taken = {person.name for person in self.people.values()}
        wished = clean_name(name)
        if not wished:
            wished = f"{secrets.choice(ANIMALS)} {secrets.randbelow(90) + 10}"
        free, number = wished, 1
        while free in taken:
            number += 1
            free = f"{wished[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        return free

    def _free_word(self) -> str:
        taken = {person.word for person in self.people.values()}
        while True:
            word = f"{secrets.choice(WORDS)} {secrets.randbelow(90) + 10}"
            if word not in taken:
                return word

    def who_has(self, key: str) -> str:
        """Return the code of the person with a device's key, "" for nobody."""
        hashed = hash_of(key)
        return next((code for code, value in self.people.items() if hashed in value.keys), "")

    def who_says(self, word: str) -> str:
        """Return the code of the person with a return word, "" for nobody."""
        said = " ".join(word.upper().split()).encode()
        found = [code for code, value in self.people.items() if secrets.compare_digest(value.word.encode(), said)]
        return found[0] if found else ""

    def bind(self, code: str, key: str) -> None:
        """Let a device speak for a person, and for nobody else; at most four devices each."""
        hashed = hash_of(key)
        for other in self.people.values():
            if hashed in other.keys:
                other.keys.remove(hashed)
        self.people[code].keys = [*self.people[code].keys, hashed][-4:]
        self.save()

    def remove(self, code: str) -> None:
        """Forget somebody who did not come in after all."""
        self.people.pop(code, None)
        self.save()

    def leads(self, key: str) -> bool:
        """Tell whether a device has the console."""
        return bool(key) and hash_of(key) in self.console

    def make_link(self) -> str:
        """Return a new key of 128 bits that opens the console; only its hash is kept."""
        key = secrets.token_urlsafe(16)
        self.link = hash_of(key)
        self.save()
        return key

    def is_link(self, key: str) -> bool:
        """Tell whether a key opens the console."""
        return bool(self.link) and secrets.compare_digest(hash_of(key), self.link)

    def give_console(self, key: str) -> None:
        """Give a device the console; at most four have it, the oldest loses it."""
        hashed = hash_of(key)
        if hashed not in self.console:
            self.console = [*self.console, hashed][-4:]
            self.save()
