"""What is said where an optional package is missing."""

import tomllib
from pathlib import Path

import pytest

from pezo_hw.errors import PezoError
from pezo_hw.tools.extras import require


def test_all_that_are_missing_are_named_and_no_other():
    modules = ("json", "no_such_module", "nor_this")
    with pytest.raises(PezoError) as raised:
        require("it needs", modules, extra="some", names={"nor_this": "nor-this"})
    expected = 'it needs no_such_module and nor-this; allowed: pip install "pezo-hw[some]"'
    assert str(raised.value) == expected


def test_what_else_helps_stands_first():
    with pytest.raises(PezoError, match=r'allowed: --less, or pip install "pezo-hw\[some\]"$'):
        require("it needs", ["no_such_module"], extra="some", instead="--less")


def test_nothing_where_all_are_there():
    require("it needs", ["json", "tomllib"], extra="some")


def test_every_extra_that_is_named_exists(root: Path):
    extras = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    sources = "".join(path.read_text("utf-8") for path in (root / "pezo_hw").rglob("*.py"))
    named = {part.partition('"')[0] for part in sources.split('extra="')[1:]}
    assert named
    assert named <= set(extras["optional-dependencies"])
