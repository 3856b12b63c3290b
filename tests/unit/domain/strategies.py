"""Hypothesis strategies for facts and limits."""

from hypothesis import strategies as st

from footage_sorter.domain.clip import ContentId, Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit, Limits
from footage_sorter.domain.record import Field, Statement, values_of
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
        draw(shares),
        draw(st.none() | shares),
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
limits = st.builds(
    Limits, **{flag.value: fault_limits for flag in Flag}, relative_to_group=st.booleans()
)

times_s = st.none() | st.floats(0, 1e6)
decisions = st.builds(
    lambda times, **rest: Decision(in_s=times[0], out_s=times[1], **rest),
    times=st.tuples(times_s, times_s).filter(lambda pair: None in pair or pair[0] < pair[1]),
    mark=st.sampled_from(Mark),
    stars=st.integers(0, 5),
    note=st.text(),
    overruled=st.frozensets(st.sampled_from(Flag)),
)


@st.composite
def _records(draw):
    values = values_of(draw(decisions))
    fields = draw(st.sets(st.sampled_from(Field)))
    times = st.integers(1, 5)  # few: ties are what merges go wrong on
    people = st.sampled_from(["", "Anna", "Ben"])
    return {
        field: Statement(values[field], draw(times), draw(people))
        for field in Field
        if field in fields
    }


records = _records()
