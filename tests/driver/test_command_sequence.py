"""A model in several commands is the same as in one, again and again."""

from __future__ import annotations

import numpy as np
import pytest

from pezo_hw.config import Config
from pezo_hw.driver import (
    ArgumentError,
    BuiltIn,
    CommandSequence,
    Frame,
    PerturbationDevice,
    UnsupportedError,
)
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.numbers.perturbation import PerturbationSequence
from tests.driver.configs import on_the_fly, pre_generated
from tests.driver.streaming import StreamingDevice

SHAPES = [(3, 7), 5, (2, 2), 40]
# Coprime to the lanes, so that every number begins some cycle.
CONFIGS = {
    "rngs": on_the_fly(load="phase", health="none"),
    "rows": pre_generated(load="phase"),
    "copies": pre_generated(
        load="phase", pool=29, lanes=6, leftover="number", storage="copies", ports=2
    ),
}


def opened(config: Config) -> tuple[PerturbationDevice, StreamingDevice]:
    mock = StreamingDevice(config)
    parameters = config.parameters
    fly = isinstance(parameters, OnTheFlyParameters)
    seeds = tuple(parameters.bank.seeds) if fly else ()
    return PerturbationDevice(mock, built_in=BuiltIn(seeds=seeds), timeout=0.05), mock


def sequence_of(
    driver: PerturbationDevice, *, most_beats: int, position: int | None = None
) -> CommandSequence:
    configuration = driver.configuration
    numbers = sum(int(np.prod(shape)) for shape in SHAPES)
    if configuration.unused:
        beats, unused = configuration.beats_for(numbers), configuration.unused_for(numbers)
    else:
        beats, unused = sum(map(configuration.beats_for, SHAPES)), 0
    return CommandSequence(driver, beats, unused=unused, most_beats=most_beats, position=position)


def received(driver: PerturbationDevice, mock: StreamingDevice, commands) -> Frame:
    frames, first = [], 0
    for command in commands:
        assert command.first_byte == first
        command.give()
        frames.append(driver.decode(mock.frame()))
        assert command.size == len(frames[-1]) * driver.configuration.beat_bytes
        first += command.size
    return Frame.joined(frames)


def tensors(driver: PerturbationDevice, frame: Frame) -> list[bytes]:
    if not driver.configuration.unused:
        return [tensor.tobytes() for tensor in frame.tensors(SHAPES)]
    ends = np.cumsum([int(np.prod(shape)) for shape in SHAPES])
    parts = np.split(frame.elements(int(ends[-1])), ends[:-1])
    return [part.tobytes() for part in parts]


@pytest.mark.parametrize("name", CONFIGS)
def test_it_is_the_golden_sequence(name: str):
    config = CONFIGS[name]
    around = getattr(config.parameters, "pool", config.parameters.joint_orbit)
    for most, position in ((2, None), (5, 13), (1000, None), (1000, 13)):
        driver, mock = opened(config)
        sequence = sequence_of(driver, most_beats=most, position=position)
        golden = PerturbationSequence(config.stream(), position or 0)
        for _ in range(2):
            expected = [tensor.tobytes() for tensor in golden.next(SHAPES)]
            assert tensors(driver, received(driver, mock, sequence.new())) == expected
            assert (sequence.position - golden.position) % around == 0
            assert tensors(driver, received(driver, mock, sequence.replay())) == expected
        assert all(beats <= most for beats, _ in mock.commands)


@pytest.mark.parametrize("name", CONFIGS)
def test_one_that_was_broken_off_can_be_replayed(name: str):
    config = CONFIGS[name]
    driver, mock = opened(config)
    sequence = sequence_of(driver, most_beats=2)
    golden = PerturbationSequence(config.stream())
    expected = [tensor.tobytes() for tensor in golden.next(SHAPES)]
    commands = sequence.new()
    for _ in range(2):
        next(commands).give()
        mock.frame()
    assert sequence.position == 0
    assert tensors(driver, received(driver, mock, sequence.replay())) == expected
    assert tensors(driver, received(driver, mock, sequence.new())) == expected
    expected = [tensor.tobytes() for tensor in golden.next(SHAPES)]
    assert tensors(driver, received(driver, mock, sequence.new())) == expected


def test_one_command_loads_nothing():
    driver, mock = opened(on_the_fly(load="none", health="none"))
    sequence = CommandSequence(driver, 20, most_beats=20)
    received(driver, mock, sequence.new())
    received(driver, mock, sequence.replay())
    assert mock.commands == [(20, 0), (20, 1)]
    assert not sequence.loads
    assert sequence.largest == 20 * driver.configuration.beat_bytes
    assert not [offset for kind, offset, _ in mock.trace if kind == "w" and offset in (0x64, 0x68)]


def test_what_it_cannot_do():
    driver, _ = opened(on_the_fly(load="none", health="none"))
    for keys in ({"most_beats": 19}, {"most_beats": 20, "position": 0}):
        with pytest.raises(UnsupportedError, match=r'allowed: .*load = "phase" or "contents"'):
            CommandSequence(driver, 20, **keys)
    driver, _ = opened(CONFIGS["rngs"])
    for key, keys in {
        "beats": {"beats": 0, "most_beats": 1},
        "most_beats": {"beats": 1, "most_beats": 0},
        "unused": {"beats": 1, "most_beats": 1, "unused": 1},
        "position": {"beats": 1, "most_beats": 1, "position": 1.5},
    }.items():
        with pytest.raises(ArgumentError, match=rf"^{key} = .* is not allowed"):
            CommandSequence(driver, keys.pop("beats"), **keys)


def test_most_beats_of_a_dma():
    for config in CONFIGS.values():
        configuration = opened(config)[0].configuration
        for bits in (8, 14, 26):
            most = configuration.most_beats_of_dma(bits)
            assert most * configuration.beat_bytes < 1 << bits
            assert (most + 1) * configuration.beat_bytes >= 1 << bits
            assert configuration.fits_dma(most, bits)
            assert not configuration.fits_dma(most + 1, bits)
