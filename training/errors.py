"""Expected trouble: a recipe, data, weights or a machine that cannot be used as they are.

Each is told as one sentence by the command. Any other exception is a bug, and comes with its
traceback.
"""

from pathlib import Path


class TrainingError(ValueError):
    """What was asked for cannot be done."""


class FileError(TrainingError):
    """A file or folder cannot be used.

    Attributes:
        path: Which one.
        detail: Why not, as the end of a sentence that begins with the path.
    """

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, detail)  # what a process that prepares examples sends back
        self.path = path
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}"


class RecipeError(FileError):
    """A recipe cannot be used as it is written."""


class DataError(FileError):
    """Pictures or clips cannot be used as they lie there."""


class StoredError(FileError):
    """A checkpoint, or a file of pretrained weights, cannot be used."""
