"""Pictures to learn exposure from: bracket frames varied, and good photographs re-exposed.

Knows which light deserves which word. A lit subject before the dark and a pale picture that clips
nothing are well exposed: see the product's rules.
"""

from collections.abc import Callable

import cv2
import numpy as np

from footage_sorter.inference.preprocess import fit, luma_of
from training.codecs import through_h264, through_jpeg
from training.optics import Light, Picture, add_noise, blend, blob, to_light, to_picture
from training.recipe import DrawKnobs

GOOD, UNDER, OVER = 0, 1, 2
Rng = np.random.Generator
Made = tuple[Picture, int]

MADE_LONG_SIDE_PX = 400
"""Exposure is judged on a small picture; making it at full size would only cost time."""


def looks_well_exposed(picture: Picture) -> bool:
    """Tell by its histogram alone: bright enough at the bright end, and little of it clipped.

    Used to take pictures of other collections as good ones, never to judge.
    """
    luma = luma_of(picture)
    return bool(np.percentile(luma, 97) >= 175 and _clipped(luma) <= 0.03)


def vary_labelled(picture: Picture, knobs: DrawKnobs, rng: Rng) -> Picture:
    """Return a bracket frame as another camera might have framed and stored it."""
    small = fit(picture, MADE_LONG_SIDE_PX)
    height, width = small.shape[:2]
    share = rng.uniform(0.8, 1.0)
    top = int(rng.uniform(0, height * (1 - share)))
    left = int(rng.uniform(0, width * (1 - share)))
    cropped = small[top : top + int(height * share), left : left + int(width * share)]
    return _finish(cropped, knobs, rng)


def make_from_good(picture: Picture, knobs: DrawKnobs, _long_side_px: int, rng: Rng) -> Made:
    """Make a labelled picture from a well exposed one.

    Args:
        picture: Well exposed.
        knobs: Bounds of what is done to it.
        rng: Decides everything.

    Returns:
        The picture, small, and its label.
    """
    make = KINDS[int(rng.choice(len(KINDS), p=SHARES))]
    made, label = make(fit(picture, MADE_LONG_SIDE_PX), knobs, rng)
    return _finish(made, knobs, rng), label


def _good(small: Picture, knobs: DrawKnobs, rng: Rng) -> Made:
    # A third stays as it was: the pictures that it must be right on have known no re-exposure.
    ev = float(rng.choice([0.0, rng.uniform(-knobs.good_ev, knobs.good_ev)], p=[0.35, 0.65]))
    return expose(small, ev, rng, curve=bool(ev)), GOOD


def _under(small: Picture, knobs: DrawKnobs, rng: Rng) -> Made:
    made = expose(small, -float(rng.uniform(*knobs.bad_ev)), rng)
    luma = luma_of(made)
    # Lamps and windows outshine any re-exposure; such a picture is not plainly too dark.
    return (made, UNDER) if np.percentile(luma, 97) < 140 else (small, GOOD)


def _over(small: Picture, knobs: DrawKnobs, rng: Rng) -> Made:
    made = expose(small, float(rng.uniform(*knobs.bad_ev)), rng)
    luma = luma_of(made)
    # A dark scene takes the added light without harm.
    return (made, OVER) if _clipped(luma) > 0.15 else (small, GOOD)


def _lit_subject_in_the_dark(small: Picture, knobs: DrawKnobs, rng: Rng) -> Made:
    """Light a stage, a screen or a yard well, and let the rest fall into the dark."""
    dark = expose(small, -float(rng.uniform(2.5, 9.0)), rng)
    masks = [_somewhere(small, rng, (0.04, 0.4)) for _ in range(int(rng.integers(1, 4)))]
    mask = np.maximum.reduce(masks)
    lit = expose(small, float(rng.uniform(-0.3, knobs.good_ev)), rng)
    if rng.random() < 0.4:  # stage light is seldom white
        gels = (2.0 ** -rng.uniform(0.0, 4.0, 3)).astype(np.float32)
        lit = to_picture(to_light(lit) * gels / gels.max())
    seen = luma_of(lit)[mask > 0.5]
    if not seen.size or np.percentile(seen, 80) < 130:  # the subject itself is dark
        return small, GOOD
    return blend(lit, dark, mask), GOOD


def _lights_at_night(small: Picture, knobs: DrawKnobs, rng: Rng) -> Made:
    """Burn lights in the night: fireworks, lanterns, a lit street. The dark is meant."""
    height, width = small.shape[:2]
    light = to_light(expose(small, -float(rng.uniform(3.0, 9.0)), rng))
    for _ in range(int(rng.integers(2, 12))):
        colour = (2.0 ** -rng.uniform(0.0, 4.0, 3)).astype(np.float32)
        spread = rng.normal(0.0, rng.uniform(0.02, 0.12) * max(height, width), (2, 200))
        rows = np.clip(rng.uniform(0.1, 0.9) * height + spread[0], 0, height - 1).astype(int)
        columns = np.clip(rng.uniform(0.1, 0.9) * width + spread[1], 0, width - 1).astype(int)
        glow = np.zeros((height, width), np.float32)
        np.add.at(glow, (rows, columns), np.float32(1.0))
        glow = np.asarray(cv2.GaussianBlur(glow, (0, 0), float(rng.uniform(0.8, 8.0))), np.float32)
        strength = np.float32(rng.uniform(0.8, 6.0) / glow.max())
        light = light + strength * glow[..., np.newaxis] * colour
    made = to_picture(light)
    lit = float((made.max(axis=2) > 180).mean())
    return (made, GOOD) if 0.03 < lit < 0.5 else _lit_subject_in_the_dark(small, knobs, rng)


def _subject_before_white(small: Picture, _knobs: DrawKnobs, rng: Rng) -> Made:
    """A white table, snow, a pale wall: bright nearly everywhere, clipped nowhere."""
    height, width = small.shape[:2]
    tint = rng.uniform(0.88, 1.0, 3) * rng.uniform(0.62, 0.93)
    corners = tint * rng.uniform(0.82, 1.0, (3, 3, 1))
    ground = cv2.resize(corners.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return blend(
        small, to_picture(np.asarray(ground, np.float32)), _somewhere(small, rng, (0.05, 0.5))
    ), GOOD


def _pale(small: Picture, _knobs: DrawKnobs, rng: Rng) -> Made:
    """Fog, sand, a reef: the whole picture is lifted and flat, with its detail kept."""
    low, high = rng.uniform(90, 175), rng.uniform(222, 248)
    return np.asarray(np.rint(low + small * ((high - low) / 255.0)), dtype=np.uint8), GOOD


KINDS: tuple[Callable[[Picture, DrawKnobs, Rng], Made], ...] = (
    _good,
    _under,
    _over,
    _lit_subject_in_the_dark,
    _lights_at_night,
    _subject_before_white,
    _pale,
)
SHARES = (0.30, 0.16, 0.15, 0.12, 0.15, 0.08, 0.04)
"""How often each kind is made."""


def expose(picture: Picture, ev: float, rng: Rng, *, curve: bool = True) -> Picture:
    """Return `picture` as if it had been exposed by `ev` stops more, clipped and noisy.

    Args:
        picture: uint8 sRGB.
        ev: Stops; light is multiplied by 2**ev.
        rng: Decides the noise and the curve.
        curve: Lay another camera's tone curve over it.
    """
    light = to_light(picture) * np.float32(2.0**ev)
    noise = rng.standard_normal(light.shape, dtype=np.float32)
    # Photon noise grows with the root of the light; a small sensor collects about 5,000 electrons.
    light = light + noise * np.sqrt(np.maximum(light, 0.0) / np.float32(rng.uniform(2e3, 2e4)))
    exposed = to_picture(light)
    return _camera_curve(exposed, rng) if curve else exposed


def _camera_curve(picture: Picture, rng: Rng) -> Picture:
    """Bend the tones as cameras do, towards more or less contrast; black and white stay."""
    tones = np.arange(256, dtype=np.float32) / 255.0
    contrast = rng.uniform(-0.25, 0.5)
    bent = tones + contrast * tones * (1 - tones) * (2 * tones - 1)
    bent = np.clip(bent, 0, 1) ** np.exp(rng.normal(0.0, 0.08))
    return np.asarray(np.rint(bent * 255.0).astype(np.uint8)[picture])


def _clipped(luma: Picture) -> float:
    """Return the share 0-1 of the picture that is clipped white."""
    return float((luma >= 250).mean())


def _somewhere(picture: Picture, rng: Rng, areas: tuple[float, float]) -> Light:
    """Draw the mask of a subject anywhere in the picture."""
    height, width = picture.shape[:2]
    centre = (height * rng.uniform(0.2, 0.8), width * rng.uniform(0.2, 0.8))
    return blob((height, width), centre, float(rng.uniform(*areas)), rng)


def _finish(picture: Picture, knobs: DrawKnobs, rng: Rng) -> Picture:
    """Mirror it, change its white balance a little and send it through a codec."""
    if rng.random() < 0.5:
        picture = np.ascontiguousarray(picture[:, ::-1])
    if rng.random() < 0.4:  # towards darker only: a gain above 1 would clip
        gains = 2.0 ** -np.abs(rng.normal(0.0, 0.15, 3))
        picture = to_picture(to_light(picture) * (gains / gains.max()).astype(np.float32))
    if rng.random() < knobs.noise_share:
        picture = add_noise(picture, float(rng.uniform(0.5, 5.0)), rng)
    if rng.random() < knobs.h264_share:
        return through_h264(picture, int(rng.integers(20, 36)))
    if rng.random() < knobs.jpeg_share:
        return through_jpeg(picture, int(rng.integers(40, 96)))
    return picture
