"""The pool reader alone."""

from pathlib import Path

import pytest

from pezo_hw.generators.pre_generated.rtl import pool_reader
from pezo_hw.rtl import memories
from tests.cases import PRE_GENERATED
from tests.rtl.simulation import run


@pytest.mark.parametrize("name", [name for name in PRE_GENERATED if name != "one-row"])
def test_rows(name: str, tmp_path: Path):
    run(PRE_GENERATED[name], "pool-reader", tmp_path)


def test_a_single_wrong_bit_is_seen(tmp_path: Path, monkeypatch):
    def flipped(m, name, *, contents, **rest):
        return memories.add_rom(m, name, contents=[*contents[:-1], contents[-1] ^ 1], **rest)

    monkeypatch.setattr(pool_reader, "add_rom", flipped)
    with pytest.raises(AssertionError, match="mantissa lane"):
        run(PRE_GENERATED["two-counters"], "pool-reader", tmp_path)
