"""Soundness: whether what a library says can be understood.

Knows what SQLite does not look at when it checks a file: a changed letter leaves page and type as
they were, and whoever reads the text would fail, at every start again.
"""

import json
from contextlib import closing
from pathlib import Path

from footage_sorter.domain.errors import LibraryDamaged
from footage_sorter.store.database import Database
from footage_sorter.store.encoding import unpack_value

_JSON = {"clips": ("media", "error"), "reports": ("about",), "tags": ("probabilities",)}
"""Columns that are JSON, by table. Decisions are few and read whole."""


def check_texts(path: Path) -> None:
    """Read what the library at `path` keeps as text; some ms for thousands of clips.

    Raises:
        LibraryDamaged: A part of it is not what can have been written; see `salvage.renew`.
        FootageError: As `Database` does.
    """
    with closing(Database(path)) as database, database.reading() as db:
        for table, columns in _JSON.items():
            for column in columns:
                doubtful = (
                    f"SELECT {column} FROM {table}"  # noqa: S608  constants
                    f" WHERE {column} IS NOT NULL AND NOT json_valid({column})"
                )
                for (text,) in db.execute(doubtful):
                    json.loads(text)  # Python takes a little more than SQLite: NaN
        for field, value in db.execute("SELECT DISTINCT field, value FROM decisions"):
            try:
                unpack_value(field, value)
            except ValueError as error:
                raise LibraryDamaged(path, None, "text in it is none") from error
