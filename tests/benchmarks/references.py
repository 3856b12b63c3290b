"""What a verdict's speed is held against: the founding loop, and FFmpeg's own measures."""

import os
import subprocess
import time
from contextlib import closing
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import torch
import torchvision
from moviepy import VideoFileClip

from tests.benchmarks.harness import Row

FOUNDING_FRAMES = 24
"""The founding loop is timed on so many frames: it has no memory, so more only take longer."""


def measured_by_ffmpeg(path: Path) -> str:
    """FFmpeg's own measures, over every frame."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path),
        "-vf", "signalstats,blurdetect", "-an", "-f", "null", "-",
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return "every frame"


def founding_loop(path: Path, device: str) -> Row:
    """Every frame through moviepy, a random 224 crop, two ResNeXt-50 with the founding head.

    The weights are random: they do not change the time. Its networks may have every core.

    Args:
        path: The clip.
        device: "cpu" or "cuda": where the networks run.
    """
    torch.set_num_threads(os.cpu_count() or 1)
    rng = np.random.default_rng(0)
    networks = [torchvision.models.resnext50_32x4d(weights=None).eval() for _ in range(2)]
    for network in networks:
        network.to(device)
    with closing(VideoFileClip(str(path), audio=False)) as clip, torch.inference_mode():
        frames = clip.iter_frames()
        crop_and_judge(next(frames), networks, rng, device)  # the first call prepares itself
        start_s = time.perf_counter()
        n_frames = 0
        for frame, _ in zip(frames, range(FOUNDING_FRAMES), strict=False):
            crop_and_judge(frame, networks, rng, device)
            n_frames += 1
        seconds = time.perf_counter() - start_s
        return Row("founding loop", seconds, n_frames / clip.fps, f"on {n_frames} frames")


def crop_and_judge(
    frame: np.ndarray, networks: list[torch.nn.Module], rng: np.random.Generator, device: str
) -> None:
    """One step of the founding loop."""
    x = rng.integers(0, frame.shape[1] - 223)
    y = rng.integers(0, frame.shape[0] - 223)
    crop = torch.from_numpy(frame[y : y + 224, x : x + 224].copy()).to(device).permute(2, 0, 1)
    for network in networks:
        network((crop.float() / 255).unsqueeze(0)).cpu()
