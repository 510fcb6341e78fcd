"""Files that are no configs and no pools: looked at before they are read, and bounded."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import ConfigError, PezoError, load
from pezo_hw.config import parse
from pezo_hw.generators.pre_generated.pool_file import read_values
from tests.corruption import corruptions, no_files

ON_THE_FLY = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'
POOL = '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\npool = 15\nlanes = 15\n'
SECONDS = 5.0
"""Within which everything here is over, on a busy machine too."""


@pytest.fixture(autouse=True)
def bounded():
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def refused(text: str) -> str:
    with pytest.raises(PezoError) as caught:
        parse(text, name="hostile")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_no_file_is_no_config(tmp_path: Path):
    config = tmp_path / "config.toml"
    config.touch()
    for kind in no_files(config):
        if kind != "nothing":
            with pytest.raises(PezoError, match=r"config\.toml: .*; allowed: a TOML file, "):
                load(config)


def test_a_file_without_end_is_not_read(tmp_path: Path):
    config = tmp_path / "config.toml"
    config.touch()
    os.truncate(config, 1 << 40)
    with pytest.raises(PezoError, match="more than 1,048,576 bytes"):
        load(config)


def test_bytes_that_are_no_text(tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_bytes(b"\xff\xfe" + ON_THE_FLY.encode("utf-16-le"))
    with pytest.raises(PezoError, match="not UTF-8 text"):
        load(config)
    config.write_bytes(ON_THE_FLY.encode() + b"\0")
    with pytest.raises(PezoError, match="not TOML"):
        load(config)
    config.write_bytes(b"\xef\xbb\xbf" + ON_THE_FLY.replace("\n", "\r\n").encode())
    assert load(config).parameters == parse(ON_THE_FLY, name="x").parameters


def test_a_name_with_a_nul():
    with pytest.raises(PezoError, match="not a file's name"):
        load("a\0b")
    assert "not a file's name" in refused(POOL + 'values = "a\\u0000b"')


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{a = " * 100_000,
        "a" + ".a" * 400_000 + " = 1",
        "[a" + ".a" * 400_000 + "]",
        "\n".join(f"a{i}" + ".a" * 60 + " = 1" for i in range(8000)),
        ON_THE_FLY + "seed = " + "9" * 5000,
        ON_THE_FLY + "seed = 0x1" + "f" * 4000,
        ON_THE_FLY + "steps_per_cycle = 0x1" + "f" * 4000,
        ON_THE_FLY + "seeds = [0x1" + "f" * 4000 + "]",
        ON_THE_FLY + "rngs = 0x1" + "f" * 4000,
        ON_THE_FLY + "taps = [8, 0x1" + "f" * 4000 + "]",
        POOL + "seed = 0x1" + "f" * 4000,
        POOL + "pool = -0x1",
        ON_THE_FLY + "[scaling]\ngain = 0x1" + "f" * 4000,
        ON_THE_FLY + "[system]\ncount_bits = 0x1" + "f" * 4000,
    ],
    ids=lambda text: text.replace("\n", " ")[:70].strip(),
)
def test_toml_beyond_reason(text: str):
    refused(text)


def test_the_largest_seed_can_be_written_out(pezo, tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_text(POOL + f"seed = {(1 << 1024) - 1}")
    assert pezo("info", config)[0] == 0
    assert str((1 << 1024) - 1) in str(load(config).resolved())
    assert "up to 1024 bits" in refused(POOL + f"seed = 0x1{'0' * 256}")


def test_a_row_of_dots_is_no_key():
    assert parse("# " + "." * 300 + "\n" + ON_THE_FLY, name="x").name == "x"


def test_what_is_no_file_is_no_pool(tmp_path: Path):
    path = tmp_path / "pool.npy"
    path.touch()
    for _ in no_files(path):
        with pytest.raises(ConfigError, match=r'values = "pool.npy" is not allowed'):
            read_values(path, "pool.npy")


def test_a_pool_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "pool.npy"
    header = np.lib.format.header_data_from_array_1_0(np.zeros(1)) | {"shape": (400_000_000,)}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
    os.truncate(path, path.stat().st_size + 8 * 400_000_000)
    with pytest.raises(ConfigError, match=r"numbers .found: 400000000"):
        read_values(path, "pool.npy")


def _with_header(path: Path, header: str) -> None:
    text = header.encode().ljust(117) + b"\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(120))


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f8', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 5)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-15,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (10**30,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + "9" * 30 + ",)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,) * 99}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': 15}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (15,)}",
        "{'descr': '<c16', 'fortran_order': False, 'shape': (15,)}",
        "{'descr': '|S8', 'fortran_order': False, 'shape': (15,)}",
        "{'descr': '|V999999999', 'fortran_order': False, 'shape': (15,)}",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (15,)}",
        "{'descr': ('<f8', (15,)), 'fortran_order': False, 'shape': (15,)}",
        "{'descr': 'no', 'fortran_order': False, 'shape': (15,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (15,)",
        "__import__('os').abort()",
        "((((((((((((((((((((((((((((((((",
        "'" * 3,
        "{",
        "",
    ],
)
def test_odd_headers(tmp_path: Path, header: str):
    path = tmp_path / "pool.npy"
    _with_header(path, header)
    with pytest.raises(ConfigError):
        read_values(path, "pool.npy")


@pytest.mark.filterwarnings("ignore")
def test_damaged_pools_are_numbers_or_refused(tmp_path: Path):
    path = tmp_path / "pool.npy"
    np.save(path, np.linspace(-0.9, 0.9, 15))
    for damaged in corruptions(path.read_bytes()[:140], 300):
        path.write_bytes(damaged + bytes(120))
        with suppress(ConfigError):
            numbers = read_values(path, "pool.npy")
            assert all(isinstance(number, float) for number in numbers)


def test_pickles_and_archives_are_no_pool(tmp_path: Path):
    path = tmp_path / "pool.npy"
    np.save(path, np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ConfigError, match=r"not a \.npy file"):
        read_values(path, "pool.npy")
    with path.open("wb") as file:
        np.savez(file, a=np.zeros(15))
    with pytest.raises(ConfigError):
        read_values(path, "pool.npy")
