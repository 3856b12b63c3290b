"""The program as a person installs it: from a wheel, with no checkout in sight."""

import importlib.util
import subprocess
import sys
import sysconfig

import pytest

from tests.helpers.clips import Shot, film
from tests.helpers.command import ROOT, Program

SIZE_PX = (160, 90)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build the wheel, install it into a fresh environment, return its command.

    The environment sees this one's packages, and not what is installed here in editable form: a
    path in a .pth file is only a path, the .pth files that lie there are not read.
    """
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT]
    if importlib.util.find_spec("hatchling"):
        build.append("--no-build-isolation")
    subprocess.run(build, check=True)
    (wheel,) = folder.glob("footage_sorter-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    (packages,) = (folder / "venv").glob("**/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    scripts = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-compile", wheel], check=True)
    return scripts / "footage-sorter"


@pytest.fixture
def program(installed, tmp_path):
    home = tmp_path / "somewhere else"
    home.mkdir()
    return Program(home, installed)


def test_nothing_of_the_checkout_is_needed(program):
    python = program.installed.with_name("python")
    code = "import footage_sorter as f, footage_sorter_training as t; print(f.__file__, t.__file__)"
    found = subprocess.run(
        [python, "-c", code], cwd=program.home, env=program.environment, text=True,
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert found.count("site-packages") == 2
    assert str(ROOT / "footage_sorter") not in found
    missing = subprocess.run([python, "-c", "import training"], cwd=program.home, check=False,
        env=program.environment, capture_output=True, text=True)  # fmt: skip
    assert "ModuleNotFoundError" in missing.stderr  # the side package stays in the checkout


@pytest.mark.timeout(600)
def test_an_installed_program_learns_from_folders_and_tags(program, tmp_path):
    for number in range(4):
        for label, gain in (("day", 1.0), ("night", 0.06)):
            (tmp_path / label).mkdir(exist_ok=True)
            shot = Shot(seconds=1, size_px=SIZE_PX, gain=gain, seed=2 * number + (gain < 1))
            film(tmp_path / label / f"{number}.mp4", shot)
    words = ("train", "Light", "--head", "average", "--device", "cpu", "--install")
    trained = program.run(*words, tmp_path / "day", tmp_path / "night")
    assert trained.status == 0, trained.err
    assert "of 8" in trained.out

    shoot = tmp_path / "shoot"
    shoot.mkdir()
    film(shoot / "noon.mp4", Shot(seconds=1, size_px=SIZE_PX, seed=1001))
    film(shoot / "dusk.mp4", Shot(seconds=1, size_px=SIZE_PX, gain=0.06, seed=1002))
    rated = program.run("rate", "--json", "-", "--device", "cpu", shoot)
    assert rated.status == 0, rated.err
    for name, label in (("noon.mp4", "day"), ("dusk.mp4", "night")):
        (tag,) = [one for one in rated.clip(name)["tags"] if one["title"] == "Light"]
        assert tag["label"] == label
    table = program.run("export", "csv", "-")
    assert "Light: day" in table.out
    assert "Light: night" in table.out
