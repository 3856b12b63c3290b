"""Translation: how what a person reads comes out in that person's language.

Widgets say their own words by `tr()`. The words of the domain are plain English there, since the
command says them too; here they are looked up in the context `words`.
"""

from PySide6.QtCore import QCoreApplication

from footage_sorter.domain.words import Phrase

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Codes of the languages that the window speaks, each with its own name for itself."""

CONTEXT = "words"
"""Where a translation file keeps the domain's words."""


def tr_word(text: str) -> str:
    """A word or template of the domain in the window's language; English where it has none."""
    return QCoreApplication.translate(CONTEXT, text)


def tr_phrase(phrase: Phrase) -> str:
    """A sentence of the domain in the window's language.

    Values that are themselves words of the domain (the name of a fault) are translated too.
    """
    values = {name: tr_word(value) for name, value in phrase.values.items()}
    return tr_word(phrase.text).format_map(values)
