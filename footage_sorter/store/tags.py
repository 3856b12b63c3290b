"""What classifiers measured, as rows. Functions on an open connection; values in, values out."""

import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Collection, Iterable

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.tags import ClassifierId, TagScores
from footage_sorter.store.database import one_of


def save(db: sqlite3.Connection, scores: TagScores) -> None:
    """Keep what a classifier measured on a content, in place of what it measured before."""
    db.execute(
        "INSERT OR REPLACE INTO tags (content, classifier, saved_at_ns, probabilities)"
        " VALUES (?, ?, ?, ?)",
        (
            scores.content,
            scores.classifier,
            time.time_ns(),
            json.dumps(dict(scores.probabilities)),
        ),
    )


def load(
    db: sqlite3.Connection,
    classifiers: Iterable[ClassifierId],
    contents: Collection[ContentId] | None = None,
) -> dict[ContentId, dict[ClassifierId, dict[str, float]]]:
    """What these classifiers measured: probabilities by label, by classifier, by content.

    Of all contents, or of some.
    """
    by, wanted = one_of("classifier", tuple(classifiers))
    among, of = one_of("content", contents)
    found: defaultdict[ContentId, dict[ClassifierId, dict[str, float]]] = defaultdict(dict)
    for content, classifier, probabilities in db.execute(
        f"SELECT content, classifier, probabilities FROM tags WHERE {by} AND {among}",  # noqa: S608
        (*wanted, *of),
    ):
        found[content][classifier] = json.loads(probabilities)
    return dict(found)


def measured_by(
    db: sqlite3.Connection, classifiers: Iterable[ClassifierId]
) -> dict[ContentId, set[ClassifierId]]:
    """Which of these classifiers measured a content; what they found is not read."""
    by, wanted = one_of("classifier", tuple(classifiers))
    found: defaultdict[ContentId, set[ClassifierId]] = defaultdict(set)
    for content, classifier in db.execute(
        f"SELECT content, classifier FROM tags WHERE {by}",  # noqa: S608  only "?"
        wanted,
    ):
        found[content].add(classifier)
    return dict(found)
