"""Catalogues: sentences taken out of the faces and their server, put into po files, and written for the faces as JSON.

The English sentence is its own key. Babel (https://babel.pocoo.org) extracts, reads and writes; it is needed here alone,
not to run a workshop. After a sentence has changed: `python -m ecopark.experiments.workshop.languages.catalogue`, then
fill what is empty in the po files, then once more. Another language is another po file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .declared import declared
from .translate import SCALES

HERE = Path(__file__).parent
WORKSHOP = HERE.parent
FACES = WORKSHOP / "faces"
SAID_IN = ("stores/play", "view_models/faces", "server")
TOLD_IN = (
    "view_models", "components", "stores/newcomer.py", "stores/handlers.py", "stores/levers.py", "stores/explorer.py",
    "languages/refusals.py", "languages/translate.py", "server/page.py",
)  # fmt: skip
PLACE = re.compile(r"\{(\w+)(?::[^}]*)?\}")


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.stem for path in HERE.glob("*.po"))


def sentences() -> dict[str, str]:
    """Return every sentence that can be shown, with the place it comes from: those of the faces, then those of reports."""
    found = shown()
    for place, sentence in _told():
        found.setdefault(sentence, place)
    return found


def shown() -> dict[str, str]:
    """Return every sentence that a face may show, with the place it comes from."""
    found: dict[str, str] = {}
    for place, sentence in _said():
        found.setdefault(sentence, place)
    for place, sentence in _named():
        found.setdefault(sentence, place)
    return found


def _told() -> Iterator[tuple[str, str]]:
    """Yield the sentences of the report of a workshop, of the application, of `ecopark why`, and of events."""
    from babel.messages.extract import extract_from_file

    from ecopark.abm.observation.event_texts import PATTERNS, REASON_WORDS
    from ecopark.analysis import exchanges

    stories = sorted(Path(exchanges.__file__).parent.glob("*.py"))
    pages = [page for name in TOLD_IN for page in _modules(WORKSHOP / name)]
    for path in (*pages, *stories):
        for _, message, _, _ in extract_from_file("python", str(path), keywords={"t": None, "mark": None}):
            yield path.name, str(message)
    yield from (("figures", scale) for scale in SCALES)
    yield from (("sectors", sector) for sector in _sectors())
    yield from (("events", words) for words in (*PATTERNS.values(), *REASON_WORDS.values()))
    yield from declared()


def _modules(path: Path) -> list[Path]:
    """Return a module, or the modules of a folder."""
    return sorted(path.glob("*.py")) if path.is_dir() else [path]


def _sectors() -> list[str]:
    """Return the sectors of all types of the library, as the map names them."""
    from ecopark.abm.input.loading import load_scenario

    types: Any = load_scenario("harbour").tables["types"]
    return sorted({row.sector.replace("_", " ") for row in types})


def _said() -> Iterator[tuple[str, str]]:
    """Yield the sentences in t(...), mark(...) and say(...)."""
    from babel.messages.extract import extract_from_file

    javascript: dict[str, Any] = {"t": None, "mark": None}
    inside = {"parse_template_string": True}  # what stands within `${...}`, too
    for path in sorted(FACES.glob("*.js")):
        for _, message, _, _ in extract_from_file("javascript", str(path), keywords=javascript, options=inside):
            yield path.name, str(message)
    for folder in SAID_IN:
        for path in sorted((WORKSHOP / folder).rglob("*.py")):
            for _, message, _, _ in extract_from_file("python", str(path), keywords={"say": None}):
                yield path.name, str(message)


def _named() -> Iterator[tuple[str, str]]:
    """Yield the words that come from tables: reasons, packages, causes of losses, what Kalundborg trades, and all that the harbour has."""
    from ecopark.abm.entities.codes import REASONS
    from ecopark.abm.initialization.found import ground_of
    from ecopark.abm.input.loading import load_scenario
    from ecopark.abm.observation.event_texts import REASON_WORDS
    from ecopark.abm.policies import POLICIES
    from ecopark.analysis.value.central_optimum import LOSSES

    from ..stores.play.people import ROLES
    from ..stores.play.questions import PACKAGES
    from ..stores.play.roster import seat_file
    from ..view_models.beats import SENTENCES as BEATS
    from ..view_models.beats import brief

    yield from (("reasons", REASON_WORDS[reason]) for reason in REASONS if reason in REASON_WORDS)
    yield from (("losses", cause) for cause in LOSSES.values())
    yield from (("levers", words) for kind in POLICIES.values() for words in (kind.label, kind.unit) if words)
    yield from (("roles", role) for role in ROLES)
    yield from (("packages", str(package["name"])) for package in PACKAGES)
    harbour = load_scenario("harbour")
    for scenario in (harbour, load_scenario("kalundborg")):
        materials: Any = scenario.tables["materials"]
        used = {int(place) for place in ground_of(scenario).streams.material}
        labels = [materials[place].label for place in sorted(used)]
        yield from (("materials", words) for label in labels for words in dict.fromkeys((label, brief(label))))
    types: Any = harbour.tables["types"]
    played = {row.type for row in harbour.tables["companies"]}
    for row in types:
        if row.type in played:
            yield "types", row.label
            yield "types", row.product
    yield from (("seats", line["secret"]) for line in seat_file("harbour"))
    yield from (("beats", sentence) for sentence in BEATS)


def places_of(sentence: str) -> list[str]:
    """Return the named places of a sentence, in alphabetical order."""
    return sorted(PLACE.findall(sentence))


def read(language: str) -> dict[str, str]:
    """Return a catalogue: translation by sentence; what is not translated is left out."""
    from babel.messages.pofile import read_po

    with (HERE / f"{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}


def write(language: str, known: dict[str, str]) -> None:
    """Write a catalogue of all sentences with what is known of them, what the faces load, and what reports read."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=language, project="ecopark", charset="utf-8", fuzzy=False)
    whole = sentences()
    for sentence, place in whole.items():
        catalogue.add(sentence, known.get(sentence, ""), locations=[(place, 0)])
    with (HERE / f"{language}.po").open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=False, include_lineno=False, sort_output=False)
    (FACES / "languages").mkdir(exist_ok=True)
    faces = shown()
    _keep(
        FACES / "languages" / f"{language}.json", {one: known[one] for one in whole if one in faces and known.get(one)}
    )
    _keep(HERE / f"{language}.json", {one: known[one] for one in whole if one not in faces and known.get(one)})


def _keep(path: Path, translated: dict[str, str]) -> None:
    path.write_text(json.dumps(translated, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Bring every catalogue in line with the sentences, and print what is missing."""
    for language in languages():
        known = read(language)
        write(language, known)
        missing = [sentence for sentence in sentences() if not known.get(sentence)]
        print(f"{language}: {len(sentences()) - len(missing)} sentences, {len(missing)} missing")
        for sentence in missing:
            print(f"  {sentence}")


if __name__ == "__main__":
    main()
