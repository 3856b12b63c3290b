import os
import sys

import pytest

from tests.helpers.command import run_python

REPORT = (
    "import os; import footage_sorter.inference.opencv; "
    "print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ.get('QT_QPA_FONTDIR'))"
)


def qt_environment_after_import(code: str, **before: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QT_QPA_")}
    ended = run_python(code, environment=environment | before)
    assert ended.status == 0, ended.err
    return ended.out.strip()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the wheel does so on Linux only")
def test_the_wheel_still_points_qt_at_its_own_plugins():
    """If this fails, the wheel has become harmless and `opencv` may go."""
    bare = REPORT.replace("footage_sorter.inference.opencv", "cv2")

    assert qt_environment_after_import(bare) != "None None"


@pytest.mark.parametrize("module", ["inference.opencv", "app", "services.reel"])
def test_opencv_leaves_no_trace_in_qts_environment(module):
    report = REPORT.replace("inference.opencv", module)
    assert qt_environment_after_import(report) == "None None"


def test_opencv_leaves_what_a_person_set():
    before = {"QT_QPA_PLATFORM_PLUGIN_PATH": "/mine", "QT_QPA_FONTDIR": "/fonts"}

    assert qt_environment_after_import(REPORT, **before) == "/mine /fonts"
