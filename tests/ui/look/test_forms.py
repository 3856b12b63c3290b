"""Forms: the button that stands out."""

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from footage_sorter.ui.look.forms import primary


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
