"""Order: in what order the selects follow each other."""

from enum import StrEnum


class Order(StrEnum):
    """In what order the clips follow each other."""

    SHOWN = "shown"
    RECORDED = "recorded"
    NAME = "name"
    USABILITY = "usability"
