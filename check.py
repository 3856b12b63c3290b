"""The one front door for all checks: format, lint, types, import contracts, tests.

python check.py              everything
python check.py --fix        format and mend what can be mended, then everything
python check.py tests/unit   everything, but only these tests
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main(words: list[str]) -> int:
    """Run each check in turn; return the exit status of the first that fails, or 0."""
    fix = "--fix" in words
    tests = [word for word in words if word != "--fix"] or ["tests"]
    bin_folder = Path(sys.executable).parent
    python = sys.executable
    checks = [
        [python, "-m", "ruff", "format", *([] if fix else ["--check"]), "."],
        [python, "-m", "ruff", "check", *(["--fix"] if fix else []), "."],
        [python, "-m", "mypy"],
        [str(bin_folder / "lint-imports")],
        [python, "-m", "pytest", "-n", "2", "--durations=10", *tests],
    ]
    # Without a display, Qt's offscreen platform draws; a person's own choice stands.
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    for command in checks:
        print(f"\n$ {' '.join(command)}", flush=True)
        started_s = time.monotonic()
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        print(f"-> {status} after {time.monotonic() - started_s:.0f} s", flush=True)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
