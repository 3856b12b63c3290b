"""Core: the program without a door. The window and the command hold the same one."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.ports import Instruments
from footage_sorter.domain.report import Models
from footage_sorter.media.thumbnails import Thumbnails
from footage_sorter.services.classifiers import Shelf
from footage_sorter.services.library import Library
from footage_sorter.store.clips import ClipStore


@dataclass(frozen=True, slots=True)
class Core:
    """Everything that a door needs, as values.

    Attributes:
        app: Name and version, "footage-sorter 0.1.0".
        library_path: The library's file.
        settings_path: The settings' file.
        log_path: Where the log is written.
        instruments: What decodes and measures.
        models: Who will measure, by the manifests at hand; known without loading torch.
        thumbnails: Pictures and hover strips, cached on disk.
        frame_at: Decodes one frame: (clip, seconds, longest side in px) -> uint8 RGB (H, W, 3).
            Takes a moment; raises ClipError.
        frames_from: Decodes forward: (clip, seconds, longest side in px, cancel) -> time and
            picture of each frame from there on. Raises ClipError.
        stop_processes: Ends the processes that decode and judge, and what they are doing: it
            fails. For the end of the program.
        open_store: Opens the library's file for the calling thread.
        shelf: The installed classifiers.
        trained: Folder for classifiers that were trained here, until they are installed.
        device: Where networks run, as it was asked for: "auto", "cpu", "cuda" or "none".
        notices: What a person must hear of once: a damaged library that was kept aside.
    """

    app: str
    library_path: Path
    settings_path: Path
    log_path: Path
    instruments: Instruments
    models: Models
    thumbnails: Thumbnails
    frame_at: Callable[[Clip, float, int], NDArray[np.uint8]]
    frames_from: Callable[
        [Clip, float, int, Event], Generator[tuple[float, NDArray[np.uint8]], None, None]
    ]
    stop_processes: Callable[[], None]
    open_store: Callable[[], ClipStore]
    shelf: Shelf
    trained: Path
    device: str = "auto"
    notices: tuple[FootageError, ...] = ()

    def open_library(self) -> Library:
        """Open the library for the calling thread."""
        return Library(self.open_store(), self.models, self.instruments.classifiers())
