"""What a network is called in a report: another name wherever it would answer otherwise."""

from dataclasses import replace

import pytest

from footage_sorter.inference.preprocess import Framing, View
from footage_sorter.inference.weights import Calibration, FirstLook, Manifest, Material

VIDEO = Calibration(1.5, (0.0, 0.1))
MANIFEST = Manifest(
    name="blur-1",
    sha256="0" * 64,
    classes=("sharp", "blurry"),
    framing=Framing(View.REGIONS, 64, 4),
    working_long_side_px=640,
    stem_channels=8,
    stages=(),
    width=16,
    calibrations={Material.VIDEO: VIDEO, Material.PHOTOGRAPHS: VIDEO},
)


@pytest.mark.parametrize(
    "other",
    [
        {"sha256": "1" * 64},
        {"framing": Framing(View.REGIONS, 64, 5)},
        {"working_long_side_px": 960},
        {"least_clipped": 0.1},
        {"first_look": FirstLook(2, 0.1)},
        {"calibrations": MANIFEST.calibrations | {Material.VIDEO: Calibration(1.6, (0.0, 0.1))}},
        {"calibrations": MANIFEST.calibrations | {Material.VIDEO: Calibration(1.5, (0.0, 0.2))}},
    ],
)
def test_what_answers_otherwise_has_another_label(other):
    assert replace(MANIFEST, **other).label != MANIFEST.label


def test_the_label_is_the_name_and_a_hash_of_what_judges_video():
    for_photographs = {Material.PHOTOGRAPHS: Calibration(9.0, (0.0, 0.0))}
    same = replace(MANIFEST, calibrations=MANIFEST.calibrations | for_photographs)
    assert same.label == MANIFEST.label
    name, _, digest = MANIFEST.label.partition("@")
    assert name == "blur-1"
    assert len(digest) == 12
