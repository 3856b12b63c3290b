"""How well likeness tells takes of a scene from other scenes: python -m tests.benchmarks.likeness

Reads the clips of `../shared/footage`, where it is there. Pairs of one scene are other moments of
a clip, and other crops and lights of one moment; pairs of two scenes are pictures of two clips.
"""

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np

from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.likeness import ALIKE, SIGNATURE_PX, distances, features_of
from footage_sorter.media.stills import frames_at
from tests.helpers.reading import clip_of

FOOTAGE = Path(__file__).parents[3] / "shared" / "footage"
SHARES = (0.1, 0.2, 1 / 3, 0.5, 0.7, 0.9)
SAME_SCENE = {"walk_1_stabilised": "walk_1", "sculpture_shaky": "walk_1"} | {
    f"walk_{n}_stabilised": f"walk_{n}" for n in (3, 8)
}
"""Clips, by name, that show what another one shows."""


def scenes() -> Iterator[tuple[str, list[np.ndarray]]]:
    """Each clip's scene, and its pictures at `SHARES`."""
    for path in sorted([*FOOTAGE.glob("fest/*.*"), *FOOTAGE.glob("shake/*.m4v")]):
        try:
            clip = clip_of(path)
            assert clip.media is not None
            times_s = [clip.media.duration_s * share for share in SHARES]
            yield SAME_SCENE.get(path.stem, path.stem), frames_at(clip, times_s, 480, exact=True)
        except ClipError as error:
            print(error)


def small(picture: np.ndarray) -> np.ndarray:
    """Its signature."""
    return cv2.resize(picture, SIGNATURE_PX, interpolation=cv2.INTER_AREA)


def other_take(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """80 to 100 % of the picture, with 75 to 125 % of the light."""
    height, width = picture.shape[:2]
    share = rng.uniform(0.8, 1.0)
    x, y = (int(rng.uniform(0, side * (1 - share))) for side in (width, height))
    part = picture[y : y + int(height * share), x : x + int(width * share)]
    return np.clip(part * rng.uniform(0.75, 1.25), 0, 255).astype(np.uint8)


def apart(pairs: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Distances of pairs of pictures, sorted."""
    features = features_of(np.stack([small(one) for pair in pairs for one in pair]))
    ones = np.arange(0, 2 * len(pairs), 2)
    return np.sort(distances(features, ones, ones + 1))


def main() -> int:
    """Measure and print."""
    found = list(scenes())
    if not found:
        print(f"no clips below {FOOTAGE}")
        return 1
    rng = np.random.default_rng(0)
    third = SHARES.index(1 / 3)
    same = [(p[third], p[at]) for _, p in found for at in (1, 3, 4)]
    same += [(p[at], other_take(p[at], rng)) for _, p in found for at in rng.integers(6, size=4)]
    other = []
    for (scene, ones), (another, others) in combinations(found, 2):
        into = same if scene == another else other
        into += [(ones[a], others[b]) for a, b in ((third, third), (third, 3), (3, third))]
    one_scene, two_scenes = apart(same), apart(other)
    print(f"{len(found)} clips of {len({scene for scene, _ in found})} scenes")
    below = (one_scene <= ALIKE).mean()
    print(f"one scene:  {len(same)} pairs, {below:.0%} within {ALIKE} (ALIKE)")
    wrong = (two_scenes <= ALIKE).sum()
    print(f"two scenes: {len(other)} pairs, {wrong} within it; nearest {two_scenes[:4].round(2)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
