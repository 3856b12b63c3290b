"""Flags: the program's statements that a clip has a fault."""

from enum import StrEnum


class Flag(StrEnum):
    """One kind of fault; also the name of the track that measures it, high is bad."""

    BLURRY = "blurry"
    OVEREXPOSED = "overexposed"
    UNDEREXPOSED = "underexposed"
    SHAKY = "shaky"
    BLACK = "black"
    FROZEN = "frozen"
    SILENT = "silent"
    CLIPPED_AUDIO = "clipped_audio"

    @property
    def letter(self) -> str:
        """One letter for a card, the same in every view."""
        return _LETTERS[self]


_LETTERS = {
    Flag.BLURRY: "B",
    Flag.OVEREXPOSED: "O",
    Flag.UNDEREXPOSED: "U",
    Flag.SHAKY: "S",
    Flag.BLACK: "K",
    Flag.FROZEN: "F",
    Flag.SILENT: "M",
    Flag.CLIPPED_AUDIO: "C",
}

LANES = (Flag.BLURRY, Flag.OVEREXPOSED, Flag.UNDEREXPOSED, Flag.SHAKY)
"""The four lanes of the quality strip, top to bottom."""

PICTURE_FLAGS = (*LANES, Flag.BLACK, Flag.FROZEN)
"""Faults that make a second unusable; a fault of the sound alone does not."""
