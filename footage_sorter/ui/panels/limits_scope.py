"""Scopes: which folders may have limits of their own."""

from collections.abc import Collection
from pathlib import Path


def shared_folders(folder: Path, folders: Collection[Path]) -> list[Path]:
    """The folders above `folder` that hold others of `folders`, too: a day with its cameras.

    The nearest first. Of those that hold the same ones, the lowest; none that holds them all,
    which would be the library.
    """
    found: list[Path] = []
    held = 1
    for above in folder.parents:
        holds = sum(one.is_relative_to(above) for one in folders)
        if holds == len(folders):
            break
        if holds > held:
            found.append(above)
        held = max(held, holds)
    return found
