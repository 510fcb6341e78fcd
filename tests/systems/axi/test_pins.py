"""What Vivado's block design is told of the ports."""

from __future__ import annotations

from pezo_hw.systems.axi.pins import interface_attributes

PORTS = (
    *("aclk", "aresetn", "irq"),
    *("s_axi_awaddr", "s_axi_awvalid", "s_axi_rdata", "m_axis_tdata", "m_axis_tlast"),
)


def test_every_port_belongs_to_an_interface():
    found = {port: a["X_INTERFACE_INFO"] for port, a in interface_attributes(PORTS).items()}
    assert list(found) == list(PORTS)
    assert found["aclk"] == "xilinx.com:signal:clock:1.0 aclk CLK"
    assert found["s_axi_rdata"] == "xilinx.com:interface:aximm:1.0 s_axi RDATA"
    assert found["m_axis_tlast"] == "xilinx.com:interface:axis:1.0 m_axis TLAST"


def test_parameters_stand_at_the_first_port_of_an_interface_and_nowhere_else():
    attributes = interface_attributes(PORTS)
    described = {p: a["X_INTERFACE_PARAMETER"] for p, a in attributes.items() if len(a) > 1}
    assert set(described) == {"aclk", "aresetn", "irq", "s_axi_awaddr"}
    assert described["s_axi_awaddr"] == "XIL_INTERFACENAME s_axi, PROTOCOL AXI4LITE"
    assert described["aresetn"] == "XIL_INTERFACENAME aresetn, POLARITY ACTIVE_LOW"
