"""Library: the clips as rows. Loads facts and decisions, rates them, keeps what a person says."""

import gc
import logging
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from footage_sorter.domain.clip import Clip, ClipId, ContentId, Decision
from footage_sorter.domain.features import Features, features_of
from footage_sorter.domain.groups import Usual, usual_noise, with_usual_light
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import TrackTable
from footage_sorter.domain.report import ClipReport, Models, Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import Classifier, ClassifierId, Tag, tags_of
from footage_sorter.domain.taste import Taste
from footage_sorter.domain.tracks import Tracks, tracks_of
from footage_sorter.services.learning import judge
from footage_sorter.services.scan import PASSING
from footage_sorter.services.taste_file import from_json, to_json
from footage_sorter.store.clips import ClipStore, StoredClip

log = logging.getLogger(__name__)

_Found = Mapping[ContentId, Mapping[ClassifierId, Mapping[str, float]]]
"""What classifiers measured: probabilities by label, by classifier, by content."""


class Library:
    """Rows for the screen and the exports. One per thread, like the store below it."""

    def __init__(
        self, store: ClipStore, models: Models, classifiers: Sequence[Classifier] = ()
    ) -> None:
        """Serve rows of `store`, as `models` rated and `classifiers` tagged them."""
        self._store = store
        self._models = models
        self._classifiers = classifiers

    @property
    def store(self) -> ClipStore:
        """The store of this thread."""
        return self._store

    def over(self, store: ClipStore) -> "Library":
        """The same library over the store of another thread."""
        return Library(store, self._models, self._classifiers)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def rows(self, limits: Limits, below: Sequence[Path] | None = None) -> list[ClipRow]:
        """All clips, or those below some folders, rated from what is stored."""
        with uncollected():
            stored = self._store.load(self._models, below)
            found = self._store.tags([one.id for one in self._classifiers])
            rows = [_row(one, self._tags_of(one.clip, found)) for one in stored]
            return judge(rerate(grouped(rows), limits), self.taste())

    def rows_of(
        self, clips: Mapping[ClipId, Usual], limits_for: Callable[[Path], Limits]
    ) -> list[ClipRow]:
        """The rows of a few clips, those left out that are not in the library any more.

        Args:
            clips: In the order asked for, each with what is usual among its kind: that cannot be
                found without looking at all clips.
            limits_for: The limits that hold for a path.
        """
        rows = [_row(one) for one in self._store.load_some(self._models, clips)]
        known = [_in_group(row, clips[row.clip.id]) for row in rows]
        contents = {row.clip.content for row in rows if row.clip.content is not None}
        found = self._store.tags([one.id for one in self._classifiers], contents)
        return judge(rerate_each(self._named(known, found), limits_for), self.taste())

    def tagged(
        self, rows: Sequence[ClipRow], classifiers: Sequence[Classifier] | None = None
    ) -> list[ClipRow]:
        """`rows` with what `classifiers`, or those known so far, are on record to call them."""
        if classifiers is not None:
            self._classifiers = classifiers
        return self._named(rows, self._store.tags([one.id for one in self._classifiers]))

    def _named(self, rows: Sequence[ClipRow], found: _Found) -> list[ClipRow]:
        named = [self._tags_of(row.clip, found) for row in rows]
        return [
            row if tags == row.tags else replace(row, tags=tags)
            for row, tags in zip(rows, named, strict=True)
        ]

    def _tags_of(self, clip: Clip, found: _Found) -> tuple[Tag, ...]:
        known = None if clip.content is None else found.get(clip.content)
        return () if known is None else tags_of(self._classifiers, known)

    def untagged(self, rows: Iterable[ClipRow], *, anew: bool = False) -> list[Clip]:
        """The clips that can be read and that a classifier did not judge yet; all, if `anew`."""
        wanted = frozenset(one.id for one in self._classifiers)
        if not wanted:
            return []
        known = {} if anew else self._store.tagged_by(wanted)
        return [
            row.clip
            for row in rows
            if row.error is None
            and not row.missing
            and row.clip.media is not None
            and (row.clip.content is None or not wanted <= known.get(row.clip.content, set()))
        ]

    def taste(self) -> Taste | None:
        """The taste in use; None where there is none, or none that this release can read."""
        document = self._store.taste()
        try:
            return None if document is None else from_json(document)
        except ValueError as error:
            log.warning("the taste in the library cannot be used: %s", error)
            return None

    def use_taste(self, taste: Taste | None) -> None:
        """Put another taste to use, or none."""
        self._store.put_taste(None if taste is None else to_json(taste))

    def with_features(self, rows: Sequence[ClipRow]) -> list[ClipRow]:
        """`rows` with what can be learned of them, where an older release did not store it."""
        if not any(row.features is None and row.looked is Pass.FULL for row in rows):
            return list(rows)
        self._store.complete_features()
        known = {one.clip.id: one.look for one in self._store.load(self._models)}
        return [
            replace(row, features=look.features)
            if row.features is None and (look := known.get(row.clip.id)) is not None
            else row
            for row in rows
        ]

    def decide(self, decisions: Mapping[ClipId, Decision], by: str = "") -> None:
        """Keep what a person, of the name `by`, says of some clips: all of it or nothing."""
        self._store.decide(decisions, by=by)


@contextmanager
def uncollected() -> Generator[None, None, None]:
    """Make thousands of rows, or load modules, without looking for garbage among what stays.

    The collector would go through all of them again and again: a quarter of the time that 10,000
    clips take to open. Afterwards, too, they stay out of its way: each time it would hold up every
    thread for a tenth of a second. They go, as all that has no cycles, when nobody has them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def grouped(rows: Sequence[ClipRow]) -> list[ClipRow]:
    """The same rows, told what light and what noise is usual among them, by camera and hour."""
    measured = [(row, row.tracks) for row in rows if row.tracks is not None]
    lit = iter(with_usual_light([(row.clip.media, tracks) for row, tracks in measured]))
    usual = usual_noise([(row.clip.media, row.noise) for row in rows])
    return [
        _among(row, None if row.tracks is None else next(lit), noise)
        for row, noise in zip(rows, usual, strict=True)
    ]


def rerate(rows: Sequence[ClipRow], limits: Limits) -> list[ClipRow]:
    """The same rows under other limits, in order. Decodes nothing."""
    table = TrackTable(
        [row.tracks.without(row.decision.overruled) for row in rows if row.tracks is not None]
    )
    ratings = iter(table.rate(limits))
    return [
        row if row.tracks is None else replace(row, rating=next(ratings), limits=limits)
        for row in rows
    ]


def rerate_each(rows: Sequence[ClipRow], limits_for: Callable[[Path], Limits]) -> list[ClipRow]:
    """The same rows, each under the limits that hold for its path, in order."""
    by_limits: dict[Limits, list[int]] = {}
    for at, row in enumerate(rows):
        by_limits.setdefault(limits_for(row.clip.path), []).append(at)
    rated = list(rows)
    for limits, places in by_limits.items():
        for at, row in zip(places, rerate([rows[at] for at in places], limits), strict=True):
            rated[at] = row
    return rated


def with_report(row: ClipRow, report: ClipReport, limits: Limits) -> ClipRow:
    """A row after its clip was analysed."""
    tracks = tracks_of(report)
    if row.tracks is not None:  # what is usual holds until the rows are grouped again
        tracks = replace(tracks, usual_dim=row.tracks.usual_dim)
    measured = replace(
        row,
        tracks=tracks,
        features=_features(report),
        looked=report.looked,
        models=report.models,
        damage=report.damage,
        noise=report.noise,
        error=None,  # but it may be missing: what was read may have gone to the trash meanwhile
    )
    return rerate([measured], limits)[0]


def _features(report: ClipReport) -> Features | None:
    """What a taste judges a clip by; None after a coarse look."""
    if report.looked is not Pass.FULL:
        return None
    picture = np.array(report.picture, np.float32) if report.picture else None
    return Features(features_of(report), picture)


def stale(rows: Iterable[ClipRow], models: Models) -> list[Clip]:
    """The clips at hand that `models` have not looked at closely yet, and can, or may by now."""
    return [
        row.clip
        for row in rows
        if (row.error is None or row.error.why in PASSING)
        and not row.missing
        and row.clip.media is not None
        and (row.models != models or row.looked is not Pass.FULL)
    ]


def _among(row: ClipRow, tracks: Tracks | None, noise: float | None) -> ClipRow:
    """`row` told what is usual; itself where that is what it knows."""
    if tracks is row.tracks and noise == row.usual_noise:
        return row
    return replace(row, tracks=tracks, usual_noise=noise)


def _in_group(row: ClipRow, usual: Usual) -> ClipRow:
    """`row` in a group whose other clips are not at hand."""
    tracks = row.tracks
    if tracks is not None and usual.dim is not None:
        tracks = replace(tracks, usual_dim=usual.dim)
    return _among(row, tracks, usual.noise)


def _row(stored: StoredClip, tags: tuple[Tag, ...] = ()) -> ClipRow:
    look = stored.look
    if look is None or stored.error is not None:  # what was once read of it can't be used now
        return ClipRow(
            stored.clip, stored.decision, error=stored.error, missing=stored.missing, tags=tags
        )
    return ClipRow(
        stored.clip,
        stored.decision,
        missing=stored.missing,
        tracks=look.tracks,
        looked=look.looked,
        models=look.models,
        damage=look.damage,
        noise=look.noise,
        features=look.features,
        tags=tags,
    )
