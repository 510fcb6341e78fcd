"""The bank alone, against the golden states."""

from pathlib import Path

import pytest

from pezo_hw.generators.on_the_fly.bank import BankParameters
from pezo_hw.generators.on_the_fly.rtl import lfsr_bank
from pezo_hw.generators.on_the_fly.rtl.lfsr_bank import LFSRBank
from tests.cases import ON_THE_FLY
from tests.rtl.simulation import run


@pytest.mark.parametrize("name", ON_THE_FLY)
def test_states(name: str, tmp_path: Path):
    run(ON_THE_FLY[name], "lfsr-bank", tmp_path)


def test_a_bank_that_starts_a_cycle_late_is_seen(tmp_path: Path, monkeypatch):
    right = BankParameters.states_of
    monkeypatch.setattr(BankParameters, "states_of", lambda self, t: right(self, t + 1))
    with pytest.raises(AssertionError, match="stream: cycle 0: states register"):
        run(ON_THE_FLY["leap"], "lfsr-bank", tmp_path)


def test_a_wrong_feedback_is_seen(tmp_path: Path, monkeypatch):
    right = lfsr_bank._ones
    monkeypatch.setattr(lfsr_bank, "_ones", lambda row: right(row | 1))
    with pytest.raises(AssertionError, match="states register"):
        run(ON_THE_FLY["leap"], "lfsr-bank", tmp_path)


def test_ports():
    from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters

    bank = LFSRBank(OnTheFlyParameters(rngs=5, width=9).bank)
    assert len(bank.states) == 45
    assert len(bank.en) == 1
