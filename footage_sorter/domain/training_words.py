"""Words: what the window and the command say of a training and of what comes of it."""

from collections.abc import Mapping
from types import MappingProxyType

from footage_sorter.domain.errors import Why
from footage_sorter.domain.phrase import Phrase
from footage_sorter.domain.tags import CLIP_FRAMES
from footage_sorter.domain.training import LEAST_SOURCES, LeftOut, Refusal, Skipped, Tried
from footage_sorter.domain.why_words import WHY_WORDS

REFUSAL_WORDS: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.NO_CLASS: "Nothing can be trained: there is no class with clips.",
        Refusal.ONE_CLASS: "Nothing can be trained: there is only one class with clips.",
        Refusal.NAMELESS_CLASS: "Nothing can be trained: a class has no name.",
        Refusal.SAME_NAME: "Nothing can be trained: two classes are called {about}.",
        Refusal.SAME_BUT_CAPITALS: (
            "Nothing can be trained: two classes are called the same but for capital letters."
        ),
        Refusal.CLASS_EMPTY: (
            "Nothing can be trained: the class {about} has no clip that can be learned from, and "
            "{sources} of different scenes are the least."
        ),
        Refusal.CLASS_OF_ONE_CLIP: (
            "Nothing can be trained: the class {about} has one clip that can be learned from, and "
            "{sources} of different scenes are the least."
        ),
        Refusal.CLASS_OF_ONE_SCENE: (
            "Nothing can be trained: the class {about} has clips of one scene only, and {sources} "
            "scenes are the least."
        ),
        Refusal.NO_CLIP: "Nothing can be trained: not one clip can be learned from.",
        Refusal.NO_LETTER: (
            "Nothing can be trained: the title {about} has no letter to name a folder by."
        ),
        Refusal.BACKBONE_UNKNOWN: "Nothing can be trained: there is no backbone {about}.",
        Refusal.BACKBONE_NOT_TO_BE_HAD: (
            "Nothing can be trained: the weights of {about} cannot be had. Is there a way to the "
            "internet?"
        ),
        Refusal.BACKBONE_DAMAGED: "Nothing can be trained: the weights of {about} do not fit.",
        Refusal.NO_DEVICE: "Nothing can be trained: the graphics card cannot be used ({about}).",
    }
)

LEFT_OUT_WORDS: Mapping[LeftOut, str] = MappingProxyType(
    {
        LeftOut.TOO_SHORT: "It is too short: it has fewer than {frames} frames.",
        LeftOut.GAPS: "Only {about} of its {frames} frames can be read.",
        LeftOut.IN_SEVERAL: "It is in several classes: {about}.",
        LeftOut.COPY: "It is a copy of another one.",
        LeftOut.SYSTEM: "The system refuses: {about}.",
    }
)


def percent(share: float) -> str:
    """A share 0-1 as a whole percentage: 96 %."""
    return f"{100 * share:.0f} %"


def refused(refusal: Refusal, about: str) -> Phrase:
    """Say why nothing can be trained."""
    return Phrase(REFUSAL_WORDS[refusal], {"about": about, "sources": str(LEAST_SOURCES)})


def skipped(found: Skipped) -> Phrase:
    """Say why a clip is not learned from."""
    if found.why in list(Why):
        return Phrase(WHY_WORDS[Why(found.why)])
    values = {"about": found.about, "frames": str(CLIP_FRAMES)}
    return Phrase(LEFT_OUT_WORDS[LeftOut(found.why)], values)


def tried(found: Tried) -> list[Phrase]:
    """What a cross-validation found: how often it is right, beside guessing, and how sure that is.

    The last sentence is the verdict.
    """
    low, high = found.between
    right = sum(row[at] for at, row in enumerate(found.confusion))
    sentences = [
        Phrase(
            "{accuracy} right: {right} of {clips} clips, each tried on a network that had seen "
            "nothing of its source. Always naming the commonest: {majority}.",
            {
                "accuracy": percent(found.accuracy),
                "right": str(right),
                "clips": str(found.clips),
                "majority": percent(found.majority),
            },
        ),
        Phrase(
            "On further clips expect {low} to {high}: that is how much {sources} sources can tell.",
            {"low": percent(low), "high": percent(high), "sources": str(found.sources)},
        ),
    ]
    if not found.is_better:
        sentences.append(
            Phrase("That may be guessing: more clips, or clearer classes, are needed.")
        )
    return sentences
