"""A list with nothing in it says what it is for, and only then."""

from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem

from footage_sorter.ui.look.hint import Hint


def test_a_hint_is_there_as_long_as_nothing_is(qtbot):
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    Hint("Drop a folder here", tree)
    label = tree.findChild(QLabel)
    tree.show()
    assert label.isVisible()
    tree.addTopLevelItem(QTreeWidgetItem(["a"]))
    assert not label.isVisible()
    tree.clear()
    assert label.isVisible()
    assert tree.rect().contains(label.geometry())


def test_a_view_that_goes_takes_its_hint_along(qtbot, capsys):
    tree = QTreeWidget()
    Hint("Drop a folder here", tree)
    tree.addTopLevelItem(QTreeWidgetItem(["a"]))
    with qtbot.waitSignal(tree.destroyed):
        tree.deleteLater()
    assert "Error" not in capsys.readouterr().err
