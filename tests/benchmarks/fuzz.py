"""How the engine bears spoilt files: python -m tests.benchmarks.fuzz [N] [SEED]

Good clips of many formats are spoilt (bits flipped, cut at any byte, index damaged, blocks lost)
and rated, coarse and closely. To reach: no crash, no halt, no bug, no memory growth. A file that
does harm is kept in the folder that is named, and the status is 1.
"""

import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.report import Pass
from footage_sorter.media.decoders import Decoders
from tests.helpers.clips import FORMATS, Encoding, Format, Shot, film, tone
from tests.helpers.spoil import Spoil, spoil
from tests.helpers.verdict import judge

SHOT = Shot(seconds=1.5, size_px=(96, 64))
SUBJECTS = {
    name: FORMATS[name]
    for name in ("h264", "h264_mkv", "h264_ts", "mjpeg", "prores", "ten_bit", "mpeg2", "vp9")
} | {"h264_faststart": Format(".mp4", Encoding(faststart=True))}
PATIENCE_S = 60.0
MAX_GROWTH_MB = 40
"""What allocators and caches take in their first hundreds of files is no leak."""
MAX_PEAK_MB = 600
"""No header of so small a clip may make anybody ask for more."""


def main() -> int:
    """Spoil, rate, count; 1 where harm was done."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    harm = Path(tempfile.gettempdir()) / "footage-sorter-fuzz"
    ends: Counter[str] = Counter()
    slowest_s, slowest = 0.0, ""
    with tempfile.TemporaryDirectory() as folder, closing(Decoders(PATIENCE_S)) as decoders:
        good = subjects(Path(folder))
        early_mb = {}
        for number in range(seed, seed + n):
            if number == seed + n // 3:
                early_mb = resident_mb(decoders)
            name, how = pick(number)
            path = Path(folder) / f"spoilt{SUBJECTS[name].ending}"
            path.write_bytes(spoil(good[name], how, number))
            started_s = time.perf_counter()
            end = rated(decoders, path)
            taken_s = time.perf_counter() - started_s
            ends[end] += 1
            if taken_s > slowest_s:
                slowest_s, slowest = taken_s, f"{name} {how} {number}: {end}"
            if is_harm(end):
                harm.mkdir(exist_ok=True)
                shutil.copy(path, harm / f"{name}-{how}-{number}{path.suffix}")
                print(f"HARM {name} {how} {number}: {end}", flush=True)
        peak_mb = resident_mb(decoders, "VmHWM")
        grown_mb = {
            who: mb - early_mb[who] for who, mb in resident_mb(decoders).items() if who in early_mb
        }
    report(n, ends, slowest_s, slowest, grown_mb, peak_mb)
    grew = any(mb > MAX_GROWTH_MB for mb in grown_mb.values())
    grew |= any(mb > MAX_PEAK_MB for mb in peak_mb.values())
    harmed = grew or any(is_harm(end) for end in ends)
    if harmed:
        print(f"files that did harm are in {harm}")
    return int(harmed)


def subjects(folder: Path) -> dict[str, bytes]:
    """The good clips, by format."""
    made = {}
    for name, kind in SUBJECTS.items():
        sound = None if kind.ending in {".mpg", ".webm"} else tone(SHOT.seconds)
        path = film(folder / f"{name}{kind.ending}", SHOT, encoding=kind.encoding, sound=sound)
        made[name] = path.read_bytes()
    return made


def pick(number: int) -> tuple[str, Spoil]:
    """Format and way, so that every pair comes up in turn."""
    names, ways = list(SUBJECTS), list(Spoil)
    return names[number % len(names)], ways[number // len(names) % len(ways)]


def rated(decoders: Decoders, path: Path) -> str:
    """Rate `path`; how that ended, in one word."""
    fallen = decoders.fallen
    end = _rated(decoders, path)
    # A sound stream that brings its decoder down costs no clip, but it is harm.
    return Why.CRASHED.value if decoders.fallen > fallen and not is_harm(end) else end


def _rated(decoders: Decoders, path: Path) -> str:
    try:
        judge(decoders, path, Pass.COARSE)
        verdict = judge(decoders, path)
    except ClipError as error:
        return error.why.value
    except Exception as error:  # noqa: BLE001  a bug is what is looked for
        return f"bug {type(error).__name__}: {str(error).strip().splitlines()[-1][:120]}"
    return "rated in part" if verdict.report.damage else "rated"


def is_harm(end: str) -> bool:
    """Whether a file did what no file may."""
    return end.startswith("bug") or end in {Why.CRASHED, Why.STALLED}


def resident_mb(decoders: Decoders, what: str = "VmRSS") -> dict[str, float]:
    """Memory in use, in MB, of this process and of the decoders'; or the most there ever was."""
    found = {}
    for pid in ["self", *decoders.pids]:
        status = Path(f"/proc/{pid}/status")
        if status.exists():  # Linux alone tells it here
            line = next(x for x in status.read_text().splitlines() if x.startswith(what))
            found["program" if pid == "self" else f"decoder {pid}"] = int(line.split()[1]) / 1000
    return found


def report(
    n: int,
    ends: Counter[str],
    slowest_s: float,
    slowest: str,
    grown_mb: dict[str, float],
    peak_mb: dict[str, float],
) -> None:
    """Print what came of it."""
    print(f"\n{n} spoilt files")
    for end, count in ends.most_common():
        print(f"  {count:6} {end}")
    print(f"slowest: {slowest_s:.1f} s, {slowest}")
    for who, mb in grown_mb.items():
        print(f"{who}: {mb:+.1f} MB over the last two thirds, {peak_mb[who]:.0f} MB at most")


if __name__ == "__main__":
    sys.exit(main())
