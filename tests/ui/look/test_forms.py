"""Forms: the button that stands out, the line of a list that Enter would take."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from footage_sorter.ui.look import theme
from footage_sorter.ui.look.forms import choice, primary
from footage_sorter.ui.look.theme import DARK


def test_a_primary_button_stands_out_also_where_the_box_has_dressed_it_already(qtbot):
    dialog = QWidget()
    qtbot.addWidget(dialog)
    dialog.setStyleSheet('QPushButton[primary="true"] { background: #2b66c2; border: 0; }')
    box = QDialogButtonBox(dialog)
    role = QDialogButtonBox.ButtonRole.ActionRole
    plain, chosen = box.addButton("Close", role), primary(box.addButton("Do it", role))
    dialog.resize(400, 80)
    dialog.show()
    at = [button.grab().toImage().pixelColor(4, 4).name() for button in (plain, chosen)]
    assert at[1] == "#2b66c2" != at[0]


@pytest.mark.qt_log_ignore("propagateSizeHints", "support raise", "support grabbing", extend=True)
def test_the_line_that_enter_would_take_is_seen(qtbot):
    box = choice({"a": "Daylight", "b": "Stage"})
    box.setStyleSheet(theme._style_sheet(DARK))
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    qtbot.keyClick(box.view(), "s")
    lines = [box.view().visualRect(box.model().index(row, 0)) for row in range(2)]
    shown = box.view().viewport().grab().toImage()
    grounds = [shown.pixelColor(line.right() - 4, line.center().y()).name() for line in lines]
    assert grounds == [DARK.raised.name(), DARK.accent_fill.name()]
    box.hidePopup()
