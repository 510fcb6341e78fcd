"""What is handed on as source is all of it."""

from __future__ import annotations

import re
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
    assert project["requires-python"] == f">={named[0]}"
    tried = re.search(
        r"^VERSIONS=\((.*)\)$", (root / ".ci/newest").read_text("utf-8"), re.MULTILINE
    )
    assert set(named[1:]) <= set(tried[1].split())
    assert len(named) > 1


def pins_of(text: str) -> dict[str, str]:
    """What is pinned, and the lines behind each pin."""
    text = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    parts = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    entries = (part.split("\n", 1) for part in parts if part)
    return {head.removesuffix(" \\").partition(" ;")[0]: rest for head, rest in entries}


def test_the_lock_with_hashes_is_of_the_same_versions(root: Path):
    plain = pins_of((root / "requirements.lock").read_text("utf-8"))
    hashed = pins_of((root / "requirements-hashed.lock").read_text("utf-8"))
    assert len(plain) > 80
    assert list(hashed) == list(plain)


def test_every_lock_but_one_has_hashes(root: Path):
    """The plain one is for an index with builds of its own, and has a twin."""
    line = r"    --hash=sha256:[0-9a-f]{64}"
    block = re.compile(rf"{line}(?: \\\n{line})*\n")
    without = {
        path.name: [
            name
            for name, rest in pins_of(path.read_text("utf-8")).items()
            if not block.fullmatch(rest)
        ]
        for path in root.glob("requirements*.lock")
    }
    assert len(without) > 4
    assert {name for name, pins in without.items() if pins} == {"requirements.lock"}


def test_the_documentation_is_built_with_the_same_versions(root: Path):
    plain = (root / "requirements.lock").read_text("utf-8").splitlines()
    of_docs = pins_of((root / "requirements-docs.lock").read_text("utf-8"))
    names = {line.partition("==")[0] for line in plain}
    common = {pin for pin in of_docs if pin.partition("==")[0] in names}
    assert len(common) > 8
    assert common <= {line.partition(" ;")[0] for line in plain}
