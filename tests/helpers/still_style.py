"""A style of a system whose user wants no motion."""

from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle


class StillStyle(QProxyStyle):
    """A system that wants no motion."""

    def __init__(self):
        super().__init__()
        self.setParent(QApplication.instance())  # a widget does not keep its style

    def styleHint(self, hint, option=None, widget=None, data=None):
        """Qt override."""
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, data)
