"""Settings: which preset limits are, by name."""

from dataclasses import replace

from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import DAYLIGHT, STAGE, FaultLimit
from footage_sorter.domain.settings import OWN_LIMITS, Settings

STRICT = replace(DAYLIGHT, blurry=FaultLimit(over=0.3, tolerated=0.1))


def test_limits_are_named_as_the_preset_that_they_are():
    settings = Settings(own_presets={"strict": STRICT})
    assert settings.with_limits(STAGE).preset == "stage"
    assert settings.with_limits(STRICT).preset == "strict"
    other = STRICT.with_limit(Flag.SHAKY, FaultLimit(over=0.9, tolerated=0.9))
    assert settings.with_limits(other).preset == OWN_LIMITS
