"""The real program as a process of its own, with a library and caches in a test's folder."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

HEADLESS = (
    "import sys; sys.modules['PySide6'] = sys.modules['torch'] = None; "
    "from footage_sorter.app import main; sys.exit(main())"
)
"""The program on a machine that has neither Qt nor torch."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """What was written to standard output, as JSON."""
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    def clip(self, name: str) -> dict[str, Any]:
        """The document's entry of the clip called `name`."""
        (found,) = [c for c in self.document["clips"] if Path(c["path"]).name == name]
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True, slots=True)
class Program:
    """The program, told to keep everything below `home`.

    Attributes:
        home: Where it runs and keeps things.
        installed: The command of an installed program; None for the checkout.
    """

    home: Path
    installed: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Its environment: no display, folders of its own on every system."""
        folders = {
            "XDG_DATA_HOME": "data",
            "XDG_CACHE_HOME": "cache",
            "XDG_CONFIG_HOME": "config",
            "XDG_STATE_HOME": "state",
            "HOME": "",
            "LOCALAPPDATA": "data",
        }
        inherited = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
        inherited.pop("QT_QPA_PLATFORM", None)
        inherited.pop("PYTHONPATH", None)
        checkout = {} if self.installed else {"PYTHONPATH": str(ROOT)}
        homes = {name: str(self.home / folder) for name, folder in folders.items()}
        return {**inherited, **homes, **checkout}

    @property
    def library(self) -> Path:
        """Its library's file on Linux."""
        return self.home / "data" / "footage-sorter" / "library.sqlite"

    @property
    def settings(self) -> Path:
        """Its settings' file on Linux."""
        return self.home / "config" / "footage-sorter" / "settings.json"

    def run(self, *words: str | os.PathLike[str], headless: bool = False) -> Ended:
        """Run it to its end."""
        process = self.start(*words, headless=headless)
        out, err = process.communicate(timeout=120)
        return Ended(process.returncode, out, err)

    def start(
        self, *words: str | os.PathLike[str], headless: bool = False
    ) -> "subprocess.Popen[str]":
        """Start it and return at once."""
        python = ["-c", HEADLESS] if headless else ["-m", "footage_sorter"]
        command = [self.installed] if self.installed else [sys.executable, "-W", "error", *python]
        return subprocess.Popen(
            [*command, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
            env=self.environment,
            cwd=self.home,
        )


def run_python(
    code: str, *words: str | os.PathLike[str], environment: Mapping[str, str] | None = None
) -> Ended:
    """Run `code` in a process of its own, with `words` as its arguments, to its end."""
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


def interrupt(process: "subprocess.Popen[str]") -> None:
    """Send what Ctrl-C sends."""
    process.send_signal(signal.SIGINT)


def names(document: dict[str, Any], paths: Sequence[Path] | None = None) -> list[str]:
    """The file names in a document."""
    return [Path(clip["path"]).name for clip in document["clips"]]
