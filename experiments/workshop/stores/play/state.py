"""What a workshop is at one moment: all of it comes back by repeating the journal, to the bit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.attention import hasten
from ecopark.abm.interventions.seats import find_talk, row_of
from ecopark.abm.park import Park

from .people import Person
from .phases import Pace
from .plan import MONTHS_OF_A_ROUND, Plan

ANSWER_TIME, UNDO_TIME, FLOOR_TIME, MORE_TIME, BALLOT_TIME, CALL_TIME = 45_000, 5_000, 60_000, 60_000, 60_000, 45_000
FLOOR_SPREAD, FLOOR_GROUPS = 1_000, 10  # the floor looks at the seats second by second, not at all of them at once
AGENT_LEAST, AGENT_MOST = 2_000, 6_000
MOST_NEWS, TOKENS, MOST_PROPOSED, MOST_INTRODUCED = 60, 8, 3, 3
LONGEST_PATIENCE = 120  # meetings
STAGES = 8  # rounds that a staged scenario is written for

Message = list[Any]


def say(sentence: str, **places: Any) -> Message:
    """Return a message: an English sentence with named places, and what stands there; a face puts it into its language."""
    return [sentence, places]


@dataclass
class Table:
    """A talk in which a person sits. turn: the company that speaks next; due: ms at which it has to.

    missed: how often a company's person did not answer in time; auto: companies whose agent plays this talk until the
    person touches it. draft: an answer that is sent but not yet delivered, with the ms of its delivery. undone: drafts
    that were taken back since the last word. opportunity: what the talk is about.
    """

    park: int
    talk: int
    turn: str
    due: int
    missed: dict[str, int] = field(default_factory=dict)
    auto: set[str] = field(default_factory=set)
    draft: dict[str, Any] | None = None
    advised: bool = False
    floor: bool = False
    undone: int = 0
    opportunity: int = -1


@dataclass
class Item:
    """Something that waits for a person besides offers. kind: propose, terms, membership, forecast."""

    number: int
    kind: str
    who: str
    terms: dict[str, Any]
    floor: bool = False


class Play:
    """The state of a workshop: parks, pace, people, talks at which people sit, what was asked and answered.

    scenario: what is played. parks: one, or twins with the same seed. tables: by (park, number of the talk). touched:
    whose face has changed since somebody looked; public: whether what all see has. course: everything that was done to
    the parks between the months, in order, so that the debrief can do it again with one seat less. before_vote: the parks
    as they were when the vote was counted. offered: (round, who, what) that the floor has laid before somebody. members: by
    park, company and name. par: what agents alone gain in a round by company [EUR], empty while it is worked out. permits:
    who granted the one of a park and round. ballot: whether votes are cast, after the talk about the packages.
    """

    def __init__(
        self, scenario: Scenario, seed: int, plan: Plan, parks: int = 1, people: int = 24, staged: bool = False
    ):
        self.scenario, self.seed, self.plan, self.expected = patient(scenario), seed, plan, people
        self.staged = staged
        self.parks = [self.found(seed) for _ in range(parks)]
        self.pace = Pace()
        self.people: dict[str, Person] = {}
        self.tables: dict[tuple[int, int], Table] = {}
        self.calls: dict[tuple[int, int], int] = {}  # acceptances that are held, and until when [ms]
        self.items: dict[int, Item] = {}
        self.item_count = 0
        self.offered: set[tuple[int, str, str]] = set()
        self.members: dict[tuple[int, str, str], dict[str, float]] = {}
        self.par: dict[str, float] = {}
        self.permits: dict[tuple[int, int], str] = {}
        self.months_run = 0
        self.started: int | None = None
        self.predictions: dict[int, dict[str, dict[str, float]]] = {}
        self.truths: dict[int, dict[str, Any]] = {}
        self.votes: dict[str, list[int]] = {}
        self.ballot = False
        self.packages: list[dict[str, Any]] = []
        self.chosen: list[dict[str, Any]] = []
        self.tokens: dict[str, int] = {}
        self.feelings: dict[str, dict[str, Any]] = {}
        self.home: dict[str, list[str]] = {}  # what people take home, by code
        self.shocks: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.hints: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.settings: dict[str, Any] = {
            "ranking": False, "blank": False, "frozen": False, "names": False, "slide": 0, "story": 0, "wall": False,
        }  # fmt: skip
        self.round_news: list[dict[str, Any]] = []
        self.signed_now = 0
        self.practice: dict[str, dict[str, Any]] = {}
        self.secrets: list[dict[str, str]] = []
        self.course: list[dict[str, Any]] = []
        self.before_vote: list[Park] = []
        self.digests: dict[int, str] = {}
        self.public = True
        self.touched: set[str] = set()

    def found(self, seed: int) -> Park:
        """Return the park of this workshop at its beginning; what a staged scenario opens by and by opens within its rounds."""
        park = Park(self.scenario, seed)
        if self.staged:
            hasten(park, self.plan.rounds, STAGES, MONTHS_OF_A_ROUND)
        return park

    def did(self, park: int, do: str, **terms: Any) -> None:
        """Note what has been done to a park, in place."""
        self.course.append({"park": park, "month": self.parks[park].month, "do": do, **terms})

    def person(self, code: str) -> Person:
        """Return somebody by code. Raises InputError."""
        if code not in self.people or self.people[code].gone:
            raise InputError([Mistake("person", code or "nobody", "somebody in this workshop")])
        return self.people[code]

    def seat(self, code: str) -> Person:
        """Return somebody who has a company. Raises InputError."""
        person = self.person(code)
        if person.role != "company":
            raise InputError([Mistake("seat", person.role, "a person with a company")])
        return person

    def check_membership(self, person: Person, name: str) -> None:
        """Raise InputError when a company has a membership already."""
        if (person.park, person.company, name) in self.members:
            raise InputError([Mistake("membership", name, "one that you do not have in this round")])

    def at(self, park: int, company: str) -> Person | None:
        """Return who has a company's seat in a park, None when its agent has."""
        for person in self.people.values():
            if person.company == company and person.park == park and person.role == "company" and not person.gone:
                return person
        return None

    def seated(self) -> list[Person]:
        """Return everybody with a company, in the order in which they came."""
        return [person for person in self.people.values() if person.role == "company" and not person.gone]

    def touch(self, *codes: str) -> None:
        """Note that what these people see has changed, in place."""
        self.touched.update(codes)

    def touch_all(self) -> None:
        """Note that what everybody sees has changed, in place."""
        self.public = True
        self.touched.update(self.people)

    def tell(self, code: str, now: int, kind: str, message: Message, link: str = "") -> None:
        """Write a line for somebody's `Since you looked`, in place. kind: good, bad, info."""
        person = self.people[code]
        person.news.append({"time": now, "round": self.pace.round, "kind": kind, "text": message, "link": link})
        del person.news[:-MOST_NEWS]
        self.touch(code)

    def announce(self, now: int, message: Message) -> None:
        """Write a line of news that all may read, in place."""
        self.round_news.append({"time": now, "text": message})
        del self.round_news[:-40]
        self.public = True

    def parties(self, park: int, talk: int) -> tuple[str, str, str]:
        """Return (seller, buyer, who speaks next) of an open talk."""
        record, names = find_talk(self.parks[park], talk), self.parks[park].names
        seller, buyer = names[int(record.seller)], names[int(record.buyer)]
        return seller, buyer, seller if record.speaker == SELLER else buyer

    def open_talks(self, park: int) -> list[int]:
        """Return the numbers of all open talks of a park."""
        state = self.parks[park].state
        return [int(number) for number in state.talks.number[: int(state.clock.talks[0])]]

    def material_of(self, park: int, talk: int) -> Any:
        """Return the by-product a talk is about."""
        record, here = find_talk(self.parks[park], talk), self.parks[park]
        rows: Any = here.scenario.tables["materials"]
        return rows[int(here.state.streams.material[record.supply])]

    def last_offer(self, park: int, talk: int, side: int) -> float:
        """Return the price that a side asked or offered last, NaN before the first."""
        record = find_talk(self.parks[park], talk)
        return float(record.price_seller if side == SELLER else record.price_buyer)

    def plays(self, park: int, company: str) -> bool:
        """Tell whether a person decides for a company at present."""
        return bool(self.parks[park].state.companies.seat[row_of(self.parks[park], company)] == 1)


def patient(scenario: Scenario) -> Scenario:
    """Return a scenario in which a talk waits for a person as long as may be: two years pass between two decisions."""
    return scenario.replace({"negotiation.patience": LONGEST_PATIENCE})


def side_name(side: int) -> str:
    """Return seller or buyer."""
    return "seller" if side == SELLER else "buyer"


def other_side(side: int) -> int:
    """Return the side across the table."""
    return BUYER if side == SELLER else SELLER
