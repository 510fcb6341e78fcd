"""Every error case of the stream's definition: one line, the key, the value, what is allowed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

OTF = '[perturbation]\nstrategy = "on-the-fly"\n'
PRE = '[perturbation]\nstrategy = "pre-generated"\n'

# (name, TOML, what the line must contain: the key, the value, what is allowed)
BAD = [
    ("not-toml", "rngs 31", ("not TOML", "line 1")),
    ("empty", "", ("perturbation.strategy", "missing", '"on-the-fly" or "pre-generated"')),
    ("strategy-unknown", '[perturbation]\nstrategy = "gauss"', ("perturbation.strategy", '"gauss"', "on-the-fly")),
    ("strategy-type", "[perturbation]\nstrategy = 3", ("perturbation.strategy", "3", "on-the-fly")),
    ("section-unknown", OTF + "[on_the_fly]\nrngs = 3", ("on_the_fly", "did you mean on-the-fly?")),
    ("section-not-a-table", "perturbation = 7", ("perturbation", "7", "[perturbation]")),
    ("key-at-top", OTF.replace("[perturbation]\n", ""), ("strategy", "on-the-fly", "section")),
    ("key-unknown", OTF + "[on-the-fly]\nrng = 31", ("on-the-fly.rng", "31", "did you mean rngs?")),
    ("key-far-off", OTF + "[on-the-fly]\nxyzzy = 1", ("on-the-fly.xyzzy", "1", "width")),
    ("key-misplaced", OTF + "[on-the-fly]\ngain = 2.0", ("on-the-fly.gain", "2.0", "a key of")),
    ("scaling-unknown", OTF + "[scaling]\nround = 1", ("scaling.round", "did you mean rounding?")),
    ("pool-unknown", PRE + "[pre-generated]\nlane = 5", ("pre-generated.lane", "did you mean lanes?")),
    ("strategy-misspelt", "[perturbation]\nstrategie = 1", ("perturbation.strategie", "did you mean strategy?")),
    ("rngs-low", OTF + "[on-the-fly]\nrngs = 1", ("on-the-fly.rngs", "1", "from 2 to 255")),
    ("rngs-high", OTF + "[on-the-fly]\nrngs = 8\nwidth = 3", ("on-the-fly.rngs", "8", "from 2 to 7")),
    ("rngs-default-too-many", OTF + "[on-the-fly]\nwidth = 4", ("on-the-fly.rngs", "31", "from 2 to 15")),
    ("rngs-float", OTF + "[on-the-fly]\nrngs = 31.0", ("on-the-fly.rngs", "31.0", "an integer")),
    ("rngs-bool", OTF + "[on-the-fly]\nrngs = true", ("on-the-fly.rngs", "true", "an integer")),
    ("rngs-string", OTF + '[on-the-fly]\nrngs = "31"', ("on-the-fly.rngs", '"31"', "an integer")),
    ("width-low", OTF + "[on-the-fly]\nwidth = 2", ("on-the-fly.width", "2", "from 3 to 18")),
    ("width-high", OTF + "[on-the-fly]\nwidth = 19", ("on-the-fly.width", "19", "from 3 to 18")),
    ("width-bool", OTF + "[on-the-fly]\nwidth = false", ("on-the-fly.width", "false", "an integer")),
    ("width-date", OTF + "[on-the-fly]\nwidth = 2026-01-01", ("on-the-fly.width", "2026", "an integer")),
    ("taps-empty", OTF + "[on-the-fly]\ntaps = []", ("on-the-fly.taps", "[]", "starts with width = 8")),
    ("taps-not-a-list", OTF + "[on-the-fly]\ntaps = 8", ("on-the-fly.taps", "8", "a list")),
    ("taps-string", OTF + '[on-the-fly]\ntaps = "8,6,5,4"', ("on-the-fly.taps", '"8,6,5,4"', "a list")),
    ("taps-no-width", OTF + "[on-the-fly]\ntaps = [7, 6]", ("on-the-fly.taps", "[7, 6]", "width = 8")),
    ("taps-rising", OTF + "[on-the-fly]\ntaps = [8, 4, 5, 6]", ("on-the-fly.taps", "[8, 4, 5, 6]", "strictly falls")),
    ("taps-twice", OTF + "[on-the-fly]\ntaps = [8, 6, 6, 4]", ("on-the-fly.taps", "[8, 6, 6, 4]", "strictly")),
    ("taps-zero", OTF + "[on-the-fly]\ntaps = [8, 6, 5, 0]", ("on-the-fly.taps", "[8, 6, 5, 0]", ">= 1")),
    ("taps-not-maximal", OTF + "[on-the-fly]\ntaps = [8, 7]", ("on-the-fly.taps", "[8, 7]", "period 2^8 - 1", "[8, 6, 5, 4]")),
    ("taps-reducible", OTF + "[on-the-fly]\ntaps = [8]", ("on-the-fly.taps", "[8]", "period 2^8 - 1")),
    ("taps-bool", OTF + "[on-the-fly]\ntaps = [8, true]", ("on-the-fly.taps", "a list of integers")),
    ("steps-zero", OTF + "[on-the-fly]\nsteps_per_cycle = 0", ("on-the-fly.steps_per_cycle", "0", ">= 1")),
    ("steps-shares", OTF + "[on-the-fly]\nsteps_per_cycle = 51", ("on-the-fly.steps_per_cycle", "51", "coprime to 2^8 - 1 = 255", "shares 51")),
    ("steps-period", OTF + "[on-the-fly]\nsteps_per_cycle = 255", ("on-the-fly.steps_per_cycle", "255", "coprime")),
    ("steps-float", OTF + "[on-the-fly]\nsteps_per_cycle = 1.5", ("on-the-fly.steps_per_cycle", "1.5", "an integer")),
    ("seed-negative", OTF + "[on-the-fly]\nseed = -1", ("on-the-fly.seed", "-1", ">= 0")),
    ("seed-string", OTF + '[on-the-fly]\nseed = "x"', ("on-the-fly.seed", '"x"', "an integer")),
    ("seed-and-seeds", OTF + "[on-the-fly]\nrngs = 2\nseed = 1\nseeds = [1, 2]", ("on-the-fly.seed", "1", "nothing where seeds are given")),
    ("seeds-zero", OTF + "[on-the-fly]\nrngs = 2\nseeds = [1, 0]", ("on-the-fly.seeds[1]", "0", "from 1 to 255")),
    ("seeds-high", OTF + "[on-the-fly]\nrngs = 2\nseeds = [256, 1]", ("on-the-fly.seeds[0]", "256", "from 1 to 255")),
    ("seeds-twice", OTF + "[on-the-fly]\nrngs = 3\nseeds = [5, 9, 5]", ("on-the-fly.seeds[2]", "5", "no other seed", "seeds[0]")),
    ("seeds-few", OTF + "[on-the-fly]\nrngs = 3\nseeds = [1, 2]", ("on-the-fly.seeds", "[1, 2]", "rngs = 3", "has 2")),
    ("seeds-many", OTF + "[on-the-fly]\nrngs = 2\nseeds = [1, 2, 3]", ("on-the-fly.seeds", "[1, 2, 3]", "rngs = 2")),
    ("seeds-floats", OTF + "[on-the-fly]\nrngs = 2\nseeds = [1, 2.0]", ("on-the-fly.seeds", "[1, 2.0]", "integers")),
    ("seeds-scalar", OTF + "[on-the-fly]\nseeds = 5", ("on-the-fly.seeds", "5", "a list")),
    ("rotate-integer", OTF + "[on-the-fly]\nrotate = 1", ("on-the-fly.rotate", "1", "true or false")),
    ("format-unknown", OTF + '[on-the-fly]\nformat = "signed"', ("on-the-fly.format", '"signed"', '"twos-complement" or "midrise"')),
    ("format-type", OTF + "[on-the-fly]\nformat = 8", ("on-the-fly.format", "8", "midrise")),
    ("tile-zero", OTF + "[on-the-fly]\ntile = 0", ("on-the-fly.tile", "0", ">= 1")),
    ("tile-float", OTF + "[on-the-fly]\ntile = 31.5", ("on-the-fly.tile", "31.5", "an integer")),
    ("rounding-unknown", OTF + '[scaling]\nrounding = "up"', ("scaling.rounding", '"up"', '"nearest" or "log-nearest"')),
    ("gain-zero", OTF + "[scaling]\ngain = 0.0", ("scaling.gain", "0.0", "a positive number")),
    ("gain-negative", OTF + "[scaling]\ngain = -0.8", ("scaling.gain", "-0.8", "a positive number")),
    ("gain-infinite", OTF + "[scaling]\ngain = inf", ("scaling.gain", "inf", "a positive number")),
    ("gain-nan", OTF + "[scaling]\ngain = nan", ("scaling.gain", "nan", "a positive number")),
    ("gain-string", OTF + '[scaling]\ngain = "1"', ("scaling.gain", '"1"', "a positive number")),
    ("gain-bool", OTF + "[scaling]\ngain = true", ("scaling.gain", "true", "a positive number")),
    ("code-bits-zero", OTF + "[scaling]\ncode_bits = 0", ("scaling.code_bits", "0", "from 1 to 8")),
    ("code-bits-nine", OTF + "[scaling]\ncode_bits = 9", ("scaling.code_bits", "9", "from 1 to 8")),
    ("pool-zero", PRE + "[pre-generated]\npool = 0", ("pre-generated.pool", "0", "from 1 to")),
    ("pool-huge", PRE + "[pre-generated]\npool = 10000000", ("pre-generated.pool", "10000000", "to 1048576")),
    ("pool-string", PRE + '[pre-generated]\npool = "big"', ("pre-generated.pool", '"big"', "an integer")),
    ("pool-width-low", PRE + "[pre-generated]\nwidth = 1", ("pre-generated.width", "1", "from 2 to 24")),
    ("pool-width-high", PRE + "[pre-generated]\nwidth = 25", ("pre-generated.width", "25", "from 2 to 24")),
    ("lanes-zero", PRE + "[pre-generated]\nlanes = 0", ("pre-generated.lanes", "0", ">= 1")),
    ("lanes-no-divisor", PRE + "[pre-generated]\nlanes = 44", ("pre-generated.lanes", "44", "a divisor of pool = 4095", "1, 3, 5, 7, 9, 13, 15, 21, 35, 39, 45, 63")),
    ("lanes-default-no-divisor", PRE + "[pre-generated]\npool = 100", ("pre-generated.lanes", "45", "1, 2, 4, 5, 10, 20, 25, 50, 100")),
    ("leftover-unknown", PRE + '[pre-generated]\nleftover = "drop"', ("pre-generated.leftover", '"drop"', '"row" or "number"')),
    ("pool-seed-negative", PRE + "[pre-generated]\nseed = -4", ("pre-generated.seed", "-4", ">= 0")),
    ("values-type", PRE + "[pre-generated]\nvalues = [0.5]", ("pre-generated.values", "[0.5]", ".npy")),
    ("values-missing", PRE + '[pre-generated]\nvalues = "none.npy"', ("pre-generated.values", "none.npy", ".npy", "No such file")),
    ("values-not-npy", PRE + '[pre-generated]\nvalues = "text.npy"', ("pre-generated.values", "text.npy", "not a .npy file")),
    ("values-matrix", PRE + '[pre-generated]\nvalues = "matrix.npy"', ("pre-generated.values", "matrix.npy", "one row of floats")),
    ("values-count", PRE + '[pre-generated]\nvalues = "ten.npy"', ("pre-generated.values", "10 numbers", "pool = 4095")),
    ("values-range", PRE + '[pre-generated]\npool = 10\nlanes = 5\nvalues = "wide.npy"', ("pre-generated.values[3]", "1.0", "(-1, 1)")),
    ("values-nan", PRE + '[pre-generated]\npool = 10\nlanes = 5\nvalues = "nan.npy"', ("pre-generated.values[0]", "nan", "(-1, 1)")),
    ("values-zero", PRE + '[pre-generated]\npool = 10\nlanes = 5\nvalues = "zero.npy"', ("pre-generated.values", "all zero", "norm")),
    ("values-objects", PRE + '[pre-generated]\nvalues = "objects.npy"', ("pre-generated.values", "objects.npy", "not a .npy file")),
    ("values-and-seed", PRE + '[pre-generated]\npool = 10\nlanes = 5\nseed = 1\nvalues = "ten.npy"', ("pre-generated.seed", "1", "nothing where values are given")),
    ("section-not-in-use", PRE + "[on-the-fly]\nwidth = 99", ("on-the-fly.width", "99", "from 3 to 18")),
]  # fmt: skip


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


@pytest.mark.parametrize(("name", "text", "parts"), BAD, ids=[case[0] for case in BAD])
def test_one_line_with_key_value_and_allowed(pezo, folder: Path, name, text, parts):
    config = folder / f"{name}.toml"
    config.write_text(text)
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
        for part in parts:
            assert part in err
        assert listing(folder) == before


def test_there_are_enough_of_them():
    assert len({name for name, _, _ in BAD}) == len(BAD) >= 40


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


def test_hardware_for_leftover_numbers_is_refused_in_one_line(pezo, folder: Path):
    config = folder / "number.toml"
    config.write_text(PRE + '[pre-generated]\nlanes = 44\nleftover = "number"')
    before = listing(folder)
    for command in (("generate", config, "-o", folder / "out"), ("verify", config)):
        status, out, err = pezo(*command)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert 'pre-generated.leftover = "number"' in err
        assert "rotator" in err
        assert listing(folder) == before
    assert pezo("stream", config)[0] == 0
