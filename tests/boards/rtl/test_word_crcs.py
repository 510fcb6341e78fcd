"""The CRC registers against zlib."""

from __future__ import annotations

import random
import zlib

import pytest
from amaranth.sim import Simulator

from pezo_hw.boards.rtl.word_crcs import WordCRCs


@pytest.mark.parametrize("words", [1, 2, 5])
def test_random_beats_with_gaps_are_what_zlib_says(words: int):
    dut = WordCRCs(words)
    chance = random.Random(words)
    simulator = Simulator(dut)
    simulator.add_clock(1e-6)

    async def testbench(context):
        taken = b""
        for _ in range(200):
            beat, valid = chance.getrandbits(32 * words), chance.random() < 0.7
            context.set(dut.beat, beat)
            context.set(dut.valid, valid)
            await context.tick()
            if valid:
                taken += beat.to_bytes(4 * words, "little")
            columns = [
                b"".join(taken[at : at + 4] for at in range(4 * k, len(taken), 4 * words))
                for k in range(words)
            ]
            crcs = context.get(dut.crcs)
            assert [crcs >> 32 * k & 0xFFFFFFFF for k in range(words)] == [
                zlib.crc32(column) for column in columns
            ]

    simulator.add_testbench(testbench)
    simulator.run()


def test_before_any_beat_it_is_the_crc_of_nothing():
    dut = WordCRCs(2)
    simulator = Simulator(dut)
    simulator.add_clock(1e-6)

    async def testbench(context):
        context.set(dut.beat, (1 << 64) - 1)
        await context.tick()
        assert context.get(dut.crcs) == zlib.crc32(b"")

    simulator.add_testbench(testbench)
    simulator.run()
