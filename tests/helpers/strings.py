"""Every string that the window shows, found in its source: what a translation must cover."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from footage_sorter.domain import training_words, why_words, words
from footage_sorter.domain.detail_words import DETAILS
from footage_sorter.domain.report_words import ReportWord
from footage_sorter.ui.actions import MENUS, SPECS
from footage_sorter.ui.look.translate import CONTEXT
from footage_sorter.ui.session.columns import COLUMNS

DOMAIN_WORDS = [Path(module.__file__) for module in (words, training_words, why_words)]
UI = Path(words.__file__).parents[1] / "ui"

SHOWN = frozenset(
    "QAction QCheckBox QLabel QMenu QPushButton QToolButton QTreeWidgetItem addAction addButton "
    "addItem addItems addMenu addRow addTab emit quiet say sentence setAccessibleDescription "
    "setAccessibleName setHeaderLabels setInformativeText setLabelText setPlaceholderText "
    "setStatusTip setSuffix setText setTitle setToolTip setWindowTitle warn".split()
)
"""What shows the words that it is called with."""

NAME = "Footage Sorter"

_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One string: its context, its English, and whether it counts something."""

    context: str
    text: str
    plural: bool = False


def all_messages() -> set[Message]:
    """All of them."""
    found = {Message(CONTEXT, spec.text) for spec in SPECS}
    found |= {Message(CONTEXT, title) for title, _ in MENUS}
    found |= {Message(CONTEXT, column.title) for column in COLUMNS if column.title}
    for path in DOMAIN_WORDS:
        found |= {Message(CONTEXT, text) for text in _sentences(ast.parse(path.read_text("utf-8")))}
    found |= {Message(CONTEXT, text) for text in (*DETAILS, *ReportWord)}
    for path in [*sorted(UI.rglob("*.py")), *DOMAIN_WORDS]:
        for node in ast.parse(path.read_text("utf-8")).body:
            context = node.name if isinstance(node, ast.ClassDef) else CONTEXT
            found.update(_calls(node, context))
            found.update(Message(CONTEXT, text) for text in _declared_words(node))
    return found


def unsaid() -> list[str]:
    """Words that the window hands to a control as they are: no language has them."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in SHOWN:
                shown = (text for argument in node.args for text in _texts(argument))
                said = (text for text in shown if text != NAME and _WORD.search(text))
                found += [f"{path.name}: {text}" for text in said]
    return found


def _texts(node: ast.expr) -> Iterator[str]:
    """The plain text in an argument, and in those that a list or a choice gives."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _texts(part)
        case ast.IfExp():
            yield from _texts(node.body)
            yield from _texts(node.orelse)


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _calls(tree: ast.AST, context: str) -> Iterator[Message]:
    """What is passed to `tr`, `tr_word` and `translate` as a plain string."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match _name(node), [_text(argument) for argument in node.args]:
            case "tr", [str(text), *more]:
                yield Message(context, text, plural=len(more) == 2)
            case "tr_word", [str(text)]:
                yield Message(CONTEXT, text)
            case "translate", [str(other), str(text), *more]:
                yield Message(other, text, plural=len(more) == 2)


def _declared_words(node: ast.stmt) -> Iterator[str]:
    """The values of a module's dictionaries of words: `..._WORDS`."""
    target = getattr(node, "target", None) or next(iter(getattr(node, "targets", [])), None)
    if isinstance(target, ast.Name) and target.id.endswith("_WORDS"):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Dict):
                yield from (text for text in map(_text, inner.values) if text)


def _sentences(tree: ast.AST) -> Iterator[str]:
    """The templates in `domain.words`: strings of several words that are not docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        text = _text(node) if id(node) not in docstrings | inside else None
        if text and " " in text and (text[0].isupper() or text[0] == "{"):
            yield text


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
