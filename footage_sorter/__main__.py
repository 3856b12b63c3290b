"""`python -m footage_sorter`, and where the installed command begins."""

import gc
import sys

INTERRUPTED = 130


def main() -> int:
    """Run the program; a Ctrl-C while it is still being loaded ends it as quietly as a later one.

    A frozen program, which is its own interpreter, starts itself to be a worker.
    """
    try:
        # Late: what takes a second to load is loaded where an interruption is heard.
        from footage_sorter.media.process import SWITCH  # noqa: PLC0415

        if sys.argv[1:2] == [SWITCH]:
            from footage_sorter.media import priority  # noqa: PLC0415

            priority.lower_own_priority(int(sys.argv[2]))
            from footage_sorter.media import tasks, worker  # noqa: F401, PLC0415  what it is asked

            worker.main()
            return 0
        gc.disable()  # what is loaded stays: to look for garbage in it takes a tenth of the time
        from footage_sorter import app  # noqa: PLC0415

        gc.enable()
        return app.main()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
