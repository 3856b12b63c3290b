"""Pictures to learn blur from: labelled ones varied, and sharp ones degraded on the fly.

Knows which degradation deserves which word. A soft background behind a sharp subject, a moving
part of a still picture, and a picture with nothing in it are all "sharp": see the product's rules.
"""

from collections.abc import Callable

import cv2
import numpy as np

from footage_sorter.inference.preprocess import fit, luma_of
from footage_sorter.inference.regions import textured_regions
from training.codecs import through_h264, through_jpeg
from training.optics import (
    Light,
    Picture,
    add_noise,
    blend,
    blob,
    disk_kernel,
    path_kernel,
    smear,
    to_light,
    to_picture,
)
from training.recipe import DrawKnobs

SHARP, BLURRY = 0, 1
Rng = np.random.Generator
Made = tuple[Picture, int]


def vary_labelled(picture: Picture, knobs: DrawKnobs, rng: Rng) -> Picture:
    """Return a labelled picture as another camera might have stored it; its label stays true.

    The scale stays near the one that it was labelled at: blur is a matter of pixels.
    """
    picture = _cropped(picture, knobs.least_crop, rng)
    if rng.random() < knobs.as_stored_share:
        return _finish(picture, knobs, rng)
    height, width = picture.shape[:2]
    aspect = float(rng.choice(knobs.aspects)) if height == width else 1.0
    scale = float(np.exp(rng.uniform(*np.log(knobs.scale))))
    size = (round(width * scale * aspect**0.5), round(height * scale / aspect**0.5))
    smaller = size[0] * size[1] < width * height
    how = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return _finish(np.asarray(cv2.resize(picture, size, interpolation=how)), knobs, rng)


def make_from_sharp(picture: Picture, knobs: DrawKnobs, long_side_px: int, rng: Rng) -> Made:
    """Make a labelled picture from a sharp one.

    Args:
        picture: Sharp, at its native size.
        knobs: Bounds of what is done to it.
        long_side_px: Largest long side of the result; the smallest is half of it.
        rng: Decides everything.

    Returns:
        The picture at its working size and its label.
    """
    if rng.random() < 0.4:
        picture = _closer(picture, rng)
    target_px = min(max(picture.shape), round(rng.uniform(0.5, 1.0) * long_side_px))
    native = fit(picture, round(target_px * rng.uniform(1.0, 1.6)))
    per_working_px = max(native.shape) / target_px
    make = KINDS[int(rng.choice(len(KINDS), p=SHARES))]
    if rng.random() >= knobs.video_share:
        made, label = make(native, knobs, per_working_px, rng)
        return _finish(fit(made, target_px), knobs, rng), label
    # Video is softer than a photograph before anyone would call it blurred.
    made, label = make(native, knobs, per_working_px * knobs.video_softness, rng)
    return _as_video(_vary_light(made, knobs, rng), target_px, rng), label


def _untouched(native: Picture, _knobs: DrawKnobs, _scale: float, _rng: Rng) -> Made:
    return native, SHARP


def _softened(native: Picture, _knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    """Soften it as cheap lenses, stabilising and enlarging do: less crisp, yet in focus."""
    if rng.random() < 0.5:
        sigma_px = float(rng.uniform(0.4, 0.9)) * scale
        return np.asarray(cv2.GaussianBlur(native, (0, 0), sigma_px)), SHARP
    smaller = fit(native, round(max(native.shape) / scale * rng.uniform(0.6, 0.9)))
    size = (native.shape[1], native.shape[0])
    return np.asarray(cv2.resize(smaller, size, interpolation=cv2.INTER_LINEAR)), SHARP


def _defocused(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    return smear(native, _disk(knobs, scale, rng)), BLURRY


def _shaken(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    return smear(native, _path(knobs, scale, rng)), BLURRY


def _shaken_and_defocused(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    once = smear(native, _path(knobs, scale, rng))
    return smear(once, disk_kernel(rng.uniform(0.8, 2.5) * scale)), BLURRY


def _in_two_depths_of_blur(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    """Blur near and far differently: nothing is in focus, however the depth varies."""
    near = smear(native, _disk(knobs, scale, rng))
    far = smear(native, _disk(knobs, scale, rng))
    return blend(near, far, _subject(native, rng, (0.1, 0.5))), BLURRY


def _shallow(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    """Keep the subject sharp before a soft background."""
    behind = smear(native, _disk(knobs, scale, rng))
    return blend(native, behind, _subject(native, rng, (0.06, 0.4))), SHARP


def _in_a_plane_of_focus(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    """Keep a band sharp and let the ground before and behind it soften with its distance."""
    near, far = (smear(native, _disk(knobs, scale, rng)) for _ in range(2))
    little = smear(native, disk_kernel(float(rng.uniform(0.8, 2.0)) * scale))
    row, column = _textured_place(native, rng)
    turn = rng.normal(0.0, 0.5)
    rows, columns = np.mgrid[: native.shape[0], : native.shape[1]].astype(np.float32)
    ahead = (rows - row) * np.cos(turn) + (columns - column) * np.sin(turn)
    away = np.abs(ahead) / np.float32(rng.uniform(0.06, 0.25) * max(native.shape))
    out = np.where((ahead > 0)[..., np.newaxis], near, far)
    soft = blend(little, out, np.clip(2.0 - away, 0.0, 1.0))
    return blend(native, soft, np.clip(2.0 * (1.0 - away), 0.0, 1.0)), SHARP


def _subject_moves(native: Picture, knobs: DrawKnobs, scale: float, rng: Rng) -> Made:
    """Smear a part of the picture: a foot, a wheel, a passer-by."""
    moved = smear(native, _path(knobs, scale, rng))
    return blend(moved, native, _subject(native, rng, (0.05, 0.35))), SHARP


def _featureless(native: Picture, _knobs: DrawKnobs, _scale: float, rng: Rng) -> Made:
    """Leave nothing to judge: a wall, a sky, the dark. Never an alarm."""
    height, width = native.shape[:2]
    corners = rng.uniform(0, 1, (2, 2, 3)) * rng.uniform(0.0, 0.15) + rng.uniform(0, 0.85)
    light = cv2.resize(corners.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.3:
        light = light * 0.01
    return add_noise(
        to_picture(np.asarray(light, np.float32)), float(rng.uniform(0.0, 5.0)), rng
    ), SHARP


KINDS: tuple[Callable[[Picture, DrawKnobs, float, Rng], Made], ...] = (
    _untouched,
    _softened,
    _shallow,
    _in_a_plane_of_focus,
    _subject_moves,
    _featureless,
    _defocused,
    _shaken,
    _shaken_and_defocused,
    _in_two_depths_of_blur,
)
SHARES = (0.10, 0.16, 0.12, 0.08, 0.05, 0.03, 0.18, 0.17, 0.05, 0.06)
"""How often each kind is made; nearly half of all is blurry."""


def _disk(knobs: DrawKnobs, scale: float, rng: Rng) -> Light:
    """Draw a defocus; small ones are as frequent as large ones, since they are the hard ones."""
    return disk_kernel(float(np.exp(rng.uniform(*np.log(knobs.defocus_radius_px)))) * scale)


def _path(knobs: DrawKnobs, scale: float, rng: Rng) -> Light:
    """Draw a camera motion; short ones are as frequent as long ones."""
    return path_kernel(float(np.exp(rng.uniform(*np.log(knobs.motion_length_px)))) * scale, rng)


def _subject(native: Picture, rng: Rng, areas: tuple[float, float]) -> Light:
    """Draw the mask of a subject around a textured place: a plain one would show no focus."""
    shape = (native.shape[0], native.shape[1])
    return blob(shape, _textured_place(native, rng), float(rng.uniform(*areas)), rng)


def _textured_place(native: Picture, rng: Rng) -> tuple[float, float]:
    """Draw the row and column of a place with texture."""
    grey = luma_of(native)
    side = min(128, min(grey.shape) // 16 * 16)
    places = textured_regions(grey, 6, side) + side // 2
    row, column = places[int(rng.integers(len(places)))]
    return float(row), float(column)


def _closer(picture: Picture, rng: Rng) -> Picture:
    """Cut out a part around a textured place: large plain shapes, as in a close-up."""
    height, width = picture.shape[:2]
    share = rng.uniform(0.45, 0.9)
    row, column = _textured_place(picture, rng)
    top = int(np.clip(row - height * share / 2, 0, height * (1 - share)))
    left = int(np.clip(column - width * share / 2, 0, width * (1 - share)))
    return picture[top : top + int(height * share), left : left + int(width * share)]


def _denoised(picture: Picture, rng: Rng) -> Picture:
    """Smooth it as a phone's noise reduction does: fine texture goes, edges stay."""
    strength = float(rng.uniform(12.0, 60.0))
    return np.asarray(cv2.bilateralFilter(picture, 5, strength, float(rng.uniform(1.0, 3.0))))


def _as_video(made: Picture, target_px: int, rng: Rng) -> Picture:
    """Store it as a camera stores video: little noise, much of it removed, then H.264."""
    if rng.random() < 0.4:
        made = add_noise(made, float(rng.uniform(1.0, 6.0)), rng)
    if rng.random() < 0.6:
        made = _denoised(made, rng)
    crf = int(rng.integers(22, 41))
    if rng.random() < 0.5:  # stored larger than it is judged
        return fit(through_h264(made, crf), target_px)
    return through_h264(fit(made, target_px), crf)


def _cropped(picture: Picture, least: float, rng: Rng) -> Picture:
    """Cut off some of the edges, so that regions fall elsewhere."""
    if least >= 1.0:
        return picture
    height, width = (round(side * rng.uniform(least, 1.0)) for side in picture.shape[:2])
    top = int(rng.integers(picture.shape[0] - height + 1))
    left = int(rng.integers(picture.shape[1] - width + 1))
    return picture[top : top + height, left : left + width]


def _vary_light(picture: Picture, knobs: DrawKnobs, rng: Rng) -> Picture:
    """Mirror it, and change its light and colour, mostly a little."""
    if rng.random() < 0.5:
        picture = np.ascontiguousarray(picture[:, ::-1])
    if rng.random() < knobs.gel_share:  # stage light, a red lamp: hardly more than one channel
        gels = (2.0 ** -rng.uniform(0.0, 5.0, 3)).astype(np.float32)
        return to_picture(to_light(picture) * gels / gels.max())
    if rng.random() < 0.5:
        tint = np.float32(2.0) ** rng.normal(0.0, 0.12, 3).astype(np.float32)
        picture = to_picture(to_light(picture) * tint * np.float32(2.0 ** rng.uniform(-1.5, 0.6)))
    return picture


def _finish(picture: Picture, knobs: DrawKnobs, rng: Rng) -> Picture:
    """Mirror it, change its light a little, add noise and store it."""
    picture = _vary_light(picture, knobs, rng)
    if rng.random() < knobs.noise_share:
        picture = add_noise(picture, float(rng.uniform(1.0, 9.0)), rng)
    if rng.random() < knobs.denoised_share:
        picture = _denoised(picture, rng)
    if rng.random() < knobs.h264_share:
        return through_h264(picture, int(rng.integers(20, 41)))
    if rng.random() < knobs.jpeg_share:
        return through_jpeg(picture, int(rng.integers(50, 96)))
    return picture
