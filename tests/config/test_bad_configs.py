"""Every error case of the stream's definition: one line, the key, the value, what is allowed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

CASES = tomllib.loads(Path(__file__).with_name("bad_configs.toml").read_text("utf-8"))["case"]

NUMBER = """
[perturbation]
strategy = "pre-generated"
[pre-generated]
lanes = 6
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the configurations name."""
    (tmp_path / "text.npy").write_text("0.1 0.2\n")
    np.save(tmp_path / "matrix.npy", np.full((5, 2), 0.1))
    np.save(tmp_path / "ten.npy", np.linspace(-0.9, 0.9, 10))
    np.save(tmp_path / "wide.npy", np.array([0.1] * 3 + [1.0] + [0.1] * 6))
    np.save(tmp_path / "nan.npy", np.array([np.nan] + [0.1] * 9))
    np.save(tmp_path / "zero.npy", np.zeros(10))
    np.save(tmp_path / "objects.npy", np.array([{}], dtype=object))
    return tmp_path


def listing(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_one_line_with_key_value_and_allowed(pezo, folder: Path, case):
    config = folder / f"{case['name']}.toml"
    config.write_text(case["toml"])
    before = listing(folder)
    for command in (
        ("generate", config, "-o", folder / "out"),
        ("stream", config, "-o", folder / "window.npz"),
        ("verify", config),
        ("info", config),
    ):
        status, out, err = pezo(*command)
        assert (status, out) == (2, "")
        assert err.startswith("pezo: error: ")
        assert err.count("\n") == 1
        assert "Traceback" not in err
        assert config.name in err
        for part in case["says"]:
            assert part in err
        assert listing(folder) == before


def test_there_are_enough_of_them():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 40


def test_a_config_that_is_not_there(pezo):
    status, _, err = pezo("info", "nowhere.toml")
    assert status == 2
    assert "nowhere.toml: No such file or directory" in err
    assert "paper-opt" in err


def test_a_config_that_is_a_folder(pezo, folder: Path):
    status, _, err = pezo("info", folder)
    assert (status, err.count("\n")) == (2, 1)


def test_a_config_that_is_not_text(pezo, folder: Path):
    (folder / "binary.toml").write_bytes(b"\xff\xfe")
    status, _, err = pezo("info", folder / "binary.toml")
    assert (status, err.count("\n")) == (2, 1)
    assert "not UTF-8 text" in err


def test_hardware_for_lanes_that_no_storage_serves_is_refused_in_one_line(pezo, folder: Path):
    config = folder / "number.toml"
    config.write_text(NUMBER)
    before = listing(folder)
    for command in (("generate", config, "-o", folder / "out"), ("verify", config)):
        status, out, err = pezo(*command)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert "pre-generated.lanes = 6" in err
        assert "near 6: 2, 4, 8, " in err
        assert listing(folder) == before
    assert pezo("stream", config)[0] == 0
