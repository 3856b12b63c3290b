"""Translation: German is complete, fits its English, and is what the window shows."""

from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QLocale, QTranslator

from footage_sorter.domain.clip import ContentId, Decision, Mark
from footage_sorter.domain.detail_words import damage
from footage_sorter.domain.errors import ClassifierRefused, ExchangeRefused, NothingToTrain, Why
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.phrase import Phrase
from footage_sorter.domain.rating import reasons
from footage_sorter.domain.record import Field, Statement
from footage_sorter.domain.team import Conflict
from footage_sorter.domain.training import LeftOut, Refusal, Skipped
from footage_sorter.domain.training_words import skipped
from footage_sorter.domain.words import conflict, error, reason
from footage_sorter.services.handoff.formats import FORMATS, Occasion
from footage_sorter.ui.look.strip_widget import StripWidget
from footage_sorter.ui.look.translate import (
    LANGUAGES,
    install_language,
    locale_of,
    pick_language,
    tr_phrase,
    tr_word,
    window_speech,
)
from tests.helpers.rows import MODELS, failed, rated, tracks, unread
from tests.helpers.strings import Message, all_messages, unsaid
from tests.helpers.translations import FOLDER, read


def test_the_strings_of_every_room_are_found():
    said = all_messages()
    assert Message("WhyPanel", "No flag was raised.") in said
    assert Message("FaultEditor", "%n clips", plural=True) in said
    assert Message("words", "Too blurred") in said
    assert Message("words", "&Keep") in said
    assert any(one.text.startswith("{fault}: {share} % of seconds") for one in said)


def test_no_string_lacks_its_german():
    german = read("de")
    missing = sorted(one for one in all_messages() if not german.get(one))
    assert not missing, "run python -m tests.helpers.translations and translate what it lists"


def test_no_control_is_given_words_past_the_translation():
    assert not unsaid()


def test_english_knows_its_plurals():
    english = read("en")
    assert all(english.get(one) for one in all_messages() if one.plural)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_places_and_menu_keys(language):
    for said, texts in read(language).items():
        for text in texts:
            assert names(text) == names(said.text), text
            assert ("%n" in text) == ("%n" in said.text), text
            if "&" in said.text:
                assert text.count("&") == 1, f"{text}: no key opens it in the menu"
            assert text.endswith("…") == said.text.endswith("…"), text


def names(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_what_the_source_says(qapp, language):
    translator = QTranslator()
    assert translator.load(str(FOLDER / f"{language}.qm"))
    for said, texts in read(language).items():
        if said.plural:
            for number, text in zip((1, 2), texts, strict=True):
                assert translator.translate(said.context, said.text, "", number) == text
        else:
            assert translator.translate(said.context, said.text) == texts[0]


@pytest.fixture
def speaking(qapp):
    installed = []

    def speak(language):
        installed.extend(install_language(language, qapp))

    yield speak
    for translator in installed:
        qapp.removeTranslator(translator)


def test_a_widget_and_a_sentence_speak_german(qtbot, speaking):
    speaking("de")
    strip = StripWidget()
    qtbot.addWidget(strip)
    assert strip.accessibleName() == "Qualitätsstreifen"
    row = rated(over={Flag.BLURRY: range(8)})
    (found,) = reasons(tracks(10, over={Flag.BLURRY: range(8)}), Limits(), row.rating)
    assert tr_phrase(reason(found)).startswith("Zu unscharf: 80 % der Sekunden über 0.60")


def test_what_the_trainer_refuses_is_said_in_german(speaking):
    speaking("de")
    said = [error(NothingToTrain(refusal, "rooms")) for refusal in Refusal]
    said += [skipped(Skipped("a.mp4", why, "day, night")) for why in (*LeftOut, *Why)]
    english = [str(phrase) for phrase in said if tr_phrase(phrase) == str(phrase)]
    assert not english


def test_the_words_within_a_sentence_are_german_too(speaking):
    speaking("de")
    held, lost = Statement(("blurry", "shaky"), 2, "Ada"), Statement((), 1, "Ben")
    found = Conflict(ContentId("0" * 32), "a.mp4", Field.OVERRULED, held, lost)
    assert tr_phrase(conflict(found)) == (
        "a.mp4: für falsch erklärt: Zu unscharf, Zu verwackelt (von Ada), "
        "nicht gar nichts (von Ben)."
    )


def test_a_detail_is_german_where_it_is_ours(speaking):
    speaking("de")
    ours = ExchangeRefused(Path("a.xml"), "it declares entities")
    assert "sie deklariert Entitäten" in tr_phrase(error(ours))
    systems = ExchangeRefused(Path("a.xml"), "Permission denied {}")
    assert "Permission denied {}" in tr_phrase(error(systems))


def test_a_report_is_german_with_german_dates_and_decimals(speaking):
    speaking("de")
    before = QLocale()
    some = [
        rated("/a.mp4", over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP)),
        unread("/b.mp4"),
        failed(),
    ]
    try:
        QLocale.setDefault(QLocale("de_DE"))
        at = datetime(2026, 3, 15, 9, 5, tzinfo=UTC)
        occasion = Occasion("an app", MODELS, Limits(), at, lambda _: None, speech=window_speech())
        text = FORMATS["report"].write(some, occasion).decode()
    finally:
        QLocale.setDefault(before)
    assert '<html lang="de' in text
    for said in (
        "<h1>Drehbericht</h1>",
        "3 Clips, bewertet am Sonntag, 15. März 2026, 09:05",
        "behalten, 0,1 min Auswahl",
        "✓ behalten",
        "Zu verwackelt: 60 % der Sekunden über",
        "Samstag, 14. März 2026",
        "unbekannt",
        "Die Datei hat keinen Index",
    ):
        assert said in text


def test_a_detail_with_a_value_in_it_is_german_too(speaking):
    speaking("de")
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        damaged = "a picture is damaged; no picture at 3.0 s; moov atom not found"
        assert tr_phrase(damage(damaged)) == (
            "ein Bild ist beschädigt; kein Bild bei 3,0 s; moov atom not found"
        )
    finally:
        QLocale.setDefault(before)
    ours = ClassifierRefused("rooms", "its manifest is damaged: two of its labels are the same")
    assert tr_phrase(error(ours)).endswith(
        "sein Manifest ist beschädigt: zwei seiner Schlagwörter sind gleich."
    )


def test_one_clip_is_not_clips(speaking, qapp):
    speaking("en")
    assert qapp.translate("FaultEditor", "%n clips", "", 1) == "1 clip"
    assert qapp.translate("FaultEditor", "%n clips", "", 12) == "12 clips"


def test_a_fraction_in_a_sentence_is_written_as_the_words_around_it():
    sentence = Phrase(
        "{share} % over {over}, {when}", {"share": "11", "over": "0.50", "when": "a.b"}
    )
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        assert tr_phrase(sentence) == "11 % over 0,50, a.b"
        QLocale.setDefault(QLocale("en_US"))
        assert tr_phrase(sentence) == "11 % over 0.50, a.b"
    finally:
        QLocale.setDefault(before)


def test_numbers_are_written_as_the_words_around_them(monkeypatch):
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("de_CH"))
    assert locale_of("de").name() == "de_CH"
    assert locale_of("en").toString(29.97) == "29.97"
    monkeypatch.setattr(QLocale, "system", QLocale.c)
    assert locale_of("de").toString(29.97) == "29,97"


def test_without_a_translation_it_is_english(qapp):
    assert tr_word("Too blurred") == "Too blurred"


def test_the_persons_choice_comes_before_the_systems(monkeypatch):
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: ["fr-CH", "de-CH"])
    assert pick_language("") == "de"
    assert pick_language("en") == "en"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _locale: ["fr-CH"])
    assert pick_language("") == "en"
    assert pick_language("xx") == "en"
