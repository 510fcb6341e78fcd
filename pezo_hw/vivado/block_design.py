"""A block design around the AXI system: a Zynq's processors, a DMA, interrupts, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..tools.files import fill_template
from .design import Design
from .interfaces import bus_interfaces
from .out_of_context import ClockParameters
from .part import Part
from .registers_tcl import tcl_list

# What a DMA and its interconnect reach in every speed grade; the script says where to change it.
_FASTEST_MHZ = 100.0
_CONNECTED = {"s_axi", "m_axis", "aclk", "aresetn", "irq"}


@dataclass(frozen=True, kw_only=True)
class Processor:
    """A processing system as Vivado's catalogue has it.

    Attributes
    ----------
    parts : str
        A regular expression for the beginning of the parts that have it.
    ip : str
        Its name in the catalogue.
    automation : dict of str to str
        What its block automation is asked for, beside the board's preset.
    properties : dict of str to str
        One port to the registers, one from the DMA, interrupts and the clock, without CONFIG.
    frequency : str
        The property that holds the clock's frequency in MHz.
    pins : dict of str to str
        Its pins and interfaces by what the script uses them for.
    memory : str
        The segment of its memory that the DMA writes.
    base : int
        The first address behind its port to the registers.
    """

    parts: str
    ip: str
    automation: dict[str, str]
    properties: dict[str, str]
    frequency: str
    pins: dict[str, str]
    memory: str
    base: int


ULTRASCALE = Processor(
    parts="x[caq](zu|k2)",
    ip="zynq_ultra_ps_e",
    automation={},
    properties={
        "PSU__USE__M_AXI_GP0": "1",
        "PSU__USE__M_AXI_GP1": "0",
        "PSU__USE__M_AXI_GP2": "0",
        "PSU__USE__S_AXI_GP2": "1",
        "PSU__USE__IRQ0": "1",
        "PSU__FPGA_PL0_ENABLE": "1",
    },
    frequency="PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ",
    pins={
        "clock": "pl_clk0",
        "reset": "pl_resetn0",
        "control": "M_AXI_HPM0_FPD",
        "control_clock": "maxihpm0_fpd_aclk",
        "memory": "S_AXI_HP0_FPD",
        "memory_clock": "saxihp0_fpd_aclk",
        "interrupt": "pl_ps_irq0",
    },
    memory="SAXIGP2/HP0_DDR_LOW",
    base=0xA000_0000,
)
ZYNQ_7000 = Processor(
    parts="x[caq]7z",
    ip="processing_system7",
    automation={"make_external": '"FIXED_IO, DDR"', "Master": "Disable", "Slave": "Disable"},
    properties={
        "PCW_USE_M_AXI_GP0": "1",
        "PCW_USE_S_AXI_HP0": "1",
        "PCW_USE_FABRIC_INTERRUPT": "1",
        "PCW_IRQ_F2P_INTR": "1",
    },
    frequency="PCW_FPGA0_PERIPHERAL_FREQMHZ",
    pins={
        "clock": "FCLK_CLK0",
        "reset": "FCLK_RESET0_N",
        "control": "M_AXI_GP0",
        "control_clock": "M_AXI_GP0_ACLK",
        "memory": "S_AXI_HP0",
        "memory_clock": "S_AXI_HP0_ACLK",
        "interrupt": "IRQ_F2P",
    },
    memory="S_AXI_HP0/HP0_DDR_LOWOCM",
    base=0x4000_0000,
)


def processor_of(part: Part) -> Processor | None:
    """The processing system of a part; None where it has none of the two."""
    return next((ps for ps in (ULTRASCALE, ZYNQ_7000) if re.match(ps.parts, part.name)), None)


def block_design_text(design: Design, clock: ClockParameters, part: Part) -> str | None:
    """The Tcl that builds a bitstream with a design behind a Zynq's processors.

    Parameters
    ----------
    design : Design
        Any; only the AXI system has the interfaces that a block design connects.
    clock : ClockParameters
        The clock, which the script takes up to 100 MHz.
    part : Part
        On what.

    Returns
    -------
    str or None
        None for a design without those interfaces, and for a part without processors.
    """
    processor = processor_of(part)
    found = {interface.name for interface in bus_interfaces(design)}
    if processor is None or not found >= _CONNECTED:
        return None
    return fill_template(
        Path(__file__).parent / "templates" / "block_design.tcl",
        top=design.top,
        part=part.name,
        mhz=f"{min(clock.mhz, _FASTEST_MHZ):g}",
        processor=processor.ip,
        automation=tcl_list(processor.automation),
        properties=tcl_list({f"CONFIG.{k}": v for k, v in processor.properties.items()}),
        frequency=f"CONFIG.{processor.frequency}",
        pins=tcl_list(processor.pins),
        memory=processor.memory,
        base=f"0x{processor.base:08X}",
    )
