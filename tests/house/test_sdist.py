"""What is handed on as source is all of it."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
import yaml

# Of the repository alone, or written anew by whoever builds.
_LEFT_OUT = {".gitattributes"}


@pytest.mark.slow
def test_every_file_of_the_repository(root: Path, tmp_path: Path):
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=root, text=True).split("\0")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {name for name in listed if name and (root / name).exists()} - names <= _LEFT_OUT


def test_the_citation_names_the_paper_of_the_readme(root: Path):
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    paper = cited["preferred-citation"]
    readme = " ".join((root / "README.md").read_text("utf-8").split())
    assert f"*{paper['title']}*" in readme
    assert f"{paper['conference']['name']}" in readme
    assert str(paper["year"]) in paper["conference"]["name"]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert cited["license"] == project["license"]


def test_the_classifiers_are_of_what_ci_runs(root: Path):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    named = [
        each.rpartition(" ")[2] for each in project["classifiers"] if ":: Python :: 3." in each
    ]
    assert named
    assert project["requires-python"] == f">={named[0]}"
