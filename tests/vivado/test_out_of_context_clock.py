"""The clock: what is allowed, and what the constraints say."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw import ConfigError
from pezo_hw.vivado.design import Design
from pezo_hw.vivado.out_of_context import ClockParameters, constraints_text
from tests.vivado.cases import axi_design, plain


@pytest.mark.parametrize("mhz", [0, -1, 0.999, 1000.1, math.inf, -math.inf, math.nan])
def test_what_is_no_clock(mhz: float):
    with pytest.raises(ConfigError, match=r"^--clock-mhz = .* allowed: a number from 1 to 1000$"):
        ClockParameters(mhz=mhz)


@pytest.mark.parametrize(
    ("mhz", "period"),
    [(700, "1.428"), (500, "2.000"), (1, "1000.000"), (1000, "1.000"), (3, "333.333")],
)
def test_periods(mhz: float, period: str):
    assert ClockParameters(mhz=mhz).period_ns == period


@given(st.floats(1, 1000))
def test_the_period_is_never_longer_than_asked_for_nor_by_a_picosecond_shorter(mhz: float):
    clock = ClockParameters(mhz=mhz)
    assert clock.period_ps <= 10**6 / mhz < clock.period_ps + 1
    assert float(clock.period_ns) * 1000 == pytest.approx(clock.period_ps)


def test_the_papers_clock_by_default():
    assert ClockParameters().mhz == 700


def test_every_pin_is_constrained_once():
    design = Design.of(plain("core"))
    text = constraints_text(design, ClockParameters(mhz=250))
    assert "create_clock -name clk -period 4.000 [get_ports clk]\n" in text
    groups = re.findall(r"get_ports \{(.*)\}", text)
    assert groups == ["rst en", "valid mantissa[*] code[*]"]


def test_the_clock_of_axi():
    text = constraints_text(axi_design(), ClockParameters())
    assert "create_clock -name aclk -period 1.428 [get_ports aclk]\n" in text
    # A bus of one bit is a bus.
    assert " m_axis_tuser[*]" in text
    assert " m_axis_tlast " in text
