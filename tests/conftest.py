"""What holds for every test: a slow or busy machine makes no property false, nor does one that
started the tests in the background."""

import signal

from hypothesis import HealthCheck, settings

settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")

# A shell starts what runs in the background with Ctrl-C ignored, and every program that a test
# starts would inherit that. What has a handler here has the system's default in them.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
