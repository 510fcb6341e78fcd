"""A model in several commands is the same as in one, again and again, by either driver."""

from __future__ import annotations

import ctypes

import pytest

from pezo_hw.driver import (
    ArgumentError,
    CommandSequence,
    DeviceTimeoutError,
    PerturbationDevice,
    UnsupportedError,
)
from pezo_hw.numbers.perturbation import PerturbationSequence
from tests.driver.c_driver import CError
from tests.driver.configs import CONFIGS as ALL
from tests.driver.configs import on_the_fly, pre_generated
from tests.driver.sequences import SequenceBench, Shapes
from tests.driver.streaming import StreamingDevice

SHAPES: Shapes = [(3, 7), 5, (2, 2), 40]
# Coprime to the lanes, so that every number begins some cycle.
CONFIGS = {
    "rngs": on_the_fly(rngs=5, width=4, load="phase", health="none"),
    "rows": pre_generated(load="phase"),
    "copies": pre_generated(
        load="phase", pool=29, lanes=6, leftover="number", storage="copies", ports=2
    ),
}
CANNOT_LOAD = on_the_fly(load="none", health="none")


@pytest.fixture(params=["Python", "C"])
def library(request: pytest.FixtureRequest, c_library: ctypes.CDLL) -> ctypes.CDLL | None:
    """Which driver it is."""
    return c_library if request.param == "C" else None


def golden(config, shapes: Shapes, position: int = 0) -> list[list[bytes]]:
    """The first perturbations of a model by the golden model."""
    sequence = PerturbationSequence(config.stream(), position)
    return [[tensor.tobytes() for tensor in sequence.next(shapes)] for _ in range(3)]


@pytest.mark.parametrize("name", CONFIGS)
def test_it_is_the_golden_sequence(name: str, library):
    for most, position in ((2, None), (5, 13), (1000, None), (1000, 13)):
        bench = SequenceBench(CONFIGS[name], library)
        sequence = bench.sequence(**bench.size_of(SHAPES), most_beats=most, position=position)
        there = PerturbationSequence(bench.config.stream(), position or 0)
        for _ in range(2):
            expected = [tensor.tobytes() for tensor in there.next(SHAPES)]
            assert bench.tensors(sequence.new(), SHAPES) == expected
            assert (sequence.position - there.position) % bench.around == 0
            for _ in range(2):
                assert bench.tensors(sequence.replay(), SHAPES) == expected
        assert all(beats <= most for beats, _ in bench.registers.commands)


@pytest.mark.parametrize("name", CONFIGS)
def test_models_of_a_few_numbers_and_of_just_so_many_beats(name: str, library):
    """Less than a beat, a beat, one command of just as many, one beat more."""
    config = CONFIGS[name]
    lanes = config.parameters.lanes
    for numbers in (1, lanes - 1, lanes, lanes + 1, 4 * lanes, 4 * lanes + 1, 8 * lanes):
        bench = SequenceBench(config, library)
        size = bench.size_of([numbers])
        sequence = bench.sequence(**size, most_beats=4)
        assert sequence.loads == (numbers > 4 * lanes)
        assert sequence.largest == min(size["beats"], 4) * bench.driver.configuration.beat_bytes
        first, second, _ = golden(config, [numbers])
        assert bench.tensors(sequence.replay(), [numbers]) == first
        for expected in (first, second):
            assert bench.tensors(sequence.new(), [numbers]) == expected
            assert bench.tensors(sequence.replay(), [numbers]) == expected
        counts = {beats for beats, _ in bench.registers.commands}
        assert counts == {min(size["beats"], 4), (size["beats"] - 1) % 4 + 1}


@pytest.mark.parametrize("name", CONFIGS)
def test_one_that_was_broken_off_can_be_replayed(name: str, library):
    bench = SequenceBench(CONFIGS[name], library)
    sequence = bench.sequence(**bench.size_of(SHAPES), most_beats=2)
    first, second, _ = golden(bench.config, SHAPES)
    commands = sequence.new()
    for _ in range(2):
        next(commands).give()
        bench.registers.frame()
    assert sequence.position == 0
    assert bench.tensors(sequence.replay(), SHAPES) == first
    replayed = sequence.replay()
    next(replayed).give()
    bench.registers.frame()
    assert bench.tensors(sequence.new(), SHAPES) == first
    assert bench.tensors(sequence.new(), SHAPES) == second


@pytest.mark.parametrize("most", [2, 1000])
@pytest.mark.parametrize("name", CONFIGS)
def test_nobody_need_ask_for_more_than_the_last_command(name: str, most: int, library):
    """As `zip` does not, of buffers that are just enough."""
    bench = SequenceBench(CONFIGS[name], library)
    sequence = bench.sequence(**bench.size_of(SHAPES), most_beats=most)
    count = -(-bench.size_of(SHAPES)["beats"] // most)
    for expected in golden(bench.config, SHAPES):
        commands = (command for _, command in zip(range(count), sequence.new(), strict=False))
        assert bench.tensors(commands, SHAPES) == expected


@pytest.mark.parametrize("most", [2, 1000])
@pytest.mark.parametrize("name", CONFIGS)
def test_a_command_that_is_given_again(name: str, most: int, library):
    """It gives the same frame, until another perturbation has begun."""
    bench = SequenceBench(CONFIGS[name], library)
    sequence = bench.sequence(**bench.size_of(SHAPES), most_beats=most)
    first, second, third = golden(bench.config, SHAPES)

    def twice(commands):
        for command in commands:
            command.give()
            bench.registers.frame()
            yield command

    commands = list(sequence.new())
    assert bench.tensors(twice(commands), SHAPES) == first
    assert bench.tensors(commands, SHAPES) == first
    assert bench.tensors(twice(sequence.replay()), SHAPES) == first
    replayed, begun = list(sequence.replay()), list(sequence.new())
    assert bench.tensors(sequence.new(), SHAPES) == second
    # What was asked for as the next perturbation is the last one now.
    assert bench.tensors(begun, SHAPES) == second
    given = len(bench.registers.commands)
    for command in (*commands, *replayed):
        with pytest.raises((ArgumentError, CError), match=r"earlier perturbation|BAD_ARGUMENT"):
            command.give()
    assert len(bench.registers.commands) == given
    assert bench.tensors(sequence.new(), SHAPES) == third


@pytest.mark.parametrize("most", [2, 1000])
@pytest.mark.parametrize("name", CONFIGS)
def test_a_command_that_nobody_took(name: str, most: int, library):
    """It has begun nothing: the last perturbation is that before it, and the next one this."""
    bench = SequenceBench(CONFIGS[name], library)
    sequence = bench.sequence(**bench.size_of(SHAPES), most_beats=most)
    first, second, _ = golden(bench.config, SHAPES)
    assert bench.tensors(sequence.new(), SHAPES) == first
    position = sequence.position
    registers = bench.registers
    registers.busy = 10**9
    commands = list(sequence.new())
    with pytest.raises((DeviceTimeoutError, CError), match=r"did not come|TIMED_OUT"):
        commands[0].give()
    registers.busy = 0
    assert sequence.position == position
    assert bench.tensors(sequence.replay(), SHAPES) == first
    assert bench.tensors(commands, SHAPES) == second
    assert bench.tensors(sequence.replay(), SHAPES) == second


@pytest.mark.parametrize("most", [2, 1000])
@pytest.mark.parametrize("name", CONFIGS)
def test_another_start(name: str, most: int, library):
    bench = SequenceBench(CONFIGS[name], library)
    sequence = bench.sequence(**bench.size_of(SHAPES), most_beats=most)
    sequence.position = 21
    first, second, _ = golden(bench.config, SHAPES, 21)
    assert bench.tensors(sequence.replay(), SHAPES) == first
    assert bench.tensors(sequence.new(), SHAPES) == first
    begun = list(sequence.new())
    begun[0].give()
    bench.registers.frame()
    sequence.position = 5
    assert bench.tensors(sequence.replay(), SHAPES) == second
    assert bench.tensors(begun, SHAPES) == second
    first, second, _ = golden(bench.config, SHAPES, 5)
    for expected in (first, second):
        assert bench.tensors(sequence.new(), SHAPES) == expected


def test_one_command_loads_nothing(library):
    bench = SequenceBench(CANNOT_LOAD, library)
    sequence = bench.sequence(20, most_beats=20)
    bench.received(sequence.new())
    bench.received(sequence.replay())
    assert bench.registers.commands == [(20, 0), (20, 1)]
    assert not sequence.loads
    written = [offset for kind, offset, _ in bench.registers.trace if kind == "w"]
    assert not {0x64, 0x68} & set(written)


def test_what_it_cannot_do(library):
    bench = SequenceBench(CANNOT_LOAD, library)
    for keys in ({"most_beats": 19}, {"most_beats": 20, "position": 0}):
        with pytest.raises((UnsupportedError, CError), match=r'load = "phase"|PEZO_UNSUPPORTED'):
            bench.sequence(20, **keys)
    bench = SequenceBench(CONFIGS["rngs"], library)
    for key, keys in {
        "beats": {"beats": 0, "most_beats": 1},
        "most_beats": {"beats": 1, "most_beats": 0},
        "unused": {"beats": 1, "most_beats": 1, "unused": 1},
    }.items():
        with pytest.raises((ArgumentError, CError), match=rf"^{key} = .* is not allo|BAD_ARGUMENT"):
            bench.sequence(**keys)
    with pytest.raises(ArgumentError, match=r"^position = 1.5 is not allowed"):
        CommandSequence(bench.driver, 1, most_beats=1, position=1.5)  # type: ignore[arg-type]


def test_a_size_that_changes():
    """The stream goes on where it was, whether one or several commands are needed."""
    for config in CONFIGS.values():
        bench = SequenceBench(config)
        there = PerturbationSequence(config.stream())
        sequence = bench.sequence(**bench.size_of([4]), most_beats=3)
        for shapes in ([4], [70, 2], [4], [4, 3], [70]):
            sequence = sequence.resized(**bench.size_of(shapes))
            expected = [tensor.tobytes() for tensor in there.next(shapes)]
            assert bench.tensors(sequence.new(), shapes) == expected
            assert bench.tensors(sequence.replay(), shapes) == expected
    sequence = SequenceBench(CANNOT_LOAD).sequence(20, most_beats=20)
    assert not sequence.resized(19).loads
    with pytest.raises(UnsupportedError, match='load = "phase"'):
        sequence.resized(21)
    with pytest.raises(UnsupportedError, match='load = "phase"'):
        sequence.position = 0


def test_a_timeout_is_for_a_command_with_its_load(monkeypatch: pytest.MonkeyPatch):
    """What the load has taken is not there for the command."""
    config = CONFIGS["rngs"]
    driver = PerturbationDevice(StreamingDevice(config), timeout=60)
    now, waited = [100.0], []

    def load(position: int, *, timeout: float) -> None:
        now[0] += 3

    monkeypatch.setattr("pezo_hw.driver.deadline.time.monotonic", lambda: now[0])
    monkeypatch.setattr(driver, "load_position", load)
    monkeypatch.setattr(driver, "new", lambda beats, *, timeout: waited.append(timeout))
    for timeout in (4, 2, None):
        for command in CommandSequence(driver, 2, most_beats=1).new(timeout=timeout):
            command.give()
    assert waited == [1, 1, 0, 0, None, None]
    with pytest.raises(ArgumentError, match="timeout = -1"):
        next(CommandSequence(driver, 2, most_beats=1).new(timeout=-1)).give()


def test_most_beats_of_a_dma():
    for config in (*CONFIGS.values(), ALL["padded"]):
        configuration = SequenceBench(config).driver.configuration
        for bits in (8, 14, 26):
            most = configuration.most_beats_of_dma(bits)
            assert most * configuration.beat_bytes < 1 << bits
            assert (most + 1) * configuration.beat_bytes >= 1 << bits
            assert configuration.fits_dma(most, bits)
            assert not configuration.fits_dma(most + 1, bits)
