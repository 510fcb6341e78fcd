"""Identifiers that follow configurations' names."""

from __future__ import annotations

import re

import pytest

from pezo_hw import ConfigError, PezoError, load
from pezo_hw.config import Config, parse
from pezo_hw.emit import emit_core, require_top
from pezo_hw.names import is_file_name_everywhere, macro_of, require_distinct, stem_of
from pezo_hw.systems.registry import SYSTEMS
from tests.making import generator_of

# A stem must hold its own against the endings of others, and against its like.
HOSTILE = (
    *("mine", "mine-stream", "mine_axi", "mine-pointer", "mine-pointer-stream", "mine-tb"),
    *("Mine", "mine-Stream", "stream", "axi", "pointer", "core", "pezo", "a", "a-stream"),
    *("mine-fill", "mine-core", "mine-core-fill", "mine-engine-core", "9", "9-lives", "module"),
    *("é", "è", "日本", "中国", "mine-é", "😀", "-", "_", "--", "...", "\udcff", "\udcfe"),
    *("x" * 250, "x" * 249 + "y", "x" * 60, "x" * 250 + "-stream", "con", "aux", "nul"),
)


def config(name: str) -> Config:
    return Config(name=name, generator=generator_of(load("paper-roberta").parameters))


def tops(name: str) -> list[str]:
    return [system.top(config(name)) for system in SYSTEMS.values()]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("paper-roberta", "pezo_paper_roberta"),
        ("my config", "pezo_my_config"),
        ("a.b", "pezo_a_b"),
        ("9lives", "pezo_9lives"),
        ("a--b_", "pezo_a_b"),
        ("Mine", "pezo_Mine"),
        ("stream", "pezo_stream"),
        ("mine-stream", "pezo_mine_stream_33eb8896"),
        ("é", "pezo_4a99557e"),
    ],
)
def test_the_rule(name: str, stem: str):
    assert stem_of(name) == stem


def test_layers():
    names = [system.top(load("paper-opt")) for system in SYSTEMS.values()]
    ends = ("", "_stream", "_replay", "_axi")
    assert names == [f"pezo_paper_opt{end}" for end in ends]


def test_every_top_is_an_identifier_and_a_file_name():
    for name in HOSTILE:
        for top in tops(name):
            require_top(top)
            assert re.fullmatch(r"[A-Za-z]\w*", top, re.ASCII)
            assert "__" not in top


def test_no_two_are_the_same():
    """Nor a top and another's testbench, in upper or lower case for file systems' sake."""
    case_less = [name for name in HOSTILE if name not in ("Mine", "mine-Stream", "-", "_", "--")]
    every = [top.lower() for name in case_less for top in tops(name)]
    every += [f"{top}_tb".lower() for name in case_less for top in tops(name)]
    assert len(every) == len(set(every))


def test_inner_modules_are_no_tops():
    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 2\nwidth = 4\n'
    core = emit_core(parse(text, name="mine"), system="axi")
    modules = re.findall(r"^module (\w+)", core.files[core.verilog_file], re.MULTILINE)
    inner = modules[1:]
    assert len(inner) > 10
    for module in inner:
        below = module.removeprefix("pezo_mine_axi__")
        assert below != module
        for name in (f"mine-axi-{below}", f"mine_axi__{below}", module.removeprefix("pezo_")):
            assert module not in tops(name)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("a-b", "c", "a_b"), "CONFIG a-b and a_b would both be pezo_a_b; allowed: configs whose"),
        (("a", "A"), "CONFIG a and A would both be pezo_A; allowed: "),
        (("a b", "a.b"), "CONFIG a b and a.b would both be pezo_a_b"),
        (("x", "y", "x"), "CONFIG x is given twice"),
    ],
)
def test_names_that_would_be_one(names: tuple[str, ...], says: str):
    with pytest.raises(PezoError, match=f"^{re.escape(says)}"):
        require_distinct(names)


def test_names_that_are_several():
    require_distinct(["paper-roberta", "paper-opt", "é", "è", "mine", "mine-stream", "x" * 250])


@pytest.mark.parametrize("name", ["con", "PRN", "aux", "nul", "com1", "LPT9", "Con"])
def test_devices_of_windows(name: str):
    assert not is_file_name_everywhere(name)
    with pytest.raises(ConfigError, match="no device of Windows"):
        require_top(name)


@pytest.mark.parametrize("name", ["clk", "rst", "valid", "mantissa"])
def test_a_top_is_none_of_its_pins(name: str):
    """Verilator has both in one scope."""
    with pytest.raises(ConfigError, match="none of its own pins"):
        emit_core(load("paper-pool"), name=name)


def test_macros_tell_upper_case_from_lower():
    macros = [macro_of(top, "LANES") for top in ("noise", "Noise", "NOISE", "noise_")]
    assert macros == ["NOISE_LANES", "Noise_lanes", "NOISE_lanes", "NOISE__LANES"]
