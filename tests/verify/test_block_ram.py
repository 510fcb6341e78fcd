"""The Verilog models of the block RAMs, against what the vendor's guide says of each mode."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.cases import mostly_slow
from tests.verify.block_ram import Cycle, Expected, Ram, any_cycles, parts, simulate

_MODES = ("READ_FIRST", "WRITE_FIRST", "NO_CHANGE")
_SIMPLE = [
    Ram(kbit=kbit, read=(width, 0), write=(0, width))
    for kbit in (18, 36)
    for width in (1, 2, 4, 9, 18, 36, 72)
    if width <= 2 * kbit
]
_MIXED = [
    Ram(kbit=18, read=(36, 0), write=(0, 9)),
    Ram(kbit=18, read=(2, 0), write=(0, 36)),
    Ram(kbit=36, read=(72, 0), write=(0, 18)),
    Ram(kbit=36, read=(4, 0), write=(0, 72)),
]
_DUAL = [
    Ram(kbit=18, read=(9, 18), write=(18, 4), modes=("WRITE_FIRST", "NO_CHANGE")),
    Ram(kbit=36, read=(36, 1), write=(9, 36), modes=("NO_CHANGE", "WRITE_FIRST")),
    Ram(kbit=36, read=(18, 9), write=(36, 2), modes=("READ_FIRST", "READ_FIRST")),
    Ram(kbit=18, read=(0, 18), write=(18, 0)),
]


_RAMS = [*_SIMPLE, *_MIXED, *_DUAL]


@pytest.mark.icarus
@pytest.mark.parametrize("ram", mostly_slow(_RAMS, *_RAMS[::6]), ids=str)
def test_every_bit_is_the_guide_s(tmp_path: Path, ram: Ram):
    """Contents, byte enables, resets and collisions of both ports, at random."""
    numbers = random.Random(str(ram))
    size = 1 << ram.address_bits
    contents = numbers.getrandbits(size), numbers.getrandbits(size // 8)
    srval = numbers.getrandbits(ram.kbit), numbers.getrandbits(ram.kbit)
    cycles = any_cycles(ram, 200, numbers)
    expected = Expected(ram, *contents, srval)
    changes = 0
    for pair, shown in zip(cycles, simulate(ram, contents, srval, cycles, tmp_path), strict=True):
        expected.edge(pair)
        for port in range(2):
            word = expected.shown[port]
            if word is not None and ram.read[port]:
                bits, parity_bits = parts(ram.read[port])
                data, parity = shown[port]
                assert int(data[-bits:], 2) == word[0]
                assert not parity_bits or int(parity[-parity_bits:], 2) == word[1]
                changes += 1
    assert changes > 100


@pytest.mark.icarus
@pytest.mark.parametrize("mode", _MODES)
def test_what_the_guide_leaves_undefined_is_x(tmp_path: Path, mode: str):
    """Port A reads the word that port B writes, and then once more."""
    ram = Ram(kbit=18, read=(9, 9), write=(9, 9), modes=("READ_FIRST", mode))
    reads = Cycle(enable=True, address=16, enables=0, data=0, reset=False)
    writes = Cycle(enable=True, address=16, enables=3, data=0x1A5, reset=False)
    idle = Cycle(enable=False, address=0, enables=0, data=0, reset=False)
    shown = simulate(ram, (0, 0), (0, 0), [(reads, writes), (reads, idle)], tmp_path)
    old, new = shown[0][0][0][-8:], shown[1][0][0][-8:]
    assert old == ("00000000" if mode == "READ_FIRST" else "xxxxxxxx")
    assert new == "10100101"
    assert shown[0][1][0][-8:] == {"READ_FIRST": "00000000", "WRITE_FIRST": new}.get(mode, "x" * 8)


@pytest.mark.icarus
def test_bits_that_both_ports_write_are_x(tmp_path: Path):
    ram = Ram(kbit=36, read=(18, 18), write=(18, 18))
    a = Cycle(enable=True, address=64, enables=3, data=0xFFFF, reset=False)
    b = Cycle(enable=True, address=64, enables=2, data=0xFFFF, reset=False)
    reads = Cycle(enable=True, address=64, enables=0, data=0, reset=False)
    shown = simulate(ram, (0, 0), (0, 0), [(a, b), (reads, reads)], tmp_path)
    assert shown[1][0][0][-16:] == "x" * 8 + "1" * 8
