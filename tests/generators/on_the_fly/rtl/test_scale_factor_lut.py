"""The table alone, with random addresses."""

from pathlib import Path

import pytest

from pezo_hw.generators.on_the_fly.rtl import scale_factor_lut
from pezo_hw.rtl import memories
from tests.cases import ON_THE_FLY
from tests.rtl.simulation import run

ADAPTIVE = [name for name, text in ON_THE_FLY.items() if "constant" not in text]


@pytest.mark.parametrize("name", ADAPTIVE)
def test_codes(name: str, tmp_path: Path):
    run(ON_THE_FLY[name], "scale-factor-lut", tmp_path)


def test_a_single_wrong_bit_is_seen(tmp_path: Path, monkeypatch):
    def flipped(m, name, *, contents, **rest):
        return memories.add_rom(m, name, contents=[*contents[:-1], contents[-1] ^ 1], **rest)

    monkeypatch.setattr(scale_factor_lut, "add_rom", flipped)
    with pytest.raises(AssertionError, match="code is"):
        run(ON_THE_FLY["smallest"], "scale-factor-lut", tmp_path)
