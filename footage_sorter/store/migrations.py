"""The library's schema, as an append-only list of steps. A released step is never edited.

Step n brings a library from `user_version` n - 1 to n; see `database.migrate`.
"""

STEPS: tuple[tuple[str, ...], ...] = (
    (  # 1: the first release
        # A row is a clip: the content it was last seen with, and where. `fresh` tells that
        # content, media and error belong to the stamp. `placeless` rows have no file that we know
        # of (another one took the path, or a person removed the clip from the library): they
        # remember the decision until the content shows up again, or a `successor` took it over.
        # Paths are the bytes of the file system, which need not be text.
        """
        CREATE TABLE clips (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            path BLOB NOT NULL,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            fresh INTEGER NOT NULL DEFAULT 0,
            content TEXT,
            media TEXT,
            error TEXT,
            missing INTEGER NOT NULL DEFAULT 0,
            placeless INTEGER NOT NULL DEFAULT 0,
            successor INTEGER REFERENCES clips (id)
        ) STRICT
        """,
        "CREATE UNIQUE INDEX clips_path ON clips (path) WHERE NOT placeless",
        "CREATE INDEX clips_content ON clips (content) WHERE content IS NOT NULL",
        # Facts, by content: never edited, shared by copies of a file. `tracks` is derived from
        # the others and can be made again; it lies before them so that reading a library does
        # not touch their pages. Layouts: see `encoding`.
        """
        CREATE TABLE reports (
            content TEXT NOT NULL,
            blur_model TEXT NOT NULL,
            exposure_model TEXT NOT NULL,
            shake_model TEXT NOT NULL,
            sound_model TEXT NOT NULL,
            looked INTEGER NOT NULL,
            saved_at_ns INTEGER NOT NULL,
            layout INTEGER NOT NULL,
            about TEXT NOT NULL,
            tracks_version INTEGER NOT NULL,
            tracks BLOB NOT NULL,
            frames BLOB NOT NULL,
            bursts BLOB NOT NULL,
            sounds BLOB,
            UNIQUE (content, blur_model, exposure_model, shake_model, sound_model)
        ) STRICT
        """,
        # What people decided: one row a field, with when and by whom.
        """
        CREATE TABLE decisions (
            clip_id INTEGER NOT NULL REFERENCES clips (id),
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            at_ns INTEGER NOT NULL,
            by TEXT NOT NULL,
            PRIMARY KEY (clip_id, field)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (  # 2: the journal of what was done to files
        """
        CREATE TABLE operations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            begun_at_ns INTEGER NOT NULL,
            root BLOB
        ) STRICT
        """,
        """
        CREATE TABLE steps (
            operation_id INTEGER NOT NULL REFERENCES operations (id),
            number INTEGER NOT NULL,
            deed TEXT NOT NULL,
            source BLOB NOT NULL,
            target BLOB,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            clip_id INTEGER REFERENCES clips (id),
            state TEXT NOT NULL,
            obstacle TEXT,
            detail TEXT NOT NULL,
            PRIMARY KEY (operation_id, number)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (  # 3: which sidecar was read last, so that one that did not change is not read again
        """
        CREATE TABLE sidecars (
            clip_id INTEGER PRIMARY KEY REFERENCES clips (id),
            name BLOB NOT NULL,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL
        ) STRICT
        """,
    ),
    (  # 4: what classifiers measured on whole clips, by content like reports
        """
        CREATE TABLE tags (
            content TEXT NOT NULL,
            classifier TEXT NOT NULL,
            saved_at_ns INTEGER NOT NULL,
            probabilities TEXT NOT NULL,
            PRIMARY KEY (content, classifier)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (  # 5: what a taste learns from, apart from the reports so that either is read alone; the taste
        """
        CREATE TABLE features (
            content TEXT NOT NULL,
            blur_model TEXT NOT NULL,
            exposure_model TEXT NOT NULL,
            shake_model TEXT NOT NULL,
            sound_model TEXT NOT NULL,
            version INTEGER NOT NULL,
            measured BLOB NOT NULL,
            picture BLOB,
            PRIMARY KEY (content, blur_model, exposure_model, shake_model, sound_model)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE taste (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            document TEXT NOT NULL
        ) STRICT
        """,
    ),
)
