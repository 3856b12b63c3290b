"""A sentence with its values apart, so that the window can say it in a person's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
