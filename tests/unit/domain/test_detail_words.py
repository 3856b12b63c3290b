"""Details: each that the program makes is in the closed list and found again in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import footage_sorter
from footage_sorter.domain.detail_words import DETAILS, damage, detail

PROGRAM = Path(footage_sorter.__file__).parent
RAISES = {
    "ClassifierRefused",
    "DecoderUnavailable",
    "ExchangeRefused",
    "FolderUnreadable",
    "InferenceUnavailable",
    "LibraryDamaged",
    "SettingsDamaged",
    "WindowUnavailable",
    "WorkerLost",
    "_refuse",
}
"""What is made with a detail that a sentence may show."""
READ_BACK = {"classifiers.py", "files_in.py", "settings_file.py", "taste_file.py", "team.py"}
"""Where the text of a `ValueError` becomes such a detail."""


@pytest.mark.parametrize(
    ("text", "template", "values"),
    [
        ("a picture is damaged", "a picture is damaged", {}),
        ("no picture at 3.0 s", "no picture at {time} s", {"time": "3.0"}),
        ("it has no column Clip Name", "it has no column {name}", {"name": "Clip Name"}),
        ("line 3: no element found", "line {number}: {detail}",
         {"number": "3", "detail": "no element found"}),
    ],
)  # fmt: skip
def test_a_detail_is_found_again_with_its_values(text, template, values):
    found = detail(text)
    assert found is not None
    assert (found.text, dict(found.values)) == (template, values)
    assert str(found) == text


def test_a_detail_within_a_detail_is_found_too():
    found = detail("its manifest is damaged: two of its labels are the same")
    assert found is not None
    assert found.values["detail"] == detail("two of its labels are the same")


def test_what_the_system_says_is_not_ours():
    assert detail("Permission denied {}") is None
    assert detail("") is None


@pytest.mark.parametrize("text", ["", "a picture is damaged", "; ", "no picture at 3.0 s; {x}"])
def test_damage_keeps_its_english(text):
    assert str(damage(text)) == text


def test_the_parts_of_a_damage_are_found():
    found = damage("a picture is damaged; moov atom not found")
    assert list(found.values.values()) == [detail("a picture is damaged"), "moov atom not found"]


@pytest.mark.parametrize("template", DETAILS)
def test_each_is_found_by_its_own_pattern(template):
    found = detail(template)
    assert found is not None
    assert found.text == template


def test_no_detail_of_the_program_is_missing():
    made = {text for path in PROGRAM.rglob("*.py") for text in made_in(path)}
    assert "it has no column VALUE" in made, "the details are not found in the source"
    assert not sorted(text for text in made if detail(text) is None)


def made_in(path: Path) -> Iterator[str]:
    """The details that a module makes, each value in them as VALUE."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            damages = ast.unparse(node.func) == "self._damage.append"
            if name in RAISES or damages or (name == "ValueError" and path.name in READ_BACK):
                yield from filter(None, map(text_of, node.args))


def text_of(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            texts = [
                str(part.value) if isinstance(part, ast.Constant) else "VALUE" for part in parts
            ]
            ours = any(char.isalpha() for text in texts if text != "VALUE" for char in text)
            return "".join(texts) if ours else ""
    return ""
