"""PYNQ's own modules, with nothing of a board behind them, and what Vivado would hand them."""

from __future__ import annotations

import importlib.util
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.vivado.declared import SPIRIT

_PYNQ = Path(__file__).parents[1] / "vendor" / "pynq"
GENERATOR, CONTROLLER, CONTROLLER_ADDRESS = "generator_0", "axi_intc_0", 0xA001_0000
DMA, DMA_ADDRESS = "dma_0", 0xA002_0000
# As Vivado writes them for the DMA of the block design's script.
DMA_PARAMETERS = {
    "c_include_mm2s": "0",
    "c_include_s2mm": "1",
    "c_include_s2mm_dre": "0",
    "c_include_sg": "0",
    "c_m_axi_s2mm_data_width": "64",
    "c_micro_dma": "0",
    "c_sg_length_width": "9",
}


def load_pynq(monkeypatch: pytest.MonkeyPatch, **fakes: dict[str, Any]) -> Any:
    """Its modules of registers, interrupts and hardware descriptions, as on a Zynq UltraScale+.

    ``fakes`` are contents of ``pynq.pl`` and ``pynq.mmio``, by the module's name.
    """
    package: Any = types.ModuleType("pynq")
    package.__path__ = []
    monkeypatch.setitem(sys.modules, "pynq", package)
    known = {"CPU_ARCH": "aarch64", "ZU_ARCH": "aarch64", "ZYNQ_ARCH": "armv7l"}
    machine = {**known, "CPU_ARCH_IS_SUPPORTED": True, "_is_versal": lambda: False}
    machine["Clocks"] = None
    for name, contents in {"ps": machine, "pl": {}, "mmio": {}, **fakes}.items():
        module = types.ModuleType(f"pynq.{name}")
        module.__dict__.update({"PL": None, "MMIO": None} | contents)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        setattr(package, name, module)
    for path in ("registers", "uio", "interrupt", "pl_server/hwh_parser"):
        setattr(package, path.rpartition("/")[2], _module_of(monkeypatch, path))
    return package


def load_overlay(monkeypatch: pytest.MonkeyPatch, **fakes: dict[str, Any]) -> Any:
    """PYNQ's overlays and its DMA as well; ``fakes`` has ``interrupt`` too."""
    interrupt = fakes.pop("interrupt")
    empty = {"bitstream": {"Bitstream": object}, "gpio": {"GPIO": None}}
    pynq = load_pynq(monkeypatch, **{**empty, **fakes})
    monkeypatch.setattr(pynq.interrupt, "Interrupt", interrupt["Interrupt"])
    for name, contents in {
        "pynqutils": {},
        "pynqutils.runtime.repr_dict": {"ReprDict": dict},
        "pynqmetadata.frontends": {"Metadata": None},
        "pynqmetadata.views.runtime.append_drivers_pass": {"bind_drivers_to_metadata": None},
    }.items():
        module = types.ModuleType(name)
        module.__dict__.update(contents)
        monkeypatch.setitem(sys.modules, name, module)
    pynq.overlay = _module_of(monkeypatch, "overlay")
    for name in ("DefaultHierarchy", "DefaultIP", "UnsupportedConfiguration"):
        setattr(pynq, name, getattr(pynq.overlay, name))
    pynq.allocate = fakes["mmio"]["allocate"]
    pynq.dma = _module_of(monkeypatch, "lib/dma")
    return pynq


def _module_of(monkeypatch: pytest.MonkeyPatch, path: str) -> Any:
    """One of its modules, by its file."""
    name = f"pynq.{path.rpartition('/')[2]}"
    spec = importlib.util.spec_from_file_location(name, _PYNQ / f"{path}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def hardware_description(component: Any, base: int = 0xA000_0000, inside: str = "") -> str:
    """The .hwh of a block design with the IP: its registers as Vivado copies them out of the XML.

    With ``inside`` the IP is in a hierarchy of that name, beside an AXI DMA.

    The processor, the interrupt controller and the nets are written as Vivado 2022.1 writes them,
    as far as PYNQ reads them. What the XML does not say of a register is not in it either.
    """
    top = component.findtext(f"{SPIRIT}name")
    root = etree.Element("EDKSYSTEM")
    ports = etree.SubElement(root, "EXTERNALPORTS")
    etree.SubElement(ports, "PORT", NAME="nothing", SIGNAME="External_nothing")
    modules = etree.SubElement(root, "MODULES")
    processor = _module(modules, "zynq_ultra_ps_e_0", "zynq_ultra_ps_e", {"pl_ps_irq0": "intc_irq"})
    parameters = etree.SubElement(processor, "PARAMETERS")
    for clock in range(4):
        names = [f"PSU__CRL_APB__PL{clock}_REF_CTRL__DIVISOR{each}" for each in (0, 1)]
        for name in (*names, f"PSU__FPGA_PL{clock}_ENABLE"):
            etree.SubElement(parameters, "PARAMETER", NAME=name, VALUE="1")
    memory = etree.SubElement(processor, "MEMORYMAP")
    controller = {"irq": "intc_irq", "intr": "requests_dout" if inside else "generator_irq"}
    _module(modules, CONTROLLER, "axi_intc", controller)
    generator = _module(modules, GENERATOR, top, {"irq": "generator_irq"}, inside=inside)
    generator.append(_registers(component))
    places = [(GENERATOR, base), (CONTROLLER, CONTROLLER_ADDRESS)]
    if inside:
        places.append((DMA, DMA_ADDRESS))
        dma = _module(modules, DMA, "axi_dma:7.1", {"s2mm_introut": "dma_irq"}, inside=inside)
        _set(dma, DMA_PARAMETERS)
        requests = {"In0": "generator_irq", "In1": "dma_irq", "dout": "requests_dout"}
        _set(_module(modules, "requests", "xlconcat", requests), {"NUM_PORTS": "2"})
    for instance, low in places:
        span = {"BASEVALUE": hex(low), "HIGHVALUE": hex(low + 4095), "MEMTYPE": "REGISTER"}
        bus = {"INSTANCE": instance, "SLAVEBUSINTERFACE": "s_axi"}
        etree.SubElement(memory, "MEMRANGE", **bus, **span)
    return etree.tostring(root, encoding="unicode")


def _module(
    modules: Any, instance: str, kind: str, nets: dict[str, str], *, inside: str = ""
) -> Any:
    """A cell; where its kind has a version, one of AMD's."""
    vlnv = f"xilinx.com:ip:{kind}" if ":" in kind else f"pezo_hw:perturbation:{kind}:0.1"
    kind = kind.partition(":")[0]
    full = f"/{inside}/{instance}" if inside else f"/{instance}"
    names = {"INSTANCE": instance, "FULLNAME": full, "MODTYPE": kind}
    module = etree.SubElement(modules, "MODULE", VLNV=vlnv, **names)
    ports = etree.SubElement(module, "PORTS")
    for port, net in nets.items():
        etree.SubElement(ports, "PORT", NAME=port, SIGNAME=net)
    return module


def _set(module: Any, parameters: dict[str, str]) -> None:
    settings = etree.SubElement(module, "PARAMETERS")
    for name, value in parameters.items():
        etree.SubElement(settings, "PARAMETER", NAME=name, VALUE=value)


_OF_REGISTER = {
    "DESCRIPTION": "description",
    "ADDRESS_OFFSET": "addressOffset",
    "SIZE": "size",
    "ACCESS": "access",
}
_OF_FIELD = {
    "DESCRIPTION": "description",
    "ACCESS": "access",
    "BIT_OFFSET": "bitOffset",
    "BIT_WIDTH": "bitWidth",
}


def _registers(component: Any) -> Any:
    found = etree.Element("REGISTERS")
    for described in component.iter(f"{SPIRIT}register"):
        register = _named(found, "REGISTER", described, _OF_REGISTER)
        fields = etree.SubElement(register, "FIELDS")
        for field in described.iter(f"{SPIRIT}field"):
            _named(fields, "FIELD", field, _OF_FIELD)
    return found


def _named(parent: Any, kind: str, described: Any, names: dict[str, str]) -> Any:
    added = etree.SubElement(parent, kind, NAME=described.findtext(f"{SPIRIT}name"))
    for name, element in names.items():
        value = described.findtext(f"{SPIRIT}{element}")
        if value is not None:
            etree.SubElement(added, "PROPERTY", NAME=name, VALUE=value)
    return added
