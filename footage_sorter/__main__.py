"""`python -m footage_sorter`."""

import sys

from footage_sorter.app import main

if __name__ == "__main__":
    sys.exit(main())
