"""The registers behind the AXI4-Lite slave, from their SystemRDL description."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.etree import ElementTree

from .interfaces import MEMORY_MAP_BYTES
from .spirit import spirit

DESCRIPTION = Path(__file__).parents[1] / "registers" / "pezo.rdl"
_BLOCK = "registers"


def memory_map(name: str) -> ElementTree.Element:
    """The IP-XACT memory map of that name, with every register and field.

    Its address block spans what a block design gives the slave, not only what has registers.
    """
    from peakrdl_ipxact import IPXACTExporter, Standard
    from systemrdl import RDLCompiler

    compiler = RDLCompiler()
    compiler.compile_file(str(DESCRIPTION))
    exporter = IPXACTExporter(standard=Standard.IEEE_1685_2009)
    with tempfile.TemporaryDirectory(prefix="pezo-") as folder:
        path = Path(folder, "registers.xml")
        exporter.export(compiler.elaborate(), str(path))
        found = ElementTree.parse(path).find(f".//{spirit('memoryMap')}")
    assert found is not None
    _set(found, "name", name)
    block = found.find(spirit("addressBlock"))
    assert block is not None
    _set(block, "name", _BLOCK)
    _set(block, "range", str(MEMORY_MAP_BYTES))
    for described in found.iter(spirit("description")):
        described.text = " ".join((described.text or "").split())
    return found


def _set(parent: ElementTree.Element, name: str, value: str) -> None:
    found = parent.find(spirit(name))
    assert found is not None
    found.text = value
