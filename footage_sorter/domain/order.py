"""Order: in what order the selects follow each other, and how names are sorted."""

import re
from enum import StrEnum
from functools import lru_cache


class Order(StrEnum):
    """In what order the clips follow each other."""

    SHOWN = "shown"
    RECORDED = "recorded"
    NAME = "name"
    USABILITY = "usability"


@lru_cache(maxsize=65536)
def natural_key(name: str) -> tuple[int | str, ...]:
    """Sort key that puts clip9 before clip10. Alternates text and number, so any two compare."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))
