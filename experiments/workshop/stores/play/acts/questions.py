"""What people answer: predictions, votes, and how it felt."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import as_number
from ecopark.abm.policies import POLICIES

from ..practice import practise
from ..questions import NO_CHANGE, questions_of
from ..state import Play
from .base import CLOCK, act
from .talks import count

MOST_PACKAGES, LONGEST_WORD, LONGEST_ANSWER, HOME_QUESTIONS = 4, 24, 120, 3


@act("predict")
def predict(play: Play, who: str, now: int, values: Any) -> None:
    """Predict how the round ends; what is left out is not entered."""
    if play.pace.phase != "predict":
        raise InputError([Mistake("prediction", "too late", "a prediction before the round begins")])
    person = play.person(who)
    kinds = {question["name"]: question["kind"] for question in questions_of(play, person)}
    if not isinstance(values, dict) or not values:
        raise InputError([Mistake("prediction", "nothing", "a number")])
    given = {}
    for name, value in values.items():
        number = as_number(value)
        most = 1e6 if kinds.get(name) == "number" else 1.0
        if name not in kinds or number is None or not 0 <= number <= most:
            raise InputError([Mistake("prediction", value, f"a number from 0 to {most:g}")])
        given[name] = number
    play.predictions.setdefault(play.pace.round, {}).setdefault(who, {}).update(given)
    play.touch(who)
    play.public = True


@act("forecast")
def forecast(play: Play, who: str, now: int, item: Any, value: Any) -> None:
    """Answer a question that the floor has asked: yes (1) or no (0); it is scored like a prediction."""
    person, found = play.person(who), play.items.get(item) if isinstance(item, int) else None
    if found is None or found.who != who or found.kind != "forecast":
        raise InputError([Mistake("item", item, "a question that waits for you")])
    if as_number(value) not in (0.0, 1.0):
        raise InputError([Mistake("forecast", value, "1 for yes, 0 for no")])
    play.predictions.setdefault(play.pace.round, {}).setdefault(who, {})[found.terms["question"]] = float(value)
    del play.items[item]
    count(play, person)
    play.touch(who)


@act("par", CLOCK)
def par(play: Play, who: str, now: int, values: Any) -> None:
    """Note what agents alone gain in a round, by company [EUR]: by it the floor knows what makes a difference."""
    play.par = {str(name): float(value) for name, value in values.items()}


@act("practise")
def practise_(play: Play, who: str, now: int, decision: Any, price: Any = 0.0) -> dict[str, Any]:
    """Do one step of the practice deal."""
    person = play.person(who)
    number = as_number(price)
    if decision not in ("accept", "counter", "leave") or number is None:
        raise InputError([Mistake("practice", decision, "accept, counter or leave, with a price")])
    play.touch(who)
    return dict(practise(play, person, decision, number))


@act("vote")
def vote(play: Play, who: str, now: int, packages: Any) -> None:
    """Approve of as many packages as one likes; the last word counts."""
    if play.pace.phase != "vote":
        raise InputError([Mistake("vote", "too late", "a vote while it is open")])
    if not play.ballot:
        raise InputError([Mistake("vote", "too early", "a vote after the talk about the packages")])
    play.person(who)
    places = packages if isinstance(packages, list) else [packages]
    if not all(isinstance(place, int) and 0 <= place < len(play.packages) for place in places):
        raise InputError([Mistake("vote", str(packages), "packages that stand to vote")])
    play.votes[who] = sorted(set(places))
    play.touch(who)
    play.public = True


@act("package")
def package(play: Play, who: str, now: int, name: Any, levers: Any) -> None:
    """Put a package of levers to the vote; a member of the council, before the vote begins."""
    person = play.person(who)
    if person.role != "council" or play.pace.round > play.plan.policy or play.pace.phase in ("vote", "run", "reveal"):
        raise InputError([Mistake("package", "too late", "a package of the council before the vote")])
    if len(play.packages) > MOST_PACKAGES:
        raise InputError([Mistake("package", len(play.packages), f"at most {MOST_PACKAGES} packages")])
    if not isinstance(levers, dict) or not set(levers) <= set(POLICIES):
        raise InputError([Mistake("levers", str(levers), f"one of {', '.join(POLICIES)}")])
    sizes = {}
    for lever, size in levers.items():
        number = as_number(size)
        if number is None:
            raise InputError([Mistake(lever, size, "a number")])
        play.parks[0].scenario.replace({f"policy.{lever}.size": number})  # refuses what is out of range
        sizes[lever] = number
    if not play.packages:
        play.packages.append({"name": NO_CHANGE, "levers": {}, "cost": 0.0})
    play.packages.append({"name": str(name)[:40] or "Package", "levers": sizes, "cost": None, "by": who})
    play.touch_all()


@act("feel")
def feel(play: Play, who: str, now: int, mood: Any = None, surprise: Any = None, word: Any = "") -> None:
    """Say how it felt: two taps from 1 to 5 and one word."""
    if play.pace.phase not in ("debrief", "ended"):
        raise InputError([Mistake("feeling", play.pace.phase, "an answer in the debrief")])
    for name, value in (("mood", mood), ("surprise", surprise)):
        if value is not None and value not in range(1, 6):
            raise InputError([Mistake(name, value, "a number from 1 to 5")])
    said = readable(word, LONGEST_WORD)
    play.feelings[play.person(who).code] = {"mood": mood, "surprise": surprise, "word": said}
    play.touch(who)
    play.public = True


@act("take_home")
def take_home(play: Play, who: str, now: int, answers: Any) -> None:
    """Answer the three questions that one takes home; what is left out stays empty."""
    if play.pace.phase not in ("debrief", "ended"):
        raise InputError([Mistake("answer", play.pace.phase, "an answer in the debrief")])
    if not isinstance(answers, list) or len(answers) != HOME_QUESTIONS:
        raise InputError([Mistake("answers", "too many or too few", f"{HOME_QUESTIONS} answers")])
    play.home[play.person(who).code] = [readable(answer, LONGEST_ANSWER) for answer in answers]
    play.touch(who)
    play.public = True


def readable(text: Any, longest: int) -> str:
    """Return the beginning of what somebody typed, without letters that cannot be shown."""
    return "".join(letter for letter in str(text or "") if letter.isprintable()).strip()[:longest]
