"""What the hand-off tests draw from: rates, names, notes, decisions, rows."""

from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from tests.helpers.rows import media, rated

NTSC_RATES = [Fraction(n * 1000, 1001) for n in (24, 30, 48, 60, 120, 240)]
RATES = st.one_of(
    st.sampled_from([*NTSC_RATES, *map(Fraction, (10, 15, 24, 25, 30, 50, 60, 100, 120, 240))]),
    st.fractions(min_value=5, max_value=240, max_denominator=9973),  # variable, measured
)
DURATIONS_S = st.floats(min_value=0.2, max_value=90.0)
TIMECODES = st.sampled_from([None, "00:00:00:00", "01:00:00:00", "09:59:58:23", "10:11:12;14"])
HOSTILE_NAMES = [
    "quotes 'single' \"double\".mp4",
    "line\nbreak\rand\ttab.mp4",
    "emoji 🎬🏃‍♀️.mp4",
    "\u202eright-to-left עברית.mp4",
    "&<>]]>&amp;<!--.mp4",
    "é" * 127 + "x",
    "undecodable \udcff\udc80.mp4",
    "control \x01\x1b\x7f.mp4",
    "100% #1?.mp4",
    "=cmd|' C calc'!A0.mp4",
    " leading and trailing ",
    "--><script>alert(1)<script>.mp4",
    "non-character \ufffe\uffff.mp4",
]
NAMES = st.one_of(
    st.sampled_from(HOSTILE_NAMES),
    st.binary(min_size=1, max_size=255)
    .filter(lambda b: b"\0" not in b and b"/" not in b and b not in (b".", b".."))
    .map(lambda b: b.decode("utf-8", "surrogateescape")),
)
ONE_NAME = st.just("A001.mp4")
NOTES = st.one_of(
    st.sampled_from(
        ["", "&<>]]>", "two\nlines\r\nthree", "\x00\x01", "«ÿ» 🎬", "Footage Sorter: x"]
    ),
    st.text(max_size=60),
)


@st.composite
def decisions(draw, duration_s=90.0):
    ends = draw(st.one_of(st.none(), st.tuples(*[st.floats(0, duration_s)] * 2)))
    in_s, out_s = (None, None) if ends is None or ends[0] == ends[1] else sorted(ends)
    return Decision(
        mark=draw(st.sampled_from(Mark)),
        stars=draw(st.integers(0, 5)),
        note=draw(NOTES),
        in_s=in_s,
        out_s=out_s,
        overruled=frozenset(draw(st.sets(st.sampled_from(Flag)))),
    )


@st.composite
def rows(draw, names=ONE_NAME, decided=None):
    duration_s = draw(DURATIONS_S)
    facts = media(
        duration_s,
        draw(RATES),
        sound=draw(st.booleans()),
        start_timecode=draw(TIMECODES),
        rotation_deg=draw(st.sampled_from([0, 90, 180, 270])),
    )
    cells = st.lists(st.integers(0, max(0, round(duration_s) - 1)), max_size=90)
    return rated(
        Path("/fest/day 1") / draw(names),
        facts=facts,
        over={flag: draw(cells) for flag in Flag},
        decision=draw(decided if decided is not None else decisions(duration_s)),
    )
