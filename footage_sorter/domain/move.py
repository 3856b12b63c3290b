"""Camera move: what the camera did over a whole clip."""

from enum import StrEnum


class Move(StrEnum):
    """What the camera did, in an editor's words."""

    STATIC = "static"
    PAN = "pan"
    TILT = "tilt"
    ZOOM = "zoom"
    HANDHELD = "handheld"
