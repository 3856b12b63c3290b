"""A sentence with its values apart, so that the window can say it in a person's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with its values apart: `str()` gives it in English.

    A value that is a phrase is words, too: it is translated with the sentence.
    """

    text: str
    values: Mapping[str, "str | Phrase"] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.text.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Speech:
    """How what is written for people comes out in a language.

    Each may be called on any thread.

    Attributes:
        language: Its code, as documents state it: "en", "de", "en-GB".
        say: Gives a phrase, and the decimals in it.
        day: Gives a date.
        moment: Gives a date and the time of day, to the minute.
    """

    language: str
    say: Callable[[Phrase], str]
    day: Callable[[date], str]
    moment: Callable[[datetime], str]


ENGLISH = Speech("en", str, "{:%Y-%m-%d}".format, "{:%Y-%m-%d %H:%M}".format)
"""As the command speaks: dates that no country reads otherwise."""
