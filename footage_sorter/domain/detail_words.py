"""Words: the details that may stand within a sentence of trouble, as a closed list.

A detail is plain English where it is made, kept with a clip's report and sent between processes.
Here it is found again with its values apart, so that the window can say it in a person's language.
What is not in the list comes from the system or from a library, and stays as it is.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from footage_sorter.domain.phrase import Phrase

DETAILS: tuple[str, ...] = (
    # What of a clip cannot be decoded; the second half in FFmpeg's words
    "a picture is damaged",
    "no picture at {time} s",
    "no key frame",
    "the file ends at {time} s",
    "nothing for {time} s",
    "the process was ended",
    "Invalid data found when processing input",
    "End of file",
    "Input/output error",
    "Cannot allocate memory",
    # Files and folders
    "it is no folder",
    "there is no folder {name}",
    "this is a folder",
    "it is closed",
    "a film is there already, and none is ever written over",
    "{needed} GB are needed and {free} GB are free",
    "it is larger than {size} MB",
    "text in it is none",
    "its beginning is not that of a library",
    "a part of it cannot be read",
    "no object",
    "there is no display",
    # Files of other programs
    "it declares entities",
    "it is nested too deeply",
    "it is empty",
    "it is no XMP",
    "it is no FCPXML",
    "it is no document of ratings",
    "it is no metadata of Resolve ({detail})",
    "it has no column {name}",
    "a line in it has no path",
    "a clip in it has no path",
    "a path in it is none",
    "a number cannot be understood ({detail})",
    "its decision cannot be understood ({detail})",
    "its text is in no encoding that is known",
    "its text is in no encoding that XMP allows",
    "its rating {value} is no number",
    "its rating {value} is not between {least} and {most}",
    "our own record in it is damaged",
    "a time is out of bounds",
    "a newer release wrote it (schema {found}, known is {known})",
    "line {number}: {detail}",
    # What a team said, and what was learned from marks
    "it holds no team's notes",
    "not what the schema says: {value}",
    "not a text: {value}",
    "no clip is called {value}",
    "no time that a clock can show: {value}",
    "it holds no taste",
    "it holds no taste of a known schema",
    "its features are no rows of name, mean, scale and weight",
    "it was learned from other features: learn again from your marks",
    "it was learned from what other models measured: learn again from your marks",
    "it does not name the models that measured",
    "a model's name is no short text",
    "it does not say how well it agreed",
    "it did not agree better than usability alone",
    "{value} is not within {least} to {most}",
    # Classifiers
    "no network runs here",
    "none of that name is installed",
    "it changed while it was read",
    "its folder must be called {name}",
    "{count} are installed, remove one first",
    "it has no {name}",
    "its {name} is too large",
    "its {name} is larger than {size} kB",
    "its {name} cannot be read: {detail}",
    "its manifest is no JSON object",
    "its manifest is of version {found}",
    "its manifest is nested too deeply",
    "its manifest lacks {name}",
    "its manifest is damaged: {detail}",
    "its weights are damaged: their hash is another one",
    "its weights are no safetensors file",
    "its weights do not fit: {detail}",
    "its weights are not those of {network}: {name}",
    "its weights hold what is no number",
    "it answers with what is no number",
    "its name may hold small letters, digits, - and _ only",
    "it wants {found} frames of a clip, not {known}",
    "its hash is no SHA-256",
    "it must have {least} to {most} labels",
    "two of its labels are the same",
    "{value} is no name of {least} to {most} letters",
    "{value} is no number from {least} to {most}",
    "{value} is no share from {least} to {most}",
    "{value} is no number",
    # The networks
    "torch cannot be loaded: {detail}",
    "unknown device {name}",
    "no CUDA device here",
    "the graphics card fails: {detail}",
    "their process cannot be started: {detail}",
    "their process ended: {detail}",
    "{name}: it tells {found} apart",
    "{name}: the weights do not fit: {detail}",
    "{name}: damaged weights: their hash is another one",
    "{name}: weights are missing: {detail}",
    "{name}: weights of version {found}, but {known} is known",
    "{name}: damaged manifest: {detail}",
)
"""The program's own, and the commonest of FFmpeg's. The first that fits is taken."""


def _pattern(template: str) -> re.Pattern[str]:
    """A pattern whose groups are the values."""
    fixed = re.split(r"\{(\w+)\}", template)
    parts = (f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(fixed))
    return re.compile("".join(parts), re.DOTALL)


_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {template: _pattern(template) for template in DETAILS}
)


def detail(text: str) -> Phrase | None:
    """A detail with its values apart, and those in them; None where it is not one of ours."""
    for template, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(text):
            values = found.groupdict().items()
            return Phrase(template, {name: _value(name, value) for name, value in values})
    return None


def damage(text: str) -> Phrase:
    """What of a clip cannot be decoded, as its report keeps it: several things behind "; "."""
    values = {f"part{at}": _value("detail", part) for at, part in enumerate(text.split("; "))}
    return Phrase("; ".join(f"{{{name}}}" for name in values), values)


def _value(name: str, value: str) -> str | Phrase:
    return (detail(value) if name == "detail" else None) or value
