"""The wheel holds all that its commands need, wherever it is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

# Every command's help, and a run of those that are quick, as a user would have them.
COMMANDS = """
import sys
import pezo_hw
from pezo_hw.cli.main import cli, run

wrong = [name for name in cli.commands if run([name, "--help"])]
for line in (
    "presets", "info paper-pool", "stream paper-roberta --cycles 3", "taps --width 9 --steps 2",
    "generate row-pool --system axi --vivado --no-saif -o rtl", "driver -o software",
    "board row-pool -o board --simulate icarus",
):
    wrong += [line] if run(line.split()) else []
print("wrong:", wrong, "of", pezo_hw.__file__, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The Python of an environment with the wheel in it, and with nothing of the checkout.

    What it depends on is read from where these tests have it, instead of being fetched.
    """
    environment = wheel.parent / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--quiet", wheel], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    # A line of such a file adds a folder, and reads none of the lines that lie there.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def in_folder(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    # Compiled files are kept: each of several processes would compile everything anew.
    others = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in others}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_every_file_of_the_package(root: Path, wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    listing = ["git", "ls-files", "-z", "--", "pezo_hw", "sim"]
    listed = subprocess.check_output(listing, cwd=root, text=True).split("\0")
    there = [name for name in listed if name and (root / name).exists()]
    assert {name if name.startswith("pezo_hw/") else f"pezo_hw/{name}" for name in there} <= {
        *names
    }
    assert [name for name in names if not name.startswith(("pezo_hw/", "pezo_hw-"))] == []


@pytest.mark.slow
def test_the_description_stands_alone(root: Path, wheel: Path):
    """The README, of which nothing leads into a checkout that a reader of it does not have."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_string(archive.read(name).decode("utf-8"))
    assert metadata["Description-Content-Type"] == "text/markdown"
    description = metadata.get_payload()
    link = r"\]\((?!https?:)[^)]*\)"
    readme = (root / "README.md").read_text("utf-8")
    assert len(re.findall(link, readme)) > 20
    assert re.findall(link, description) == []
    for line in ("# pezo_hw", "The authors released no code", "Licence: BSD-2-Clause."):
        assert line in readme
        assert line in description


@pytest.mark.slow
@pytest.mark.icarus
def test_every_command(root: Path, installed: Path, tmp_path: Path):
    done = in_folder(tmp_path, installed, "-c", COMMANDS)
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()[-1]
    assert said.startswith("wrong: [] of ")
    assert str(installed.parents[1]) in said
    assert str(root) not in said
    assert {path.name for path in tmp_path.iterdir()} == {"rtl", "software", "board"}
    assert (tmp_path / "software/c/pezo.c").read_text("utf-8").startswith("/* Driver")
    assert (done.stdout.count(" right "), done.stdout.count("WRONG")) == (6, 0)
    missing = in_folder(tmp_path, installed.with_name("pezo"), "board", "nowhere", "-o", "x")
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (2, "", 1)


@pytest.mark.slow
@pytest.mark.icarus
def test_verify(installed: Path, tmp_path: Path):
    pezo = installed.with_name("pezo")
    done = in_folder(tmp_path, pezo, "verify", "row-pool", "--simulator", "icarus")
    assert done.stdout.count("bit-exact") == 2, done.stderr
