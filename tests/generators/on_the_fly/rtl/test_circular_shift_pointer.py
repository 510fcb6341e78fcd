"""The pointer alone, with random words."""

from pathlib import Path

import pytest

from pezo_hw.generators.on_the_fly.rtl.circular_shift_pointer import CircularShiftPointer
from tests.cases import ON_THE_FLY, OTF
from tests.rtl.simulation import run

SIZES = [2, 3, 4, 5, 7, 8, 9, 15, 16, 31, 32, 33]


@pytest.mark.parametrize("rngs", SIZES)
def test_rotation(rngs: int, tmp_path: Path):
    run(OTF + f"rngs = {rngs}\nwidth = 6\n", "circular-shift-pointer", tmp_path)


def test_a_pointer_that_starts_wrong_is_seen(tmp_path: Path, monkeypatch):
    right = CircularShiftPointer.__init__

    def wrong(self, words: int, width: int, *, start_cycle: int) -> None:
        right(self, words, width, start_cycle=start_cycle + 1)

    monkeypatch.setattr(CircularShiftPointer, "__init__", wrong)
    with pytest.raises(AssertionError, match="cycle 0: positions position"):
        run(ON_THE_FLY["leap"], "circular-shift-pointer", tmp_path)
