"""Opening the library: what a thread of the pool makes ready while the window is up already.

Knows the services, no Qt. To read and rate 10,000 clips takes most of a second.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.tags import Classifier
from footage_sorter.domain.taste import Taste
from footage_sorter.services.core import Core
from footage_sorter.services.library import Library, rerate_each, stale, uncollected
from footage_sorter.ui.session.columns import NAME, folder_text
from footage_sorter.ui.session.ordering import first_by_name
from footage_sorter.ui.session.visible_cards import NOTHING, FirstCards, TopOfAll, VisibleCards

Tell = Callable[[VisibleCards, Sequence[ClipRow]], object]
"""Takes the first cards and their clips' rows, those left out that have left the library."""


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
    first: FirstCards = NOTHING,
    tell: Tell = lambda _cards, _rows: None,
) -> Loaded:
    """Read and rate all clips, with a library of its own. For a thread of the pool.

    The clips of the cards `first` are read and rated before all others, and handed to `tell`.
    """
    try:
        with closing(Library(core.open_store(), core.models, classifiers)) as library:
            cards = _on_top(library, settings, first) if isinstance(first, TopOfAll) else first
            if cards.clips:
                tell(cards, library.rows_of(cards.clips, settings.limits_for))
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


def _on_top(library: Library, settings: Settings, top: TopOfAll) -> VisibleCards:
    """The first cards by name; none where a clip is judged by others, which are not read yet."""
    if any(one.relative_to_group for one in (settings.limits, *settings.folder_limits.values())):
        return NOTHING
    places = library.store.places()
    clips = first_by_name(places, top.most, descending=top.descending)
    return top.with_clips(clips, len(places)) if clips else NOTHING
