"""A library of 10,000 clips as it lies on a disk after its analysis, with its pictures."""

from contextlib import closing

import numpy as np

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.tags import TagScores
from footage_sorter.media.jpeg import encode_jpeg
from footage_sorter.media.signatures import keep_signatures
from footage_sorter.services.core import Core
from footage_sorter.store import tags
from footage_sorter.store.database import Database
from tests.benchmarks.library import CLIPS, fill

KINDS = 40
"""Different ratings among the clips."""

PICTURES = 16
"""Different thumbnails; each is a file of its own."""

TAKES = 4
"""Similar ones follow each other: one stack."""


def make(core: Core) -> None:
    """Fill the library of `core`: rated, a third of it kept, with tags, pictures, signatures."""
    core.library_path.unlink(missing_ok=True)
    root = core.library_path.parent / "fest"
    fill(core.library_path, core.models, KINDS, root)
    with closing(core.open_store()) as store:
        for one in {clip.path.parent for clip in store.clips_below([root])}:
            one.mkdir(parents=True, exist_ok=True)  # else the window finds that its drive has gone
    contents = [ContentId(f"{number:032x}") for number in range(CLIPS)]
    with closing(Database(core.library_path)) as database, database.writing() as db:
        for one in core.instruments.classifiers():
            likely = {label: 1 / len(one.labels) for label in one.labels}
            for content in contents:
                tags.save(db, TagScores(content, one.id, likely))
    rng = np.random.default_rng(1)
    pictures = [
        encode_jpeg(rng.integers(0, 256, (9, 16, 3), np.uint8).repeat(30, 0).repeat(30, 1))
        for _ in range(PICTURES)
    ]
    folder = core.thumbnails.folder / contents[0][:2]
    folder.mkdir(parents=True)
    for number, content in enumerate(contents):
        (folder / f"{content}.picture.jpg").write_bytes(pictures[number % PICTURES])
    scenes = rng.integers(0, 256, (CLIPS // TAKES + 1, 9, 16, 3), dtype=np.uint8)
    keep_signatures(
        core.thumbnails.folder,
        {content: scenes[number // TAKES] for number, content in enumerate(contents)},
    )
