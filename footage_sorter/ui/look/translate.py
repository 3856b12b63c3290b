"""Translation: how what a person reads comes out in that person's language.

Widgets say their own words by `tr()`. The words of the domain, of actions and of columns are plain
English where they are declared; here they are looked up in the context `words` as they are shown.
The translations are `resources/i18n/*.ts`; `python -m tests.helpers.translations` keeps them.
"""

import logging
import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QLibraryInfo,
    QLocale,
    QObject,
    QTime,
    QTranslator,
)

from footage_sorter.domain.detail_words import detail
from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.domain.phrase import Phrase, Speech
from footage_sorter.domain.resources import resource
from footage_sorter.domain.words import NOTHING_TO_DO_WORDS

log = logging.getLogger(__name__)

_FRACTION = re.compile(r"\d+\.\d+")

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "de": "Deutsch"})
"""Codes of the languages that the window speaks, each with its own name for itself."""

CONTEXT = "words"
"""Where a translation file keeps the words that are declared outside of widgets."""


def pick_language(wanted: str) -> str:
    """The language to speak: the one wanted, else the first of the system's; else English.

    Args:
        wanted: A code out of `LANGUAGES`; "" for the system's.
    """
    if wanted in LANGUAGES:
        return wanted
    spoken = (code.split("-")[0] for code in QLocale.system().uiLanguages())
    return next((code for code in spoken if code in LANGUAGES), "en")


def install_language(language: str, app: QCoreApplication) -> list[QTranslator]:
    """Let `app` speak a language. Call it before any widget is made.

    English is a translation too: it knows singular and plural.

    Args:
        language: A code out of `LANGUAGES`.
        app: Takes over the translators; their list is given back for tests.
    """
    installed = []
    for translator in (_of_qt(language, app), _own(language, app)):
        if translator is not None:
            app.installTranslator(translator)
            installed.append(translator)
    return installed


def locale_of(language: str) -> QLocale:
    """How numbers are written: as the system does where it speaks `language`, else as that does."""
    system, own = QLocale.system(), QLocale(language)
    return system if system.language() is own.language() else own


def decimal(number: str) -> str:
    """A number as the window's language writes it; `number` as Python does."""
    return number.replace(".", QLocale().decimalPoint())


def tr_word(text: str) -> str:
    """A word or template in the window's language; English where it has none."""
    return QCoreApplication.translate(CONTEXT, text)


def tr_phrase(phrase: Phrase) -> str:
    """A sentence of the domain in the window's language, the words in it too."""
    values = {name: _tr_value(name, value) for name, value in phrase.values.items()}
    return tr_word(phrase.text).format_map(values)


def _tr_value(name: str, value: str | Phrase) -> str:
    if isinstance(value, Phrase):
        return tr_phrase(value)
    if _FRACTION.fullmatch(value):
        return decimal(value)
    return tr_detail(value) if name in ("detail", "why") else value


def window_speech() -> Speech:
    """How a document for people comes out in the window's language; for any thread."""
    locale = QLocale()
    wide, short = QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat

    def day(at: date) -> str:
        return locale.toString(QDate(at.year, at.month, at.day), wide)

    def moment(at: datetime) -> str:
        return f"{day(at)}, {locale.toString(QTime(at.hour, at.minute), short)}"

    return Speech(locale.bcp47Name(), tr_phrase, day, moment)


def tr_detail(text: str) -> str:
    """A detail in the window's language, where it is the program's own; the system's stays."""
    ours = detail(text)
    return text if ours is None else tr_phrase(ours)


def tr_nothing_to_do(why: NothingToDo) -> str:
    """Why nothing is done, in the window's language."""
    return tr_word(NOTHING_TO_DO_WORDS[why])


def _own(language: str, parent: QObject) -> QTranslator | None:
    """The program's own translation; None, and a line in the log, where it is not at hand."""
    translator = QTranslator(parent)
    try:
        compiled = resource("i18n", f"{language}.qm").read_bytes()
    except OSError as missing:
        log.warning("no translation %s: %s", language, missing)
        return None
    # Qt reads on in these bytes: they live as long as the translator.
    translator.setProperty("bytes", compiled)
    return translator if translator.load(compiled) else None


def _of_qt(language: str, parent: QObject) -> QTranslator | None:
    """Qt's own translation: its file dialog and its buttons."""
    translator = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{language}", folder) else None
