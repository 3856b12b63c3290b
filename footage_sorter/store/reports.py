"""Reports in the library: facts by content, models and pass.

Functions over an open transaction; `clips.ClipStore` opens it.
"""

import sqlite3
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.features import FEATURES_VERSION, Features
from footage_sorter.domain.report import ClipReport, Models, Pass
from footage_sorter.domain.tracks import TRACKS_VERSION, Tracks, tracks_of
from footage_sorter.store import features
from footage_sorter.store.database import one_of
from footage_sorter.store.encoding import (
    LAYOUT,
    READABLE,
    Facts,
    pack_report,
    pack_tracks,
    unpack_about,
    unpack_report,
    unpack_tracks,
)

_MODELS = "blur_model, exposure_model, shake_model, sound_model"
_CAN_BE_READ = f"layout IN ({', '.join(map(str, READABLE))})"
_IS_OF = "blur_model = ? AND exposure_model = ? AND shake_model = ? AND sound_model = ?"


@dataclass(frozen=True, slots=True)
class Look:
    """The best look at a clip that is on record.

    Attributes:
        models: Who looked; may be others than those asked for, where these have not looked yet.
        damage: What could not be decoded; "" for a whole clip.
        noise: Of the clip, share 0-1 of full scale; None where it was not measured.
        features: None after a coarse look, and where an older release stored none.
    """

    models: Models
    looked: Pass
    tracks: Tracks
    damage: str
    noise: float | None
    features: Features | None = None


def save(db: sqlite3.Connection, report: ClipReport) -> None:
    """Store `report`, unless a closer look by the same models is on record and can be read."""
    facts = pack_report(report)
    stored = db.execute(
        f"""
        INSERT INTO reports (
            content, {_MODELS}, looked, saved_at_ns, layout, about, tracks_version, tracks,
            frames, bursts, sounds
        ) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        ON CONFLICT (content, {_MODELS}) DO UPDATE SET
            looked = excluded.looked, saved_at_ns = excluded.saved_at_ns,
            layout = excluded.layout, about = excluded.about,
            tracks_version = excluded.tracks_version, tracks = excluded.tracks,
            frames = excluded.frames, bursts = excluded.bursts, sounds = excluded.sounds
        WHERE excluded.looked >= looked OR NOT {_CAN_BE_READ}
        """,  # noqa: S608  constants
        (
            report.content,
            *_names(report.models),
            report.looked,
            time.time_ns(),
            LAYOUT,
            facts.about,
            TRACKS_VERSION,
            pack_tracks(tracks_of(report)),
            facts.frames,
            facts.bursts,
            facts.sounds,
        ),
    )
    if stored.rowcount and report.looked is Pass.FULL:
        features.save(db, report)


def load(db: sqlite3.Connection, content: ContentId, models: Models) -> ClipReport | None:
    """The closest look that `models` had at `content`; None where they had none."""
    row = db.execute(
        "SELECT looked, layout, about, frames, bursts, sounds FROM reports"  # noqa: S608
        f" WHERE content = ? AND {_IS_OF} AND {_CAN_BE_READ}",
        (content, *_names(models)),
    ).fetchone()
    if row is None:
        return None
    looked, *facts = row
    key = {"content": content, "models": models, "looked": Pass(looked)}
    key["picture"] = features.picture(db, content, models)
    return unpack_report(key, Facts(*facts))


def looks(db: sqlite3.Connection, models: Models) -> dict[ContentId, Pass]:
    """How closely `models` looked at each content that they looked at."""
    rows = db.execute(
        f"SELECT content, looked FROM reports WHERE {_IS_OF} AND {_CAN_BE_READ}",  # noqa: S608
        _names(models),
    )
    return {ContentId(content): Pass(looked) for content, looked in rows}


def best_looks(
    db: sqlite3.Connection, models: Models, contents: Collection[ContentId] | None = None
) -> Mapping[ContentId, Look]:
    """The best look at each content: by `models` where there is one, else the newest closest.

    At all contents, or at some.
    """
    among, wanted = one_of("content", contents)
    rows = db.execute(
        f"SELECT rowid, content, {_MODELS}, looked, saved_at_ns, about, tracks_version, tracks"  # noqa: S608
        f" FROM reports WHERE {_CAN_BE_READ} AND {among}",
        wanted,
    )
    found: dict[ContentId, Look] = {}
    ranks: dict[ContentId, tuple[bool, int, int]] = {}
    known: dict[tuple[str, ...], tuple[Models, bool]] = {}
    learnable = features.load(db, contents)
    for rowid, content, *names, looked, saved_at_ns, about, version, tracks in rows:
        key = tuple(names)
        if key not in known:
            known[key] = (made_by := Models(*names)), made_by == models
        made_by, are_asked_for = known[key]
        rank = (are_asked_for, looked, saved_at_ns)
        if rank < ranks.get(content, rank):
            continue
        ranks[content] = rank
        laid_out = unpack_tracks(tracks) if version == TRACKS_VERSION else _again(db, rowid)
        found[content] = Look(
            made_by,
            Pass(looked),
            laid_out,
            *unpack_about(about),
            learnable.get((content, *names)) if looked == Pass.FULL else None,
        )
    return found


def complete_features(db: sqlite3.Connection) -> int:
    """Make the features of close looks that an older release stored; return how many."""
    rows = db.execute(
        f"SELECT content, {_MODELS} FROM reports WHERE {_CAN_BE_READ} AND looked = ?"  # noqa: S608
        " EXCEPT"
        f" SELECT content, {_MODELS} FROM features WHERE version = ?",
        (Pass.FULL, FEATURES_VERSION),
    ).fetchall()
    for content, *names in rows:
        report = load(db, content, Models(*names))
        assert report is not None
        features.save(db, report)
    return len(rows)


def _again(db: sqlite3.Connection, rowid: int) -> Tracks:
    """The tracks of a report that another release laid out in another way."""
    content, *names, looked, layout, about, frames, bursts, sounds = db.execute(
        f"SELECT content, {_MODELS}, looked, layout, about, frames, bursts, sounds"  # noqa: S608
        " FROM reports WHERE rowid = ?",
        (rowid,),
    ).fetchone()
    key = {"content": content, "models": Models(*names), "looked": Pass(looked)}
    return tracks_of(unpack_report(key, Facts(layout, about, frames, bursts, sounds)))


def _names(models: Models) -> tuple[str, str, str, str]:
    return models.blur, models.exposure, models.shake, models.sound
