"""The reader of copies, and their addresses, alone."""

from pathlib import Path

import pytest

from pezo_hw.generators.pre_generated.rtl import copy_reader
from pezo_hw.generators.pre_generated.rtl.shift_address import ShiftAddress
from pezo_hw.rtl import shared_memory
from tests.cases import PRE_GENERATED
from tests.rtl.simulation import run

COPIES = [name for name in PRE_GENERATED if name.startswith("copies")]


@pytest.mark.parametrize("bench", ["pool-reader", "copy-address"])
@pytest.mark.parametrize("name", COPIES)
def test_every_cycle(name: str, bench: str, tmp_path: Path):
    run(PRE_GENERATED[name], bench, tmp_path)


def test_a_single_wrong_bit_is_seen(tmp_path: Path, monkeypatch):
    def flipped(m, name, *, contents, **rest):
        wrong = [*contents[:-1], contents[-1] ^ 1]
        return shared_memory.add_shared_memory(m, name, contents=wrong, **rest)

    monkeypatch.setattr(copy_reader, "add_shared_memory", flipped)
    with pytest.raises(AssertionError, match="mantissa lane"):
        run(PRE_GENERATED["copies"], "pool-reader", tmp_path)


def test_a_second_port_that_reads_behind_is_seen(tmp_path: Path, monkeypatch):
    class Late(ShiftAddress):
        def elaborate(self, platform):
            m = super().elaborate(platform)
            m.d.comb += self.address_1.eq(self.address_0)
            return m

    monkeypatch.setattr(copy_reader, "ShiftAddress", Late)
    with pytest.raises(AssertionError, match="address_1 is"):
        run(PRE_GENERATED["copies"], "copy-address", tmp_path)
