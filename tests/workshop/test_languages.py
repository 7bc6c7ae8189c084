"""The catalogues: nothing missing, the same places in every language, what the faces load is what the po files say."""

import json
import re

import pytest

pytest.importorskip("babel")
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.experiments.workshop.components import doors
from ecopark.experiments.workshop.languages import catalogue
from ecopark.experiments.workshop.languages.refusals import refusal
from ecopark.experiments.workshop.languages.tab import language_of
from ecopark.experiments.workshop.languages.translate import Translator
from ecopark.experiments.workshop.stores.levers import HIDDEN
from ecopark.experiments.workshop.stores.play.acts.seats import LANGUAGES
from ecopark.experiments.workshop.view_models.beats import GIVES_BRIEF, Beat, told

TRANSLATED = [language for language in LANGUAGES if language != "en"]
BAR = ("Accept", "Answer", "Walk away", "Send", "Back", "Undo", "Offer", "Predict", "Vote", "Visit", "Not now")
TABS = ("Now", "Company", "Market", "Park", "News")


@pytest.fixture(scope="module")
def sentences():
    return catalogue.sentences()


def test_every_language_that_has_a_catalogue_can_be_chosen():
    """A language is one po file: what lists them reads the folder."""
    assert catalogue.languages() == sorted(TRANSLATED)
    for path in catalogue.FACES.glob("*.js"):
        assert not re.search(r'"(?:de|da)"', path.read_text(encoding="utf-8")), path.name


def test_an_empty_catalogue_gets_every_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "HERE", tmp_path)
    monkeypatch.setattr(catalogue, "FACES", tmp_path)
    monkeypatch.setattr(catalogue, "sentences", lambda: {"Offer": "phone.js", "Vote {name}": "phone.js"})
    monkeypatch.setattr(catalogue, "shown", lambda: {"Offer": "phone.js", "Vote {name}": "phone.js"})
    (tmp_path / "fr.po").touch()
    catalogue.write("fr", catalogue.read("fr"))
    assert 'msgid "Vote {name}"' in (tmp_path / "fr.po").read_text(encoding="utf-8")
    catalogue.write("fr", {"Offer": "Offre"})
    assert json.loads((tmp_path / "languages" / "fr.json").read_text(encoding="utf-8")) == {"Offer": "Offre"}
    assert catalogue.languages() == ["fr"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_over(language, sentences):
    """W15: complete."""
    assert set(catalogue.read(language)) == set(sentences)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_places_are_the_same(language):
    """W15: placeholders equal, and no sentence ends in a place for another half of it."""
    for sentence, translation in catalogue.read(language).items():
        assert catalogue.places_of(sentence) == catalogue.places_of(translation), sentence


@pytest.mark.parametrize("language", TRANSLATED)
def test_faces_and_reports_load_what_the_catalogue_says(language, sentences):
    faces, reports = (
        json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
        for folder in (catalogue.FACES / "languages", catalogue.HERE)
    )
    assert not set(faces) & set(reports), "a phone loads nothing that only a report says"
    assert set(faces) == set(catalogue.shown())
    assert {**faces, **reports} == catalogue.read(language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_buttons_and_tabs_are_short(language):
    """At most two words of eleven letters, so that nothing breaks at 360 px."""
    known = catalogue.read(language)
    for sentence in (*BAR, *TABS):
        words = known[sentence].split()
        assert len(words) <= 2
        assert max(map(len, words)) <= 11, known[sentence]


def test_no_sentence_is_shown_without_a_catalogue():
    """Text between tags of h(...) comes from t(...): a plain English sentence in a face is a mistake."""
    plain = re.compile(r'h\("[a-z0-9]+", \{[^{}]*\}, "([A-Z][^"]{3,})"')
    for path in catalogue.FACES.glob("*.js"):
        assert plain.findall(path.read_text(encoding="utf-8")) == []


def test_an_event_is_told_by_its_pattern_whatever_the_names_hold():
    german = Translator("de")
    said = "process steam drawn from a power station from Harbour Power to Old Brewery ends: no price suits both"
    told = german.word(said)
    assert told.endswith("von Harbour Power an Old Brewery endet: kein Preis passt beiden")
    assert german.word("A and B build for gypsum, 1,234,567 EUR") == "A und B bauen für gypsum, 1.234.567 EUR"
    assert german.word("a sentence of nobody") == "a sentence of nobody"
    assert Translator("en").word(said) == said


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("da, en-GB;q=0.8", "da"), ("fr-FR, de-DE;q=0.7, en;q=0.3", "de"), ("en-US,en;q=0.9,de;q=0.8", "en"), ("", "en"),
     ("fr", "en"), ("de;q=x, da", "da"), ("../x, en", "en")],
)  # fmt: skip
def test_a_tab_speaks_the_first_language_that_there_is(accepted, language):
    assert language_of(accepted) == language


@pytest.mark.parametrize("language", TRANSLATED)
def test_doors_beats_and_talk_cards_are_in_the_language(language):
    """The first page and what is behind its doors."""
    translate = Translator(language)
    for door in doors.DOORS:
        assert translate(door["title"]) != door["title"]
    beat = Beat(0, (GIVES_BRIEF, {"company": "Old Brewery", "partner": "Hill Biogas", "material": "mash"}), {})
    assert beat.text == "Old Brewery, later the best linked, first gives to Hill Biogas."
    assert told(beat, translate).startswith("Old Brewery, ")
    assert told(beat, translate) != beat.text


def test_what_kalundborg_trades_has_a_name_in_danish():
    assert Translator("da").word("liquid manure") == "gylle"


@pytest.mark.parametrize(
    ("said", "told"),
    [("33.6 thousand GJ", "33,6 Tausend GJ"), ("4.8 million EUR", "4,8 Millionen EUR"), ("−1,234 t", "−1.234 t"), ("none", "keine"),
     ("1.23 M EUR", "1,23 Mio. EUR"), ("45.2 k t", "45,2 Tsd. t"), ("+0.5", "+0,5"), ("12 EUR a year", "12 EUR im Jahr"), ("1.26 million", "1,26 Millionen")],
)  # fmt: skip
def test_amounts_are_written_as_the_language_writes_them(said, told):
    assert Translator("de").word(said) == told
    assert Translator("en").word(said) == said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("12,5x is not allowed: a number from 0 to 1,000 EUR/t", "12,5x geht nicht: eine Zahl von 0 bis 1.000 (EUR/t)"),
        ("needed here: a name that is not taken yet", "hier nötig: ein Name, den es noch nicht gibt"),
        ("x.y is not allowed: a material or group; did you mean 'z'?", "x.y geht nicht: ein Stoff oder eine Gruppe; meinten Sie 'z'?"),
        ("0 is not allowed: a year. soon is not allowed: a number", "0 geht nicht: ein Jahr. soon geht nicht: eine Zahl"),
        ("That did not work (KeyError: a. b). Nothing else has changed.", "Das ging nicht (KeyError: a. b). Sonst hat sich nichts geändert."),
        ("whatever nobody has foreseen", "whatever nobody has foreseen"),
    ],
)  # fmt: skip
def test_a_refusal_keeps_what_was_typed_and_says_in_german_what_would_be_allowed(said, told):
    assert refusal(Translator("de"), said) == told
    assert refusal(Translator("en"), said) == said


@pytest.mark.parametrize("name", [name for name in PARAMETERS if not name.startswith(HIDDEN)])
def test_what_a_parameter_allows_is_said_in_danish(name):
    """What no pattern fits would stay English."""
    if not PARAMETERS[name].options:
        allowed = refusal(Translator("da"), f"x is not allowed: {PARAMETERS[name].allowed}")
        assert re.search(r": (et tal|et helt tal|sandt) ", allowed), allowed


def test_what_a_company_changed_is_told_in_german():
    said = "A changes size 24,000 to 35,000 t a year"
    assert Translator("de").word(said) == "A ändert die Größe von 24.000 auf 35.000 t im Jahr"
    assert Translator("de").word("ended by the person in the seat of A") == "beendet vom Menschen auf dem Sitz von A"


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [("de", "12,345", "12.345"), ("de", "1.000", "1000"), ("en", "1,000", "1000"), ("en", "1.000", "1.000"), ("da", "−0,5", "-0.5"), ("en", "0,5", "0.5"),
     ("de", "1.234,5", "1234.5"), ("de", "1,5,2", "1,5,2"), ("da", "self_organised", "self_organised"), ("da", None, None), ("de", 2.5, 2.5)],
)  # fmt: skip
def test_a_number_is_read_as_the_language_of_the_tab_writes_it(language, typed, meant):
    assert Translator(language).read(typed) == meant
