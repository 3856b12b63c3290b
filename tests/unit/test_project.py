"""What the project says of itself is true."""

import ast
import re
import tomllib

import pytest

from footage_sorter import __version__
from footage_sorter.cli.arguments import COMMANDS, parse
from footage_sorter.cli.requests import FORMATS
from tests.helpers.command import ROOT, run_python

README = (ROOT / "README.md").read_text("utf-8")


def test_the_check_on_a_new_machine_is_readmes_second_command():
    commands = re.findall(r"^    (python3 -m venv .*)$", README, re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_readme_names_every_command_and_format():
    for command in COMMANDS:
        assert f"footage-sorter {command}" in README
    for name in FORMATS:
        assert re.search(rf"\b{name}\b", README)


def test_every_link_of_the_documents_leads_somewhere():
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "training/README.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("slow", ["torch", "PySide6", "moviepy", "matplotlib", "urllib.request"])
def test_starting_the_command_imports_nothing_slow(slow):
    code = f"import sys, footage_sorter.app; sys.exit({slow!r} in sys.modules)"
    assert run_python(code).status == 0


def test_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"footage-sorter \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_what_the_session_knows_has_no_widget():
    for module in (ROOT / "footage_sorter" / "ui" / "session").glob("*.py"):
        assert "QtWidgets" not in module.read_text("utf-8"), module.name


def test_every_python_that_is_named_is_checked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = re.findall(r":: (3\.\d+)", "\n".join(project["classifiers"]))
    workflow = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    (matrix,) = re.findall(r"python: \[(.*)\]", workflow)
    assert re.findall(r'"(.*?)"', matrix) == named
    assert project["requires-python"] == f">={named[0]}"


def test_the_version_that_is_released_next_is_in_the_changes():
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", changes, re.MULTILINE)


def test_no_file_is_over_400_lines_and_no_function_over_40_beside_its_docstring():
    packages = ("footage_sorter", "footage_sorter_training", "training", "tests")
    paths = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    over = [path.name for path in paths if path.read_text("utf-8").count("\n") > 400]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                said = ast.get_docstring(node, clean=False)
                docstring_lines = 0 if said is None else said.count("\n") + 1
                if node.end_lineno - node.lineno + 1 - docstring_lines > 40:
                    over.append(f"{path.name}: {node.name}")
    assert not over
