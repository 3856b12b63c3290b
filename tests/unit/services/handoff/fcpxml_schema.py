"""The part of FCPXML 1.10's structure that the program may write, as a checker.

Each element: what its children must be, in order, as a pattern over their names; its required and
its optional attributes. Written after Apple's DTD; whatever is not named here is an error.
"""

import re

TIME = re.compile(r"-?\d+(/[1-9]\d*)?s")
TIMES = {"start", "duration", "offset", "tcStart", "frameDuration"}
MARKERS = "(marker |rating |keyword |analysis-marker )*"
SPAN = "start duration"

ELEMENTS = {
    "fcpxml": ("resources (library |(event )*)?", "version", ""),
    "resources": ("(format |asset )*", "", ""),
    "format": ("", "id", "frameDuration width height name"),
    "asset": (
        "(media-rep )+(metadata )?", "id",
        "name start duration hasVideo hasAudio format videoSources audioSources audioChannels"
        " audioRate",
    ),
    "media-rep": ("", "src", "kind"),
    "library": ("(event )*", "", "location"),
    "event": ("(asset-clip |project |smart-collection )*", "", "name uid"),
    "project": ("sequence ", "", "name"),
    "sequence": (
        "(note )?spine (metadata )?", "format",
        "duration tcStart tcFormat audioLayout audioRate",
    ),
    "spine": ("(asset-clip )*", "", "name"),
    "asset-clip": (
        f"(note )?{MARKERS}(metadata )?", "ref", "name start duration offset format tcFormat",
    ),
    "note": ("", "", ""),
    "marker": ("", "start value", "duration note"),
    "rating": ("", "value", "name start duration note"),
    "keyword": ("", "value", "start duration note"),
    "analysis-marker": ("((shot-type )+(stabilization-type )?|stabilization-type )", "", SPAN),
    "stabilization-type": ("", "value", ""),
    "metadata": ("(md )*", "", ""),
    "md": ("", "key", "value type displayName"),
    "smart-collection": (
        "(match-ratings |match-stabilization |match-keywords )*", "name match", "",
    ),
    "match-ratings": ("", "value", "enabled"),
    "match-stabilization": ("(stabilization-type )*", "", "rule enabled"),
    "match-keywords": ("(keyword-name )*", "", "rule enabled"),
    "keyword-name": ("", "value", ""),
}  # fmt: skip
VALUES = {
    ("rating", "value"): {"favorite", "reject"},
    ("match-ratings", "value"): {"favorites", "rejected"},
    ("stabilization-type", "value"): {"excessiveShake"},
    ("asset-clip", "tcFormat"): {"DF", "NDF"},
    ("sequence", "tcFormat"): {"DF", "NDF"},
    ("sequence", "audioLayout"): {"mono", "stereo", "surround"},
    ("sequence", "audioRate"): {"32k", "44.1k", "48k", "88.2k", "96k", "176.4k", "192k"},
    ("md", "type"): {"string", "boolean", "integer", "float", "date", "timecode"},
    ("smart-collection", "match"): {"any", "all"},
    ("fcpxml", "version"): {"1.10"},
}


def violations(root):
    """Every breach of the structure below `root`, as sentences."""
    found = []
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    if len(ids) != len(set(ids)):
        found.append("an id is used twice")
    for element in root.iter():
        tag = element.tag
        if tag not in ELEMENTS:
            found.append(f"unknown element {tag}")
            continue
        children, required, optional = ELEMENTS[tag]
        names = "".join(child.tag + " " for child in element)
        if not re.fullmatch(children, names):
            found.append(f"{tag} may not hold: {names}")
        have, need = set(element.attrib), set(required.split())
        if need - have or have - need - set(optional.split()):
            found.append(f"{tag} has attributes {sorted(have)}")
        for name, value in element.attrib.items():
            if name in TIMES and not _is_time(value):
                found.append(f"{tag} {name}={value!r} is no time")
            if value not in VALUES.get((tag, name), {value}):
                found.append(f"{tag} {name}={value!r} is not allowed")
            if name in ("ref", "format") and value not in ids:
                found.append(f"{tag} {name}={value!r} names nothing")
        if tag != "note" and (element.text or "").strip():
            found.append(f"{tag} holds text")
    return found


def _is_time(text):
    """A fraction of seconds whose parts fit 64 and 32 bits."""
    if not TIME.fullmatch(text):
        return False
    over, _, under = text.removesuffix("s").partition("/")
    return abs(int(over)) < 2**63 and int(under or 1) < 2**31
