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


def load_pynq(monkeypatch: pytest.MonkeyPatch, **fakes: dict[str, Any]) -> Any:
    """Its modules of registers, interrupts and hardware descriptions, as on a Zynq UltraScale+.

    ``fakes`` are contents of ``pynq.pl`` and ``pynq.mmio``, by the module's name.
    """
    package: Any = types.ModuleType("pynq")
    package.__path__ = []
    monkeypatch.setitem(sys.modules, "pynq", package)
    known = {"CPU_ARCH": "aarch64", "ZU_ARCH": "aarch64", "ZYNQ_ARCH": "armv7l"}
    machine = {**known, "CPU_ARCH_IS_SUPPORTED": True, "_is_versal": lambda: False}
    for name, contents in {"ps": machine, "pl": {}, "mmio": {}, **fakes}.items():
        module = types.ModuleType(f"pynq.{name}")
        module.__dict__.update({"PL": None, "MMIO": None} | contents)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        setattr(package, name, module)
    for path in ("registers", "uio", "interrupt", "pl_server/hwh_parser"):
        name = path.rpartition("/")[2]
        spec = importlib.util.spec_from_file_location(f"pynq.{name}", _PYNQ / f"{path}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        setattr(package, name, module)
    return package


def hardware_description(component: Any, base: int = 0xA000_0000) -> str:
    """The .hwh of a block design with the IP: its registers as Vivado copies them out of the XML.

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
    controller = {"irq": "intc_irq", "intr": "generator_irq"}
    _module(modules, CONTROLLER, "axi_intc", controller)
    generator = _module(modules, GENERATOR, top, {"irq": "generator_irq"})
    generator.append(_registers(component))
    for instance, low in ((GENERATOR, base), (CONTROLLER, CONTROLLER_ADDRESS)):
        span = {"BASEVALUE": hex(low), "HIGHVALUE": hex(low + 4095), "MEMTYPE": "REGISTER"}
        bus = {"INSTANCE": instance, "SLAVEBUSINTERFACE": "s_axi"}
        etree.SubElement(memory, "MEMRANGE", **bus, **span)
    return etree.tostring(root, encoding="unicode")


def _module(modules: Any, instance: str, kind: str, nets: dict[str, str]) -> Any:
    vlnv = f"pezo_hw:perturbation:{kind}:0.1"
    names = {"INSTANCE": instance, "FULLNAME": f"/{instance}", "MODTYPE": kind}
    module = etree.SubElement(modules, "MODULE", VLNV=vlnv, **names)
    ports = etree.SubElement(module, "PORTS")
    for port, net in nets.items():
        etree.SubElement(ports, "PORT", NAME=port, SIGNAME=net)
    return module


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
