"""A trainer of few words: a real process that talks like the real one and learns nothing.

What it does is said by its job's seed: 1: it makes what lies in the folder `ready` beside its
cache; 2: it refuses; 3: it dies; 4: it goes on until it is ended.
"""

import shutil
import sys
import time
from pathlib import Path

from footage_sorter.domain.training import (
    Advanced,
    Began,
    LeftOut,
    Made,
    Refusal,
    Refused,
    Skipped,
    TrainingJob,
    Tried,
    event_line,
)


def tell(event):
    sys.stdout.write(f"{event_line(event)}\n")
    sys.stdout.flush()


def main():
    job = TrainingJob.from_text(Path(sys.argv[1]).read_text("utf-8"))
    sys.stdout.write("a library's warning, which is no event\n")
    tell(Began("a backbone", "cpu"))
    tell(Skipped(job.examples[0].path, LeftOut.TOO_SHORT))
    match job.seed:
        case 2:
            tell(Refused(Refusal.ONE_CLASS))
        case 3:
            sys.stderr.write("out of memory")
            sys.exit(3)
        case 4:
            for done in range(10_000):
                tell(Advanced("looking", done, 10_000))
                time.sleep(0.05)
    tell(Advanced("learning", 1, 2))
    tell(Tried(("indoor", "outdoor"), ((19, 1), (2, 18)), 40, "gru"))
    shutil.copytree(job.cache.parent / "ready", job.out)
    tell(Made(str(job.out)))


if __name__ == "__main__":
    main()
