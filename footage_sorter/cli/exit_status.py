"""Exit status: how a command ended, for whoever called it."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the shell is told."""

    DONE = 0
    NOT_ALL = 1  # some clips failed, or what came of the command is not in use
    WRONG = 2  # the command was, or the machine failed
    AGAIN = 3  # the window closed so that the program starts again; no shell is told
    INTERRUPTED = 130  # by Ctrl-C, as shells have it
