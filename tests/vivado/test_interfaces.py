"""Pins that belong together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pezo_hw.vivado.design import Design
from pezo_hw.vivado.interfaces import bus_interfaces, warn_of_width
from tests.vivado.cases import PLAIN, axi_design, plain


@pytest.mark.parametrize("name", PLAIN)
def test_a_system_of_plain_pins_has_a_clock_and_a_reset(name: str):
    clock, reset = bus_interfaces(Design.of(plain(name)))
    assert (clock.name, clock.mode, clock.port_maps) == ("clk", "slave", {"CLK": "clk"})
    assert clock.parameters == {"ASSOCIATED_RESET": "rst", "FREQ_TOLERANCE_HZ": "-1"}
    assert (reset.name, reset.mode, reset.port_maps) == ("rst", "slave", {"RST": "rst"})
    assert reset.parameters == {"POLARITY": "ACTIVE_HIGH"}


def test_axi():
    lite, stream, clock, reset, interrupt = bus_interfaces(axi_design())
    assert (lite.name, lite.mode, lite.memory_map) == ("s_axi", "slave", "s_axi")
    assert (lite.bus, lite.abstraction) == (
        "xilinx.com:interface:aximm:1.0",
        "xilinx.com:interface:aximm_rtl:1.0",
    )
    assert len(lite.port_maps) == 19
    assert lite.port_maps["AWADDR"] == "s_axi_awaddr"
    assert lite.parameters == {"PROTOCOL": "AXI4LITE", "DATA_WIDTH": "32", "ADDR_WIDTH": "12"}
    assert (stream.name, stream.mode) == ("m_axis", "master")
    assert set(stream.port_maps) == {"TDATA", "TVALID", "TREADY", "TLAST", "TUSER"}
    assert stream.parameters["TDATA_NUM_BYTES"] == "8"
    assert stream.parameters["TUSER_WIDTH"] == "1"
    assert clock.parameters["ASSOCIATED_BUSIF"] == "s_axi:m_axis"
    assert clock.parameters["ASSOCIATED_RESET"] == "aresetn"
    assert reset.parameters == {"POLARITY": "ACTIVE_LOW"}
    assert (interrupt.mode, interrupt.port_maps) == ("master", {"INTERRUPT": "irq"})
    assert interrupt.parameters == {"SENSITIVITY": "LEVEL_HIGH"}


def test_a_stream_that_is_too_wide():
    assert warn_of_width(axi_design()) == warn_of_width(Design.of(plain("core"))) == []
    ports = (replace(port, width=4104) for port in axi_design().ports if "tdata" in port.name)
    wide = replace(axi_design(), ports=tuple(ports))
    (warning,) = warn_of_width(wide)
    assert warning.startswith("pezo_hand_axi: m_axis_tdata has 513 bytes; ")


def test_a_stream_of_a_power_of_two_without_user():
    (stream,) = (
        bus for bus in bus_interfaces(Design.of(plain("padded-axi"))) if bus.name == "m_axis"
    )
    assert stream.parameters["TUSER_WIDTH"] == "0"
    assert stream.parameters["TDATA_NUM_BYTES"] == "8"
    assert "TUSER" not in stream.port_maps


def test_every_pin_is_in_one_interface():
    mapped = [pin for bus in bus_interfaces(axi_design()) for pin in bus.port_maps.values()]
    assert sorted(mapped) == sorted(port.name for port in axi_design().ports)
