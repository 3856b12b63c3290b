"""`python -m footage_sorter`."""

import sys

from footage_sorter.media.process import SWITCH

if __name__ == "__main__":
    if sys.argv[1:] == [SWITCH]:  # a frozen program starts itself to decode
        from footage_sorter.media import tasks, worker  # noqa: F401  what it will be asked

        worker.main()
    else:
        from footage_sorter.app import main

        sys.exit(main())
