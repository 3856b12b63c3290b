"""Tags: what an installed classifier calls a whole clip.

Knows the values; what a classifier is made of is known to `inference`. What it measured is a fact
and is stored; the tag that a person reads is derived from it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NewType

from footage_sorter.domain.clip import ContentId

CLIP_FRAMES = 16
"""Frames, evenly spaced over a clip, that every classifier is given."""

CLASSIFIER_MANIFEST = "manifest.json"
CLASSIFIER_WEIGHTS = "weights.safetensors"
CLASSIFIER_CARD = "card.md"
"""What a classifier's folder holds; the card, for people, may be missing."""
REMOVED = "removed"
"""Folder on the shelf for what is put aside; no classifier is called so."""
CAMERA_MOVE = "camera-move"
"""The program's own classifier; none that is installed is called so."""

ClassifierId = NewType("ClassifierId", str)
"""NAME@HASH: other weights, or another use of them, are another classifier."""


_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Windows takes these for devices, whatever folder they are named in."""


def is_clean(name: str) -> bool:
    """Whether `name` may name an installed classifier: every system takes it for a folder."""
    return bool(_NAME.fullmatch(name)) and name not in {*_RESERVED, REMOVED, CAMERA_MOVE}


def clean_name(text: str) -> str:
    """A name for a classifier made of `text`; "" where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:38].rstrip("-_")
    return name if not name or is_clean(name) else f"{name}-1"


@dataclass(frozen=True, slots=True)
class Classifier:
    """A classifier as the program shows it.

    Attributes:
        name: Of its folder; letters, digits, "-", "_".
        title: What its column is called.
        labels: What it tells apart, at least two, each once.
        side_px: Side of the square that it sees of a frame.
        least: Probability 0-1 below which it says nothing.
        accuracy: Share 0-1 of clips that it named rightly, cross-validated; None where unstated.
        majority: What always naming the commonest label would have reached; None where unstated.
        built_in: It is the program's own and goes by the stored report: no frame is read for it.
    """

    id: ClassifierId
    name: str
    title: str
    labels: tuple[str, ...]
    side_px: int
    least: float = 0.5
    accuracy: float | None = None
    majority: float | None = None
    built_in: bool = False

    @property
    def working_long_side_px(self) -> int:
        """Frames should come with this long side: a wide one's short side then fills the square."""
        return 2 * self.side_px


@dataclass(frozen=True, slots=True)
class TagScores:
    """What a classifier measured on a clip's content. A fact.

    Attributes:
        probabilities: By label, 0-1, summing to 1; empty where the clip could not be judged.
    """

    content: ContentId
    classifier: ClassifierId
    probabilities: Mapping[str, float]

    def __post_init__(self) -> None:
        if any(not 0.0 <= value <= 1.0 for value in self.probabilities.values()):
            raise ValueError(f"probabilities must be 0 to 1, got {self.probabilities}")


@dataclass(frozen=True, slots=True)
class Tag:
    """The label that a clip got from one classifier.

    Attributes:
        classifier: Its name.
        title: Its title.
        probability: 0-1.
        labels: All that the clip could have got.
    """

    classifier: str
    title: str
    label: str
    probability: float
    labels: tuple[str, ...] = ()

    @property
    def keyword(self) -> str:
        """The tag as other programs get it: a label alone could mean anything ("yes")."""
        return keyword(self.title, self.label)


def keyword(title: str, label: str) -> str:
    """The keyword of a label; without a comma, which parts keywords in most programs."""
    return f"{title}: {label}".replace(",", " ")


def possible_keywords(tags: Iterable[Tag]) -> set[str]:
    """All keywords that clips could have got in place of `tags`."""
    return {keyword(tag.title, label) for tag in tags for label in (*tag.labels, tag.label)}


def tag_of(classifier: Classifier, probabilities: Mapping[str, float]) -> Tag | None:
    """The likeliest label; None where the classifier is not sure enough, or could not judge."""
    known = {label: probabilities[label] for label in classifier.labels if label in probabilities}
    if not known:
        return None
    label = max(known, key=lambda one: known[one])  # among equals the first: the order is fixed
    if known[label] < classifier.least:
        return None
    return Tag(classifier.name, classifier.title, label, known[label], classifier.labels)


def tags_of(
    classifiers: Iterable[Classifier], found: Mapping[ClassifierId, Mapping[str, float]]
) -> tuple[Tag, ...]:
    """The tags of one clip, in the order of `classifiers`.

    Args:
        classifiers: Those installed; what others measured is not shown.
        found: Probabilities by label, by classifier.
    """
    return retagged((), classifiers, found)


def retagged(
    tags: Iterable[Tag],
    classifiers: Iterable[Classifier],
    found: Mapping[ClassifierId, Mapping[str, float]],
) -> tuple[Tag, ...]:
    """`tags` of one clip after some of `classifiers` judged it; in their order."""
    installed = tuple(classifiers)
    before = {tag.classifier: tag for tag in tags}
    now = (
        tag_of(one, found[one.id]) if one.id in found else before.get(one.name) for one in installed
    )
    return tuple(tag for tag in now if tag is not None)
