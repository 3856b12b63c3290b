"""Nothing to do: why what a person asked for comes to nothing. `domain.words` says it."""

from enum import StrEnum


class NothingToDo(StrEnum):
    """Why nothing is done. An answer, not trouble: nothing went wrong."""

    NO_CLIP = "no clip"
    LAST_CLIP = "last clip"
    NOT_PLAYABLE = "not playable"
    NO_POINTS = "no points"
    NO_RANGE = "no range"
    CLIP_START = "clip start"
    CLIP_END = "clip end"
    NO_BEST = "no best"
    NOT_RATED = "not rated"
    NO_SOUND = "no sound"
    NOTHING_TO_SKIM = "nothing to skim"
    NO_FLAG = "no flag"
    NO_STACK = "no stack"
    NOT_STACKED = "not stacked"
    NO_STACKS = "no stacks"
    NO_FILTER = "no filter"
    ALL_SHOWN = "all shown"
    ALL_ANALYSED = "all analysed"
    AT_WORK = "at work"
    STEP_UNDER_WAY = "step under way"
