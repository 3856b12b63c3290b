"""Features in the library: what a taste learns from, one row a report.

`measured` is made of the report and can be made again; `picture` is a fact like the report's own.
Functions over an open transaction; `clips.ClipStore` opens it.
"""

import sqlite3
from collections.abc import Collection, Mapping

import numpy as np

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.features import FEATURES_VERSION, MEASURED, Features, features_of
from footage_sorter.domain.report import ClipReport, Models
from footage_sorter.store.database import one_of

_FLOAT32, _FLOAT16 = np.dtype("<f4"), np.dtype("<f2")

Key = tuple[ContentId, str, str, str, str]
"""A content and the names of the four models that measured it."""


def key_of(content: ContentId, models: Models) -> Key:
    """Where the features of a report lie."""
    return content, models.blur, models.exposure, models.shake, models.sound


def save(db: sqlite3.Connection, report: ClipReport) -> None:
    """Store what can be learned from `report`, in place of what its models said before."""
    picture = np.array(report.picture, "<f2").tobytes() if report.picture else None
    db.execute(
        "INSERT OR REPLACE INTO features VALUES (?,?,?,?,?,?,?,?)",
        (
            *key_of(report.content, report.models),
            FEATURES_VERSION,
            features_of(report).astype("<f4").tobytes(),
            picture,
        ),
    )


def load(
    db: sqlite3.Connection, contents: Collection[ContentId] | None = None
) -> Mapping[Key, Features]:
    """The features of every report, or those of some contents.

    Those that another release made are left out.
    """
    among, wanted = one_of("content", contents)
    rows = db.execute(
        f"SELECT * FROM features WHERE version = ? AND {among}",  # noqa: S608  only "?"
        (FEATURES_VERSION, *wanted),
    )
    return {
        tuple(key): Features(
            np.frombuffer(measured, _FLOAT32, len(MEASURED)),
            None if picture is None else np.frombuffer(picture, _FLOAT16).astype(np.float32),
        )
        for *key, _, measured, picture in rows
    }


def picture(db: sqlite3.Connection, content: ContentId, models: Models) -> tuple[float, ...]:
    """What a network saw in a clip's pictures; () where none looked."""
    row = db.execute(
        "SELECT picture FROM features WHERE content = ? AND blur_model = ?"
        " AND exposure_model = ? AND shake_model = ? AND sound_model = ?",
        key_of(content, models),
    ).fetchone()
    if row is None or row[0] is None:
        return ()
    return tuple(np.frombuffer(row[0], "<f2").astype(float).tolist())
