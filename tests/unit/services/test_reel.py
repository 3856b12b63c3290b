import os
import subprocess
import sys
import time
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest

from footage_sorter.domain.clip import Clip, ClipId, Decision, FileStamp, Mark
from footage_sorter.domain.errors import ClipError, NothingKept, OutputFailed
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.row import ClipRow
from footage_sorter.media import playback
from footage_sorter.media.playback import pictures, sound_blocks
from footage_sorter.media.probe import probe
from footage_sorter.services.reel import Order, ReelOptions, make_reel, planned
from footage_sorter.services.reel_piece import SOUND_HZ, Piece, ReelSound

RED, GREEN, BLUE = (220, 30, 30), (30, 220, 30), (30, 30, 220)


def film(
    path,
    colours,
    *,
    size_px=(96, 64),
    rate=10,
    seconds=1.0,
    times=None,
    tone_hz=0,
    tone_s=0.0,
    sound_s=0.0,
):
    """Encode `seconds` of each of `colours`; `times` overrules when each frame is shown.

    The sound begins at `sound_s`, the tone in it at `tone_s`.
    """
    with av.open(str(path), "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=rate)
        video.width, video.height, video.pix_fmt = *size_px, "yuv420p"
        video.options = {"crf": "12", "g": "8", "bf": "0"}
        video.codec_context.time_base = Fraction(1, 1000)
        sound = out.add_stream("aac", rate=48000, layout="mono") if tone_hz else None
        n = round(seconds * rate)
        shown = [colour for colour in colours for _ in range(n)]
        for number, colour in enumerate(shown):
            picture = np.full((size_px[1], size_px[0], 3), colour, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts = round(1000 * (times[number] if times else number / rate))
            frame.time_base = Fraction(1, 1000)
            out.mux(video.encode(frame))
        out.mux(video.encode())
        if sound:
            t = np.arange(round(len(shown) / rate * 48000)) / 48000
            wave = (0.5 * np.sin(2 * np.pi * tone_hz * t) * (t >= tone_s)).astype(np.float32)[None]
            for start in range(round(sound_s * 48000), wave.shape[1] - 1023, 1024):
                block = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(wave[:, start : start + 1024]), "fltp", "mono"
                )
                block.sample_rate, block.pts = 48000, start
                out.mux(sound.encode(block))
            out.mux(sound.encode())
    return path


def row(path, decision=Decision(Mark.KEEP), clip_id=1):  # noqa: B008  frozen
    return ClipRow(
        Clip(ClipId(clip_id), path, FileStamp(path.stat().st_size, 1), media=probe(path)),
        decision,
    )


def read(path):
    """The reel's frames, shape (N, H, W, 3), its rate, and its sound, shape (samples,)."""
    with av.open(str(path)) as container:
        rate = container.streams.video[0].average_rate
        frames = np.stack([f.to_ndarray(format="rgb24") for f in container.decode(video=0)])
    with av.open(str(path)) as container:
        blocks = [f.to_ndarray().mean(axis=0) for f in container.decode(audio=0)]
    return frames, rate, np.concatenate(blocks)


def colour_at(frames, number):
    """The colour in the middle of a frame, as the nearest of the three."""
    height, width = frames.shape[1:3]
    middle = frames[number, height // 2, width // 2].astype(int)
    return min((RED, GREEN, BLUE), key=lambda colour: np.abs(middle - colour).sum())


def make(rows, out, cancel=None, **options):
    return make_reel(rows, out, ReelOptions(**options), cancel or Event())


def test_the_chosen_ranges_are_joined_in_order_with_their_sound(tmp_path):
    first = film(tmp_path / "a.mp4", [RED, GREEN, BLUE], tone_hz=440)
    second = film(tmp_path / "b.mp4", [BLUE, RED], tone_hz=880)
    rows = [
        row(first, Decision(Mark.KEEP, in_s=1.0, out_s=2.0)),
        row(second, Decision(Mark.NONE)),
        row(second, Decision(Mark.KEEP, out_s=1.0)),
    ]
    reel = make(rows, tmp_path / "reel.mp4")
    frames, rate, sound = read(reel.path)
    assert (reel.clips, reel.duration_s, rate, len(frames)) == (2, 2.0, 10, 20)
    assert [colour_at(frames, n) for n in range(20)] == [GREEN] * 10 + [BLUE] * 10
    assert [tone_of(sound[start : start + 24000]) for start in (12000, 60000)] == [440, 880]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "b.mp4", "reel.mp4"]


def tone_of(samples):
    """The strongest frequency, to 20 Hz."""
    spectrum = np.abs(np.fft.rfft(samples))
    return round(np.argmax(spectrum) * 48000 / len(samples) / 20) * 20


def test_a_clip_without_sound_is_silent_between_two_that_have_it(tmp_path):
    loud = film(tmp_path / "a.mp4", [RED], tone_hz=440)
    mute = film(tmp_path / "b.mp4", [GREEN])
    reel = make([row(loud), row(mute), row(loud)], tmp_path / "reel.mp4")
    _, _, sound = read(reel.path)
    level = [np.abs(sound[48000 * n + 12000 : 48000 * n + 36000]).max() for n in range(3)]
    assert level[0] > 0.3
    assert level[1] < 0.01
    assert level[2] > 0.3
    assert reel.without_sound == ()


def test_a_clip_of_variable_rate_shows_each_frame_at_its_time(tmp_path):
    # Ten frames: red for 0.5 s in five frames, green for 1.5 s in two, blue for 1 s in three.
    times = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.6, 2.0, 2.1, 2.9]
    colours = [RED] * 5 + [GREEN] * 2 + [BLUE] * 3
    path = film(tmp_path / "a.mp4", colours, seconds=0.1, times=times)
    frames, rate, _ = read(make([row(path)], tmp_path / "reel.mp4").path)
    at = [colour_at(frames, round(time_s * rate)) for time_s in (0.25, 0.75, 1.5, 1.85, 2.5)]
    assert at == [RED, GREEN, GREEN, GREEN, BLUE]


def test_a_turned_clip_stands_upright_inside_the_common_size(tmp_path):
    wide = film(tmp_path / "a.mp4", [RED], size_px=(96, 64))
    tall = film(tmp_path / "b.mp4", [GREEN], size_px=(64, 96))
    frames, _, _ = read(make([row(wide), row(wide), row(tall)], tmp_path / "reel.mp4").path)
    assert frames.shape[1:3] == (64, 96)
    assert colour_at(frames, 25) == GREEN
    assert frames[25, 32, :24].max() < 40, "black beside the upright picture"
    assert frames[25, 32, -24:].max() < 40
    assert frames[5, 2, 2].max() > 150, "a clip of the common size fills it"


def test_the_size_can_be_chosen(tmp_path):
    reel = make([row(film(tmp_path / "a.mp4", [RED]))], tmp_path / "r.mp4", size_px=(192, 108))
    frames, _, _ = read(reel.path)
    assert frames.shape[1:3] == (108, 192)
    assert colour_at(frames, 3) == RED


def test_a_title_is_shown_at_first_and_then_goes(tmp_path):
    path = film(tmp_path / "title.mp4", [BLUE], size_px=(320, 180), seconds=4.0)
    frames, _, _ = read(make([row(path)], tmp_path / "reel.mp4", titled=True).path)
    plain, _, _ = read(make([row(path)], tmp_path / "plain.mp4").path)
    assert np.abs(frames[5].astype(int) - plain[5]).max() > 100
    assert np.abs(frames[5, :90].astype(int) - plain[5, :90]).max() < 30, "only the lower left"
    assert np.abs(frames[35].astype(int) - plain[35]).max() < 30


def test_an_unreadable_clip_is_left_out_and_listed(tmp_path):
    good, bad = (film(tmp_path / name, [RED]) for name in ("a.mp4", "b.mp4"))
    rows = [row(good), row(bad)]
    bad.write_bytes(b"")
    reel = make(rows, tmp_path / "reel.mp4")
    assert reel.clips == 1
    assert [error.path for error in reel.skipped] == [bad]


def test_nothing_kept_is_one_error(tmp_path):
    path = film(tmp_path / "a.mp4", [RED])
    with pytest.raises(NothingKept):
        make([row(path, Decision(Mark.REJECT))], tmp_path / "reel.mp4")
    kept = row(path)
    path.unlink()
    with pytest.raises(NothingKept):
        make([kept], tmp_path / "reel.mp4")


@pytest.mark.parametrize("order", Order)
def test_the_order_can_be_chosen(tmp_path, order):
    b = row(film(tmp_path / "b.mp4", [RED]), clip_id=1)
    a = row(film(tmp_path / "A.mp4", [GREEN]), clip_id=2)
    frames, _, _ = read(make([b, a], tmp_path / "reel.mp4", order=order).path)
    names = [one.clip.path.name for one, _ in planned([b, a], order)]
    first = {Order.NAME: GREEN, Order.RECORDED: GREEN}.get(order, RED)
    assert colour_at(frames, 5) == first
    assert names == (["A.mp4", "b.mp4"] if first == GREEN else ["b.mp4", "A.mp4"])


def test_cancelling_leaves_nothing_and_an_old_reel_untouched(tmp_path):
    path = film(tmp_path / "a.mp4", [RED], seconds=3.0)
    out = tmp_path / "reel.mp4"
    out.write_bytes(b"old")
    cancel, told = Event(), []

    def tell(share):
        told.append(share)
        if share > 0.3:
            cancel.set()

    assert make_reel([row(path)], out, ReelOptions(), cancel, tell) is None
    assert told[-1] < 0.6
    assert out.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "reel.mp4"]


KILLED = """
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event
from footage_sorter.domain.clip import Clip, ClipId, Decision, FileStamp, Mark
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.row import ClipRow
from footage_sorter.media.probe import probe
from footage_sorter.services.reel import ReelOptions, make_reel
path, out = map(Path, sys.argv[1:])
clip = Clip(ClipId(1), path, FileStamp(path.stat().st_size, 1), media=probe(path))
row = ClipRow(clip, Decision(Mark.KEEP))
make_reel([row] * 50, out, ReelOptions(), Event(), lambda share: print(share, flush=True))
"""


def test_a_kill_leaves_the_old_reel_and_no_half_of_a_new_one(tmp_path):
    path, out = film(tmp_path / "a.mp4", [RED], seconds=2.0), tmp_path / "reel.mp4"
    out.write_bytes(b"old")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, path, out], stdout=subprocess.PIPE, text=True
    ) as made:
        next(share for share in made.stdout if float(share) > 0.3)
        made.kill()
    assert made.returncode != 0, "it was not done yet"
    assert out.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.glob("*.mp4")) == ["a.mp4", "reel.mp4"]


@pytest.fixture
def left_behind(tmp_path):
    """A folder as a reel leaves it that was killed yesterday."""
    folder = tmp_path / ".footage-sorter-0123456789abcdef"
    folder.mkdir()
    (folder / "reel.mp4").write_bytes(b"half a film")
    (folder / "sound.m4a").write_bytes(b"its sound")
    age(folder)
    return folder


def age(folder):
    yesterday_s = time.time() - 86_400
    for path in (*folder.iterdir(), folder):
        os.utime(path, (yesterday_s, yesterday_s))


def test_what_a_killed_reel_left_behind_is_removed_by_the_next(tmp_path, left_behind):
    make([row(film(tmp_path / "a.mp4", [RED]))], tmp_path / "reel.mp4")
    assert not left_behind.exists()


@pytest.mark.parametrize("why", ["in work", "somebody's file", "somebody's folder", "a link"])
def test_what_may_not_be_ours_or_is_in_work_stays(tmp_path, left_behind, why):
    stays = left_behind
    if why == "in work":
        (left_behind / "sound.m4a").touch()
    elif why == "somebody's file":
        (left_behind / "notes.txt").write_text("mine")
        age(left_behind)
    elif why == "somebody's folder":
        stays = left_behind.rename(tmp_path / ".footage-sorter-backup")
    else:
        stays = tmp_path / "elsewhere"
        left_behind.rename(stays).joinpath("sound.m4a").unlink()
        left_behind.symlink_to(stays, target_is_directory=True)
        age(stays)
    before = sorted(path.name for path in stays.iterdir())
    make([row(film(tmp_path / "a.mp4", [RED]))], tmp_path / "reel.mp4")
    assert sorted(path.name for path in stays.iterdir()) == before


def test_clips_of_several_rates_have_one_and_keep_their_pace(tmp_path):
    slow = film(tmp_path / "a.mp4", [RED, GREEN], rate=10)
    fast = [film(tmp_path / f"{n}.mp4", [BLUE], rate=25, tone_hz=440) for n in range(2)]
    reel = make([row(slow), *map(row, fast)], tmp_path / "reel.mp4")
    frames, rate, sound = read(reel.path)
    assert (rate, len(frames)) == (25, 100)
    at = [colour_at(frames, n) for n in (2, 22, 27, 47, 52, 98)]
    assert at == [RED, RED, GREEN, GREEN, BLUE, BLUE]
    assert abs(len(sound) / 48000 - 4.0) < 0.05
    assert np.abs(sound[: 48000 * 2 - 4800]).max() < 0.01 < np.abs(sound[48000 * 2 + 4800 :]).max()


def test_progress_ascends_to_the_end(tmp_path):
    told = []
    path = film(tmp_path / "a.mp4", [RED], tone_hz=440)
    make_reel([row(path)], tmp_path / "reel.mp4", ReelOptions(), Event(), told.append)
    assert told == sorted(told)
    assert told[-1] > 0.95


def test_no_frame_is_lost_to_a_rounding(tmp_path):
    assert int(29 / 25 * 25.0) == 28
    path = film(tmp_path / "a.mp4", [RED], rate=25, seconds=29 / 25)
    frames, _, _ = read(make([row(path)], tmp_path / "reel.mp4").path)
    assert len(frames) == 29


def test_sound_fades_where_two_pieces_meet(tmp_path):
    clip = row(film(tmp_path / "a.mp4", [RED] * 2, tone_hz=1000)).clip
    cuts = (Segment(0.2, 1.2), Segment(0.5, 1.5))
    pieces = [Piece(clip, cut, float(at), at + 1.0) for at, cut in enumerate(cuts)]
    times_s = np.arange(2 * SOUND_HZ) / SOUND_HZ
    with closing(ReelSound(pieces, Event())) as sound:
        loud = np.abs(sound.samples_at(times_s)).max(axis=1)
    for at_s in (0.0, 1.0, 2.0):
        assert loud[np.abs(times_s - at_s) < 0.001].max() < 0.06, "a click"
    assert loud[(times_s > 0.3) & (times_s < 0.7)].max() > 0.3


def test_a_range_shorter_than_a_frame_is_shown_for_one(tmp_path):
    path = film(tmp_path / "a.mp4", [RED, GREEN])
    moment = Decision(Mark.KEEP, in_s=1.5, out_s=1.51)
    reel = make([row(path, moment), row(path)], tmp_path / "reel.mp4")
    assert reel.duration_s == pytest.approx(2.1)
    frames, _, _ = read(reel.path)
    assert [colour_at(frames, number) for number in (0, 1)] == [GREEN, RED]


def test_no_clip_is_written_over(tmp_path):
    path = film(tmp_path / "a.mp4", [RED])
    before = path.read_bytes()
    (tmp_path / "link.mp4").symlink_to(path)
    for out in (path, tmp_path / "link.mp4"):
        with pytest.raises(OutputFailed):
            make([row(path)], out)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_one_error(tmp_path):
    with pytest.raises(OutputFailed):
        make([row(film(tmp_path / "a.mp4", [RED]))], tmp_path / "no" / "reel.mp4")


@pytest.mark.parametrize(
    "name", ["a\nb\"c'.mp4", "-y.mp4", "%03d 🎬 עברית.mp4", "byte\udcff.mp4", "pipe:1.mp4"]
)
def test_hostile_names_are_read_with_picture_and_sound(tmp_path, name):
    plain = film(tmp_path / "plain.mp4", [GREEN], tone_hz=440)
    path = plain.rename(tmp_path / name)
    reel = make([row(path)], tmp_path / "reel.mp4", titled=True)
    frames, _, sound = read(reel.path)
    assert colour_at(frames, 5) == GREEN
    assert reel.without_sound == ()
    assert np.abs(sound[12000:36000]).max() > 0.3


def test_playback_begins_with_what_is_shown_at_the_start(tmp_path):
    path = film(tmp_path / "a.mp4", [RED, GREEN], times=[n * 0.5 for n in range(20)])
    with closing(pictures(row(path).clip, 1.2, 2.6, 96, Event())) as shown:
        assert [round(time_s, 3) for time_s, _ in shown] == [1.0, 1.5, 2.0, 2.5]


@pytest.mark.parametrize("early_s", [0.0, 0.2])  # by how much a container misses its mark
@pytest.mark.parametrize("sound_s", [0.0, 1.0])
@pytest.mark.parametrize("start_s", [0.0, 0.7, 1.313, 1.5])
def test_sound_begins_at_its_moment(tmp_path, monkeypatch, start_s, sound_s, early_s):
    heard = playback._heard
    monkeypatch.setattr(
        playback,
        "_heard",
        lambda container, stream, from_s, cancel: heard(
            container, stream, max(0.0, from_s - early_s), cancel
        ),
    )
    path = film(tmp_path / "a.mp4", [RED] * 3, tone_hz=1000, tone_s=2.0, sound_s=sound_s)
    clip = row(path).clip
    with closing(sound_blocks(clip, start_s, 2.6, 48000, Event())) as blocks:
        samples = np.concatenate(list(blocks))
    assert len(samples) == round((2.6 - start_s) * 48000)
    onset_s = start_s + np.argmax(np.abs(samples[:, 0]) > 0.2) / 48000
    assert abs(onset_s - 2.0) < 0.005


def test_playback_of_a_clip_that_is_gone_is_an_error(tmp_path):
    clip = row(film(tmp_path / "a.mp4", [RED])).clip
    Path(clip.path).unlink()
    with pytest.raises(ClipError), closing(pictures(clip, 0, 1, 64, Event())) as shown:
        next(shown)
