"""The Python driver on the mock register file: what it does, and what it says when it cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pezo_hw.driver import (
    ALL_INTERRUPTS,
    ArgumentError,
    BuiltIn,
    DeviceTimeoutError,
    DriverError,
    Interrupt,
    LoadError,
    LoadNeededError,
    NotFoundError,
    PerturbationDevice,
    Scaling,
    UnsupportedError,
)
from tests.driver import mock_registers as mock_bits
from tests.driver.configs import CONFIGS, on_the_fly, pre_generated
from tests.driver.mock_registers import MockRegisters, flip_a_word, load_again

SEEDS = (3, 1, 4, 15, 9, 2, 6)


def device(config=None, *, delay: int = 2, **keys) -> tuple[PerturbationDevice, MockRegisters]:
    mock = MockRegisters(config or on_the_fly(), delay=delay)
    return PerturbationDevice(mock, timeout=0.05, **keys), mock


def test_commands():
    driver, mock = device()
    driver.new(5)
    driver.replay(5)
    driver.new(np.int64(4096))
    driver.wait()
    assert mock.commands == [(5, 0), (5, 1), (4096, 0)]
    assert not driver.status().busy
    assert driver.counters().perturbations == 2
    assert driver.counters().transfers == 4106


@pytest.mark.parametrize("beats", [0, -1, 4097, 1.5, "7", True, None])
def test_beats_that_cannot_be(beats):
    driver, mock = device()
    with pytest.raises(ArgumentError, match=r"^beats = .* allowed: an integer from 1 to 4096$"):
        driver.new(beats)
    assert mock.commands == []


def test_nobody_takes_the_beats():
    driver, mock = device()
    driver.new(1)
    mock.busy = 10**9
    with pytest.raises(DeviceTimeoutError, match=r"^the last beat did not come; allowed: within"):
        driver.wait()
    with pytest.raises(DeviceTimeoutError, match=r"^STATUS\.ready did not come"):
        driver.new(1)
    with pytest.raises(TimeoutError):
        driver.new(1, timeout=0)
    assert mock.commands == [(1, 0)]


def test_a_command_that_is_dropped_is_written_again():
    """As when a reload after a fault begins between STATUS and COMMAND."""
    driver, mock = device()
    mock.lose_commands = 2
    driver.new(9)
    assert mock.commands == [(9, 0)]


def test_interrupts():
    driver, mock = device()
    driver.enable_interrupts(Interrupt.DONE | Interrupt.FAULT)
    assert mock.enabled == mock_bits.DONE | mock_bits.FAULT
    mock.events = mock_bits.FAULT
    driver.new(1)
    assert driver.wait_for(Interrupt.DONE | Interrupt.RELOADED) == Interrupt.DONE
    assert driver.interrupts() == Interrupt.FAULT
    driver.clear_interrupts()
    assert mock.events == 0
    with pytest.raises(DeviceTimeoutError, match=r"Interrupt\.RELOADED"):
        driver.wait_for(Interrupt.RELOADED)


def test_what_is_no_event_is_none_of_them():
    assert Interrupt.NONE == Interrupt.of(0) == 0
    assert Interrupt.of(0xFFFF_FFFF) == ALL_INTERRUPTS == sum(set(Interrupt))


def test_health():
    driver, mock = device()
    mock.health = 7 << 16
    driver.set_reload(True)
    assert (driver.health().faults, driver.health().reload) == (7, True)
    driver.set_reload(False)
    assert not driver.health().reload
    flag, _ = device(CONFIGS["flag"])
    assert flag.health().faults == 0
    with pytest.raises(UnsupportedError, match=r'allowed: one with health = "reload"$'):
        flag.set_reload(True)
    with pytest.raises(UnsupportedError, match='health = "flag"'):
        device(CONFIGS["plain"])[0].health()


def test_new_seeds_and_their_phases():
    config = on_the_fly()
    driver, mock = device(config, built_in=BuiltIn(seeds=config.parameters.bank.seeds))
    driver.load_phase(12345678901234567890)
    assert tuple(mock.ring) == config.parameters.bank.states_of(12345678901234567890)
    driver.load_seeds(np.array(SEEDS))
    other = on_the_fly(seeds=SEEDS).parameters
    assert bytes(mock.table) == other.scale_table.codes.tobytes()
    assert tuple(mock.ring) == SEEDS
    driver.load_phase(-17)
    assert tuple(mock.ring) == other.bank.states_of(-17)
    driver.load_seeds(SEEDS, cycle=99)
    assert tuple(mock.ring) == other.bank.states_of(99)


def test_new_seeds_without_a_table():
    """One exponent serves all of them, and nothing is needed after a restart."""
    config = CONFIGS["constant"]
    driver, mock = device(config, built_in=BuiltIn(seeds=config.parameters.bank.seeds))
    driver.load_seeds(SEEDS, cycle=5)
    other = replace(config.parameters, seed=None, seeds=SEEDS)
    assert tuple(mock.ring) == other.bank.states_of(5)
    assert (mock.table, driver._loads.base) == ([], other.base)
    assert other.base != CONFIGS["small"].parameters.base
    driver.restart()
    driver.new(1)


def test_after_a_restart_the_table_is_still_the_loaded_one():
    config = on_the_fly()
    driver, mock = device(config, built_in=BuiltIn(seeds=config.parameters.bank.seeds))
    driver.restart()
    driver.new(1)
    driver.load_seeds(SEEDS)
    driver.new(1)
    driver.restart()
    with pytest.raises(LoadNeededError, match="allowed: load the contents first"):
        driver.new(1)
    driver.load_phase(5)
    assert tuple(mock.ring) == config.parameters.bank.states_of(5)
    driver.load_seeds(config.parameters.bank.seeds)
    driver.new(1)


def test_the_scaling_of_new_seeds():
    config = on_the_fly(scaling={"code_bits": 3, "rounding": "log-nearest", "gain": 0.8})
    scaling = Scaling(rounding="log-nearest", gain=0.8)
    driver, mock = device(config, built_in=BuiltIn(scaling=scaling))
    driver.load_seeds(SEEDS)
    other = on_the_fly(
        seeds=SEEDS, scaling={"code_bits": 3, "rounding": "log-nearest", "gain": 0.8}
    )
    assert bytes(mock.table) == other.parameters.scale_table.codes.tobytes()


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        (SEEDS[1:], r"^number of seeds = 6 is not allowed; allowed: 7, one for each RNG$"),
        ((0, *SEEDS[1:]), r"^seeds\[0\] = 0 is not allowed; allowed: an integer from 1 to 31$"),
        ((*SEEDS[:6], 32), r"^seeds\[6\] = 32 is not allowed"),
        ((*SEEDS[:6], 4), r"^seeds\[6\] = 4 .* no other seed has \(seeds\[2\] has it\)$"),
    ],
)
def test_seeds_that_cannot_be(seeds, message: str):
    driver, mock = device()
    with pytest.raises(ArgumentError, match=message):
        driver.load_seeds(seeds)
    assert all(offset not in (0x64, 0x68) for _, offset, _ in mock.trace)


def test_a_refused_load():
    driver, mock = device(built_in=BuiltIn(seeds=on_the_fly().parameters.bank.seeds))
    driver._loads.seeds = (5,) * 7
    with pytest.raises(LoadError, match=r"^the load was refused; allowed: seeds that are not zero"):
        driver.load_phase(0)
    assert mock.ring == []


@pytest.mark.parametrize("place", range(9))
def test_words_that_change_on_their_way(place: int):
    """A bit of any word of a phase, and the check word's; nothing is loaded."""
    driver, mock = device(built_in=BuiltIn(seeds=on_the_fly().parameters.bank.seeds))
    flip_a_word(mock, place)
    with pytest.raises(LoadError, match=r"refused; allowed: .* arrive as they are sent$"):
        driver.load_phase(0)
    assert mock.ring == []


def test_a_table_that_changes_on_its_way_is_needed_again():
    driver, mock = device()
    flip_a_word(mock, 20)
    with pytest.raises(LoadError, match="refused"):
        driver.load_seeds(SEEDS)
    with pytest.raises(LoadNeededError):
        driver.new(1)
    driver.load_seeds(SEEDS)
    driver.new(1)


def test_a_command_waits_for_a_load_of_contents_under_way():
    """It is needed only once nobody is loading."""
    driver, mock = device(delay=5)
    driver.load_seeds(SEEDS)
    load_again(mock)
    driver.new(1)
    assert mock.commands == [(1, 0)]


def test_words_that_get_lost(monkeypatch: pytest.MonkeyPatch):
    driver, mock = device(built_in=BuiltIn(seeds=on_the_fly().parameters.bank.seeds))
    take = mock._write_68
    counted = iter(range(100))

    def lossy(value: int) -> None:
        if next(counted) == 3:
            mock.events |= mock_bits.DROPPED
        else:
            take(value)

    monkeypatch.setattr(mock, "_write_68", lossy)
    with pytest.raises(LoadError, match="a write of the load was dropped"):
        driver.load_phase(0)


def test_seeds_that_nobody_knows():
    driver, _ = device()
    with pytest.raises(ArgumentError, match=r"^seeds are not known; allowed: built_in="):
        driver.load_phase(1)


def test_rows_of_a_pool():
    config = pre_generated()
    pool = config.parameters
    driver, mock = device(config)
    driver.load_start_row(7)
    assert mock.start_address == pool.address_sequence.address_of(7)
    driver.load_phase(-1)
    assert mock.start_address == pool.address_sequence.address_of(pool.rows - 1)
    numbers = np.arange(-8, 7).reshape(3, 5)
    numbers[0, 0], numbers[2, 4] = -256, 255
    driver.load_rows(9, numbers)
    written = {row: mock.rows[pool.address_sequence.address_of(row)] for row in (9, 10, 11)}
    assert written == {9 + i: [int(x) & 0x1FF for x in numbers[i]] for i in range(3)}
    driver.load_rows(0, [1, 2, 3, 4, 5])
    assert mock.rows[0] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("row", "numbers", "message"),
    [
        (12, [1, 2, 3, 4, 5], r"^row = 12 is not allowed; allowed: an integer from 0 to 11$"),
        (11, [[1] * 5] * 2, r"^row = 11 .* from 0 to 10$"),
        (0, [1, 2, 3, 4], r"allowed: integers of shape \(rows, 5\)$"),
        (0, [1.0] * 5, "^numbers = float64 of shape"),
        (0, [], "allowed: integers of shape"),
        (0, [0, 0, 256, 0, 0], r"^numbers with 256 .* from -256 to 255$"),
        (0, [0, 0, -257, 0, 0], "^numbers with -257 among"),
    ],
)
def test_rows_that_cannot_be(row, numbers, message: str):
    driver, mock = device(pre_generated())
    with pytest.raises(ArgumentError, match=message):
        driver.load_rows(row, numbers)
    assert mock.rows == {}


def test_what_a_device_cannot_do():
    plain, _ = device(CONFIGS["plain"], built_in=BuiltIn(seeds=SEEDS))
    with pytest.raises(UnsupportedError, match='load = "phase" or "contents"'):
        plain.load_phase(0)
    with pytest.raises(UnsupportedError, match='load = "contents"'):
        plain.load_seeds(SEEDS)
    with pytest.raises(
        UnsupportedError, match=r"^load_rows is .*; allowed: load_phase or load_seeds$"
    ):
        plain.load_rows(0, [0])
    pool, _ = device(pre_generated(load="phase"))
    what = 'load_seeds is not allowed with strategy = "pre-generated", storage = "rows"'
    has = "load_phase or load_start_row or load_rows"
    with pytest.raises(UnsupportedError, match=rf"^{what}; allowed: {has}$"):
        pool.load_seeds(SEEDS)
    with pytest.raises(UnsupportedError, match='load = "contents"'):
        pool.load_rows(0, [0] * 5)
    with pytest.raises(ArgumentError, match=r"^row = 12"):
        pool.load_start_row(12)


def test_fixed_point_has_no_room_for_higher_codes():
    keys = {"rngs": 2, "width": 6, "scaling": {"output": "fixed-point", "code_bits": 3}}
    by_code = {
        int(config.parameters.scale_table.codes.max()): config
        for config in (on_the_fly(seed=seed, **keys) for seed in range(12))
    }
    built, high = by_code[min(by_code)], by_code[max(by_code)]
    driver, mock = device(built, built_in=BuiltIn(scaling=Scaling(code_bits=3)))
    message = rf"^seeds with code {max(by_code)} .* codes reach {min(by_code)} at most$"
    with pytest.raises(ArgumentError, match=message):
        driver.load_seeds(high.parameters.bank.seeds)
    driver.load_seeds(built.parameters.bank.seeds)
    assert bytes(mock.table) == built.parameters.scale_table.codes.tobytes()


def test_every_error_is_one_of_the_drivers():
    assert issubclass(NotFoundError, DriverError)
    assert issubclass(ArgumentError, ValueError)
    assert issubclass(DeviceTimeoutError, TimeoutError)


NO_ARGUMENTS: list[object] = [-1, 1 << 12, 1 << 63, 10**5000, 1.5, float("nan"), "7", "x\x1b\n"]


@pytest.mark.parametrize("value", [*NO_ARGUMENTS, None, True, [], b""], ids=lambda _: "")
def test_every_argument_that_cannot_be_is_one_printable_line(value: object):
    driver, mock = device(built_in=BuiltIn(seeds=SEEDS))
    calls = [driver.enable_interrupts, driver.clear_interrupts, driver.wait_for, driver.new]
    if not isinstance(value, int) or value is True:
        calls += [driver.load_position, driver.load_phase]
    if not isinstance(value, bytes):
        calls.append(driver.decode)
    if value == 1 << 12:
        calls.remove(driver.new)  # that many beats there are
    for call in calls:
        with pytest.raises(ArgumentError) as error:
            call(value)  # type: ignore[arg-type]
        said = str(error.value)
        assert said.isprintable()
        assert len(said) < 300
        assert "allowed: " in said
    with pytest.raises(ArgumentError, match="which = 0 is not allowed"):
        driver.wait_for(Interrupt.NONE)
    assert mock.commands == []


def test_a_shape_of_a_frame_is_of_positive_integers():
    driver, _ = device()
    frame = driver.decode(bytes(driver.configuration.beat_bytes))
    for shape in (-5, (-1, 5), 1.5, "7", (True, 2), 0):
        with pytest.raises(ArgumentError, match="size = "):
            frame.tensors([shape])  # type: ignore[list-item]
    for size in (-1, 10**5000, 1.5):
        with pytest.raises(ArgumentError, match="size = "):
            frame.elements(size)  # type: ignore[arg-type]
