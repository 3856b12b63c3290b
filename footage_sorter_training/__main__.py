"""`python -m footage_sorter_training JOB`: a job as JSON in a file; events on standard output.

Commands come on standard input, a line each; when it ends, so does the trainer: nobody waits.
"""

import logging
import os
import sys
from pathlib import Path
from threading import Event, Thread

from footage_sorter.domain.training import PAUSE, RESUME, Told, TrainingJob, event_line


def main(argv: list[str]) -> int:
    """Do one job; return 0, also where it was refused: that was told."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    job = TrainingJob.from_text(Path(argv[0]).read_text("utf-8"))
    running = Event()
    running.set()
    # A daemon: it waits in a read that nothing ends.
    Thread(target=_listen, args=(running,), name="commands", daemon=True).start()
    # Late: torch takes seconds in which commands must be heard already.
    import torch  # noqa: PLC0415

    from footage_sorter_training.train import Talk, train  # noqa: PLC0415

    torch.set_num_threads(max(1, (os.cpu_count() or 1) // 2))
    train(job, Talk(_tell, running))
    return 0


def _tell(event: Told) -> None:
    sys.stdout.write(event_line(event) + "\n")
    sys.stdout.flush()


def _listen(running: Event) -> None:
    """Obey commands; with the end of them the process ends, whatever it is doing.

    What it writes appears whole or not at all, so that it may end at any moment.
    """
    for line in sys.stdin:
        if line.strip() == PAUSE:
            running.clear()
        elif line.strip() == RESUME:
            running.set()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
