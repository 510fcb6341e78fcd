"""The C driver: it compiles without a warning, and names what it cannot do."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.driver import mock_registers as bits
from tests.driver.c_driver import (
    SOURCES,
    WARNINGS,
    CError,
    CPerturbationDevice,
    CScaling,
    sources,
)
from tests.driver.configs import CONFIGS, on_the_fly, pre_generated
from tests.driver.mock_registers import MockRegisters, flip_a_word, load_again

SEEDS = (3, 1, 4, 15, 9, 2, 6)
SCALING = CScaling(False, 1.0, 2)
LANGUAGES = {
    "C99": ["cc", "-std=c99"],
    "C11": ["cc", "-std=c11"],
    "GNU": ["cc", "-std=gnu17"],
    "C++": ["c++", "-x", "c++", "-std=c++11"],
    "clang": ["clang", "-std=c99"],
    "small": ["cc", "-std=c99", "-Os", "-fno-builtin"],
}


def device(c_library, config=None, **keys) -> tuple[CPerturbationDevice, MockRegisters]:
    mock = MockRegisters(config or on_the_fly(), **keys)
    return CPerturbationDevice(c_library, mock, polls=50), mock


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_compiles_without_a_warning(language: str, tmp_path: Path):
    compiler, *options = LANGUAGES[language]
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not on PATH")
    subprocess.run([compiler, *options, *WARNINGS, "-c", *sources()], cwd=tmp_path, check=True)


def test_it_keeps_nothing(tmp_path: Path):
    """No writable global, and nothing but the mathematics library is called."""
    # As on bare metal: what is only read lies where nobody writes, pointers to functions included.
    fixed = ["-fno-pic", "-fno-pie"]
    subprocess.run(["cc", "-std=c99", "-O1", *fixed, "-c", *sources()], cwd=tmp_path, check=True)
    objects = sorted(tmp_path.glob("*.o"))
    assert len(objects) == len(sources())
    symbols = subprocess.check_output(["nm", "-P", *objects], text=True).splitlines()
    found = [line.split()[:2] for line in symbols if len(line.split()) > 1]
    assert not [name for name, kind in found if kind in "BbDdCGgSs"]
    undefined = {name for name, kind in found if kind == "U"}
    undefined -= {name for name, kind in found if kind in "TRr"}
    mathematics = {"lgamma", "exp", "log", "sqrt", "ldexp", "frexp"}
    compilers_own = {"memcpy", "memset", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_"}
    assert undefined <= mathematics | compilers_own


def test_registers_at_an_address(c_library):
    """Without hooks, words are loaded and stored through the base pointer."""
    mock = MockRegisters(CONFIGS["small"])
    memory = (ctypes.c_uint32 * 32)()
    for offset, word in mock.constants.items():
        memory[offset // 4] = word
    hooked = CPerturbationDevice(c_library, mock)
    mapped = CPerturbationDevice.at(c_library, ctypes.addressof(memory))
    configs = (mapped.config, hooked.config)
    first, second = ([getattr(c, name) for name, _ in c._fields_] for c in configs)
    assert first == second
    memory[0x44 // 4] = bits.BUSY
    assert mapped.status() == bits.BUSY
    mapped.enable_interrupts(bits.FAULT)
    with pytest.raises(CError, match="PEZO_TIMED_OUT"):
        mapped.restart()
    assert (memory[0x58 // 4], memory[0x40 // 4]) == (bits.FAULT, 1)


def test_a_bus_that_leads_nowhere(c_library):
    with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
        CPerturbationDevice.at(c_library, 0)


def test_names_of_errors(c_library):
    header = (SOURCES / "pezo.h").read_text("utf-8")
    names = re.findall(r"^    (PEZO_[A-Z_]+)", header, re.MULTILINE)
    assert len(names) > 8
    spelled = [c_library.pezo_error_name(error).decode() for error in range(len(names))]
    assert spelled == names
    assert c_library.pezo_error_name(len(names)) == b"not an error of pezo.h"


@pytest.mark.parametrize("beats", [0, 4097, 2**32 - 1, 2**32 + 1])
def test_beats_that_cannot_be(beats: int, c_library):
    driver, mock = device(c_library)
    with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
        driver.new(beats)
    assert mock.commands == []


def test_nobody_takes_the_beats(c_library):
    driver, mock = device(c_library)
    driver.new(1)
    mock.busy = 10**9
    for call in (driver.wait, lambda: driver.new(1), lambda: driver.wait_for(bits.RELOADED)):
        with pytest.raises(CError, match="PEZO_TIMED_OUT"):
            call()
    assert mock.commands == [(1, 0)]


def test_a_command_that_is_dropped_is_written_again(c_library):
    driver, mock = device(c_library)
    mock.lose_commands = 2
    driver.replay(9)
    assert mock.commands == [(9, 1)]


def test_health(c_library):
    driver, mock = device(c_library)
    mock.health = 7 << 16
    driver.set_reload(True)
    assert (driver.faults(), mock.health) == (7, 7 << 16 | 1)
    driver.set_reload(False)
    assert mock.health == 7 << 16
    plain, _ = device(c_library, CONFIGS["plain"])
    for call in (plain.faults, lambda: plain.set_reload(True)):
        with pytest.raises(CError, match="PEZO_UNSUPPORTED"):
            call()


def test_seeds_that_cannot_be(c_library):
    driver, mock = device(c_library)
    for seeds in ((0, *SEEDS[1:]), (32, *SEEDS[1:])):
        for call in (
            lambda s=seeds: driver.load_phase(0, s),
            lambda s=seeds: driver.load_seeds(s, SCALING),
        ):
            with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
                call()
    assert all(offset not in (0x64, 0x68) for _, offset, _ in mock.trace)
    with pytest.raises(CError, match="PEZO_LOAD_REFUSED"):
        driver.load_phase(3, (5, *SEEDS[1:6], 5))
    assert mock.ring == []


def test_contents_that_are_needed(c_library):
    driver, _ = device(c_library)
    driver.load_seeds(SEEDS, SCALING)
    driver.restart()
    with pytest.raises(CError, match="PEZO_LOAD_NEEDED"):
        driver.new(1)


def test_a_command_waits_for_a_load_of_contents_under_way(c_library):
    """It is needed only once nobody is loading."""
    driver, mock = device(c_library, delay=5)
    driver.load_seeds(SEEDS, SCALING)
    load_again(mock)
    driver.new(1)
    assert mock.commands == [(1, 0)]


@pytest.mark.parametrize("place", range(9))
def test_words_that_change_on_their_way(c_library, place: int):
    """A bit of any word of a phase, and the check word's; nothing is loaded."""
    driver, mock = device(c_library)
    flip_a_word(mock, place)
    with pytest.raises(CError, match="PEZO_LOAD_REFUSED"):
        driver.load_phase(3, SEEDS)
    assert mock.ring == []


def test_a_row_that_changes_on_its_way_is_refused(c_library):
    driver, mock = device(c_library, pre_generated())
    flip_a_word(mock, 3)
    with pytest.raises(CError, match="PEZO_LOAD_REFUSED"):
        driver.load_row(0, [1, 2, 3, 4, 5])
    assert mock.rows == {}
    driver.load_row(0, [1, 2, 3, 4, 5])
    assert list(mock.rows.values()) == [[1, 2, 3, 4, 5]]


def test_what_a_device_cannot_do(c_library):
    plain, _ = device(c_library, CONFIGS["plain"])
    pool, mock = device(c_library, pre_generated(load="phase"))
    for call in (
        lambda: plain.load_phase(0, SEEDS),
        lambda: plain.load_seeds(SEEDS, SCALING),
        lambda: plain.load_row(0, [0]),
        lambda: plain.load_start_row(0),
        lambda: pool.load_seeds(SEEDS, SCALING),
        lambda: pool.load_row(0, [0] * 5),
    ):
        with pytest.raises(CError, match="PEZO_UNSUPPORTED"):
            call()
    whole, mock = device(c_library, pre_generated())
    for call in (
        lambda: whole.load_start_row(12),
        lambda: whole.load_row(12, [0] * 5),
        lambda: whole.load_row(0, [0, 0, 256, 0, 0]),
        lambda: whole.load_row(0, [0, 0, -257, 0, 0]),
    ):
        with pytest.raises(CError, match="PEZO_BAD_ARGUMENT"):
            call()
    assert mock.rows == {}


def test_exponents(c_library):
    """A value is mantissa * 2^(exponent + code) * gain, in every format."""
    for config in CONFIGS.values():
        driver, _ = device(c_library, config)
        stream = config.stream()
        base = getattr(config.parameters, "base", 0)
        beats = stream.window(5, 1)
        gain = getattr(getattr(config.parameters, "scaling", None), "gain", 1.0)
        power = 2.0 ** (driver.exponent(base) + int(beats.code[0]))
        assert beats.value[0, 0] == pytest.approx(beats.mantissa[0, 0] * power * gain, rel=1e-7)
        filled = (stream.lanes + bool(stream.code_bits)) * driver.config.slot_bytes
        powers = [1 << bits for bits in range(17) if 1 << bits >= filled]
        assert driver.beat_bytes() == (powers[0] if driver.config.padded else filled)
