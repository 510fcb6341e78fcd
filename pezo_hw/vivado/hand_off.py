"""Everything beside the Verilog that Vivado and its like need."""

from __future__ import annotations

from ..config import Config
from ..emit import EmittedCore
from ..emit.manifest import add_to_manifest
from .activity import INSTANCE, simulate_activity
from .block_design import block_design_text
from .design import Design
from .interfaces import bus_interfaces
from .ip_xact import component_text, xgui_text
from .out_of_context import ClockParameters, constraints_text, out_of_context_text
from .packaging import fusesoc_text, packaging_text
from .part import Part
from .testbench import testbench_files


def hand_off(
    core: EmittedCore,
    config: Config,
    clock: ClockParameters,
    part: Part,
    *,
    activity: bool = True,
) -> EmittedCore:
    """The core with the files for Vivado, IP-XACT and FuseSoC beside its own, the manifest last.

    Parameters
    ----------
    core : EmittedCore
        A configuration's core, or a system around it.
    config : Config
        That configuration.
    clock : ClockParameters
        What to ask of the design.
    part : Part
        On what it is asked.
    activity : bool
        Whether to simulate the switching activity.

    Raises
    ------
    PezoError
        Where the simulation lacks a program.
    """
    design = Design.of(core)
    top = design.top
    constraints, saif = f"{top}.xdc", f"{top}.saif"
    interfaces = bus_interfaces(design)
    bench = testbench_files(config, design)
    files = {
        constraints: constraints_text(design, clock),
        f"{top}_out_of_context.tcl": out_of_context_text(
            design, part, constraints, saif if activity else "", INSTANCE.format(top=top)
        ),
        f"{top}_package_ip.tcl": packaging_text(design, interfaces, part),
        f"{top}_xgui.tcl": xgui_text(design),
        "component.xml": component_text(design, interfaces),
        f"{top}.core": fusesoc_text(design, part, constraints, bench),
        **bench,
    }
    if block_design := block_design_text(design, clock, part):
        files[f"{top}_block_design.tcl"] = block_design
    if activity:
        files[saif] = simulate_activity(core, config, design, clock)
    manifest = f"{top}.json"
    extra = {"vivado": manifest_entry(clock, part)}
    own = {name: text for name, text in core.files.items() if name != manifest}
    described = add_to_manifest(core.files[manifest], extra, files)
    return EmittedCore(top=top, files={**own, **files, manifest: described})


def manifest_entry(clock: ClockParameters, part: Part) -> dict[str, object]:
    """What the manifest says of the hand-off."""
    return {"part": part.name, "clock_mhz": float(clock.mhz), "period_ns": clock.period_ns}


def file_names(top: str) -> tuple[list[str], list[str]]:
    """The files of a top's hand-off: those that are always there, and those that may be."""
    endings = (
        ".xdc",
        "_out_of_context.tcl",
        "_package_ip.tcl",
        "_xgui.tcl",
        ".core",
        "_tb.sv",
        "_tb.hex",
    )
    return [*(f"{top}{ending}" for ending in endings), "component.xml"], [
        f"{top}.saif",
        f"{top}_block_design.tcl",
    ]
