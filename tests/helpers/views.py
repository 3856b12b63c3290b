"""A view of the library with a model of its own, shown."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize

from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.library.grid_view import GridView
from footage_sorter.ui.library.table_view import TableView
from footage_sorter.ui.session.clip_model import ClipModel
from footage_sorter.ui.session.shown_model import ShownModel

View = GridView | TableView


def view_of(make: Callable[[ShownModel], View], rows: Iterable[ClipRow], size: QSize) -> View:
    """Show `rows` in what `make` gives; the models live as long as the view."""
    model = ClipModel()
    model.put_all(rows)
    shown = ShownModel(model)
    view = make(shown)
    model.setParent(view)
    shown.setParent(view)
    view.resize(size)
    view.show()
    return view
