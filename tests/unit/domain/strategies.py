"""Hypothesis strategies for facts and limits."""

from hypothesis import strategies as st

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit, Limits
from footage_sorter.domain.report import (
    BurstScore,
    ClipReport,
    FrameScore,
    Models,
    Pass,
    SoundScore,
)

MODELS = Models("blur@1", "exposure@1", "shake@1", "sound@1")

shares = st.floats(0, 1, width=32)


@st.composite
def frame_scores(draw, duration_s):
    under = draw(shares)
    return FrameScore(
        draw(st.floats(0, duration_s)),
        draw(shares),
        under,
        draw(st.floats(0, 1 - under)),
        draw(shares),
    )


@st.composite
def burst_scores(draw, duration_s):
    start_s = draw(st.floats(0, duration_s))
    return BurstScore(
        start_s, start_s + draw(st.floats(0, 2)), draw(st.none() | shares), draw(shares)
    )


@st.composite
def sound_scores(draw, duration_s):
    start_s = draw(st.floats(0, duration_s))
    return SoundScore(start_s, start_s + 1, draw(st.floats(-120, 0)), draw(shares))


@st.composite
def reports(draw):
    duration_s = draw(st.floats(0.04, 40))
    ordered = {"key": lambda score: getattr(score, "time_s", getattr(score, "start_s", 0))}
    return ClipReport(
        content=ContentId("c" * 32),
        models=MODELS,
        looked=Pass.FULL,
        duration_s=duration_s,
        frames=tuple(
            sorted(draw(st.lists(frame_scores(duration_s), min_size=1, max_size=30)), **ordered)
        ),
        bursts=tuple(sorted(draw(st.lists(burst_scores(duration_s), max_size=10)), **ordered)),
        sounds=draw(st.none() | st.lists(sound_scores(duration_s), max_size=10).map(tuple)),
        exposure_judged=draw(st.booleans()),
    )


fault_limits = st.builds(FaultLimit, over=shares, tolerated=shares)
limits = st.builds(Limits, **{flag.value: fault_limits for flag in Flag})
