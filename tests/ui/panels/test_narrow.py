"""The narrowest right pane: nothing that is set there is cut off, in either language."""

import pytest

from footage_sorter.ui.look import theme
from footage_sorter.ui.look.translate import install_language
from footage_sorter.ui.panels.limits import LimitsPanel
from footage_sorter.ui.panes import NARROWEST_PX


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_limits_need_no_scrolling_sideways(qtbot, qapp, language):
    translators = install_language(language, qapp)
    before = qapp.palette()
    theme.apply(qapp, theme.DARK)
    try:
        panel = LimitsPanel(list)
        qtbot.addWidget(panel)
        bar = panel.verticalScrollBar().sizeHint().width()
        assert panel.widget().minimumSizeHint().width() + bar <= NARROWEST_PX[2]
    finally:
        qapp.setStyleSheet("")
        qapp.setPalette(before)
        for one in translators:
            qapp.removeTranslator(one)
