"""Opening the library: what a thread of the pool makes ready while the window is up already.

Knows the services, no Qt. To read and rate 10,000 clips takes most of a second.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from types import MappingProxyType

from footage_sorter.domain.clip import Clip, ClipId
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.groups import Usual
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.tags import Classifier
from footage_sorter.domain.taste import Taste
from footage_sorter.services.core import Core
from footage_sorter.services.library import Library, rerate_each, stale, uncollected
from footage_sorter.ui.session.columns import NAME, folder_text

NONE_FIRST: Mapping[ClipId, Usual] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """The library as it is in the file.

    Attributes:
        settings: By whose limits the rows are rated.
        classifiers: Those that tagged them.
        stale: Clips that are still to be looked at closely.
        untagged: Clips that a classifier did not judge yet.
        trouble: Why nothing could be read.
    """

    settings: Settings
    classifiers: Sequence[Classifier]
    rows: Sequence[ClipRow] = ()
    taste: Taste | None = None
    stale: Sequence[Clip] = ()
    untagged: Sequence[Clip] = ()
    trouble: FootageError | None = None

    def is_made_by(self, settings: Settings, classifiers: Sequence[Classifier]) -> bool:
        """Whether `settings` and `classifiers` would have made the same rows."""
        now, then = settings, self.settings
        return (now.limits, now.folder_limits, tuple(classifiers)) == (
            then.limits,
            then.folder_limits,
            tuple(self.classifiers),
        )


def read_library(
    core: Core,
    settings: Settings,
    classifiers: Sequence[Classifier],
    first: Mapping[ClipId, Usual] = NONE_FIRST,
    tell: Callable[[Sequence[ClipRow]], object] = lambda _rows: None,
) -> Loaded:
    """Read and rate all clips, with a library of its own. For a thread of the pool.

    The clips of `first` are read and rated before all others, and handed to `tell`.
    """
    try:
        with closing(Library(core.open_store(), core.models, classifiers)) as library:
            if first:
                tell(library.rows_of(first, settings.limits_for))
            with uncollected():
                rows = library.rows(settings.limits)
                if settings.folder_limits:
                    rows = rerate_each(rows, settings.limits_for)
            for row in rows:
                NAME.sort_key(row)  # remembered: it is most of what sorting by name takes,
                folder_text(row)  # and this of grouping by folder
            return Loaded(
                settings,
                classifiers,
                rows,
                library.taste(),
                stale(rows, core.models),
                library.untagged(rows),
            )
    except FootageError as trouble:
        return Loaded(settings, classifiers, trouble=trouble)
