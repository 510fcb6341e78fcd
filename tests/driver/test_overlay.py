"""The hierarchy of generator and DMA, found and driven by PYNQ's own code; no board is there.

PYNQ reads the description, binds the class, and drives the DMA; the registers of both are made up.
"""

from __future__ import annotations

import asyncio
import importlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from lxml import etree

from pezo_hw.config import parse
from pezo_hw.driver import ArgumentError, NotFoundError, UnsupportedError
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.vivado import hand_off
from tests.cases import OTF, POOL
from tests.driver.mock_registers import DONE
from tests.driver.streaming import StreamingDevice
from tests.vivado.cases import CLOCK, PART
from tests.vivado.pynq_code import (
    DMA,
    DMA_ADDRESS,
    DMA_PARAMETERS,
    GENERATOR,
    hardware_description,
    load_overlay,
)

SYSTEM = '[system]\nload = "phase"\ntdata = "power-of-two"\n'
TEXTS = {
    "small": OTF + "rngs = 7\nwidth = 5\nlanes = 5\n" + SYSTEM,
    "copies": POOL + "pool = 29\nlanes = 6\nwidth = 9\n" + SYSTEM,
}
# The DMA's length has 9 bits: 511 bytes, 63 beats of 8 bytes and 31 of 16.
SHAPES = [(20, 30), 7, (5,)]
CONTROL, STATUS, ADDRESS, LENGTH = 0x30, 0x34, 0x48, 0x58
RUN, IDLE, RESET = 1, 2, 4


class Receiver:
    """The receiving side of a DMA without scatter-gather, as PG021 describes its registers."""

    def __init__(self, generator: StreamingDevice) -> None:
        self._generator = generator
        self.words = {CONTROL: 0, ADDRESS: 0, LENGTH: 0}
        self.memory: dict[int, Any] = {}
        self.waits = False
        self._resets = 0

    def read(self, offset: int) -> int:
        if offset == LENGTH:
            return self.words[LENGTH]
        if offset == CONTROL:
            self._resets = max(0, self._resets - 1)
            return self.words[CONTROL] | RESET * (self._resets > 0)
        assert offset == STATUS
        if self.waits and self._generator.offers:
            self._receive()
        return (not self.words[CONTROL] & RUN) | IDLE * (not self.waits)

    def write(self, offset: int, word: int) -> None:
        assert not self._resets
        self.words[offset] = word
        if offset == CONTROL and word & RESET:
            self.words = {CONTROL: 0, ADDRESS: 0, LENGTH: 0}
            self.waits, self._resets = False, 3
        if offset == LENGTH:
            assert not self.waits
            assert self.words[CONTROL] & RUN
            assert word < 1 << int(DMA_PARAMETERS["c_sg_length_width"])
            self.waits = True

    def _receive(self) -> None:
        """A frame, which must be just as long as was asked for."""
        frame = self._generator.frame()
        assert len(frame) == self.words[LENGTH]
        self.memory[self.words[ADDRESS]][: len(frame)] = np.frombuffer(frame, np.uint8)
        self.waits = False


class Buffer(np.ndarray):
    """Memory that PYNQ has allocated."""

    physical_address = 0

    def invalidate(self) -> None:
        """There is no cache here."""


def board(monkeypatch: pytest.MonkeyPatch, name: str, folder: Path) -> SimpleNamespace:
    """An overlay as PYNQ makes it of a description, once the driver is known to it."""
    core = core_of(name)
    config = parse(TEXTS[name], name=name)
    generator = StreamingDevice(config)
    dma = Receiver(generator)

    def mmio(address: int, length: int, device: object) -> Any:
        return dma if address == DMA_ADDRESS else generator

    def allocate(shape: tuple[int], dtype: Any) -> Any:
        buffer = np.zeros(shape, dtype).view(Buffer)
        buffer.physical_address = 0x1000_0000 * (1 + len(dma.memory))
        dma.memory[buffer.physical_address] = buffer
        return buffer

    class Interrupt:
        def __init__(self, pin: str) -> None:
            self.pin = pin

        async def wait(self) -> None:
            await asyncio.sleep(0)
            if self.pin.endswith("irq"):
                assert generator.enabled & DONE
                generator.busy, generator.events = 0, generator.events | DONE

    fakes = {"mmio": {"MMIO": mmio, "allocate": allocate}, "interrupt": {"Interrupt": Interrupt}}
    pynq = load_overlay(monkeypatch, **fakes)
    monkeypatch.delitem(sys.modules, "pezo_hw.driver.overlay", raising=False)
    driver = importlib.import_module("pezo_hw.driver.overlay")
    component = etree.fromstring(core.files["component.xml"].encode())
    text = hardware_description(component, inside="perturbations_0")
    parser = pynq.hwh_parser._HWHUltrascale(hwh_data=text)
    overlay = SimpleNamespace(bitfile_name=str(folder / "system.bit"))
    described = pynq.overlay._complete_description(
        parser.ip_dict, parser.hierarchy_dict, False, {}, SimpleNamespace(), overlay
    )
    return SimpleNamespace(
        overlay=pynq.overlay._IPMap(described),
        registers=generator,
        dma=dma,
        golden=PerturbationSequence(config.stream()),
        core=core,
        driver=driver,
    )


@cache
def core_of(name: str) -> EmittedCore:
    config = parse(TEXTS[name], name=name)
    core = emit_core(config, system="axi")
    return hand_off(core, config, CLOCK, PART, activity=False)


@pytest.fixture(autouse=True)
def not_for_others() -> Iterator[None]:
    """The module was imported with a PYNQ that others do not have."""
    yield
    sys.modules.pop("pezo_hw.driver.overlay", None)


def write_manifest(core: EmittedCore, folder: Path, name: str = "") -> Path:
    path = folder / (name or f"{core.top}.json")
    path.write_text(core.files[f"{core.top}.json"], encoding="utf-8")
    return path


def same(found: list[Any], expected: list[Any]) -> bool:
    return [(a.shape, a.tobytes()) for a in found] == [(b.shape, b.tobytes()) for b in expected]


@pytest.mark.parametrize("name", TEXTS)
def test_perturbations_of_any_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str):
    write_manifest(core_of(name), tmp_path)
    there = board(monkeypatch, name, tmp_path)
    hierarchy = there.overlay.perturbations_0
    assert type(hierarchy) is there.driver.PerturbationHierarchy
    # What is one command is the device's own, and counted all the same.
    assert same(hierarchy.new([4]), there.golden.next([4]))
    assert 0x64 not in [offset for kind, offset, _ in there.registers.trace if kind == "w"]
    for _ in range(2):
        expected = there.golden.next(SHAPES)
        assert same(hierarchy.new(SHAPES), expected)
        assert same(hierarchy.replay(), expected)
    assert len(there.registers.commands) > 4
    # Less than one command can give goes on where that has ended.
    expected = there.golden.next([4])
    assert same(hierarchy.new([4]), expected)
    assert same(hierarchy.replay(), expected)
    position = hierarchy.position
    following = hierarchy.new(SHAPES)
    assert same(following, there.golden.next(SHAPES))
    buffers = len(there.dma.memory)
    assert same(hierarchy.new(SHAPES, position), following)
    assert same(hierarchy.replay(), following)
    assert len(there.dma.memory) == buffers


def test_the_example_of_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, root: Path):
    page = (root / "docs" / "drivers.md").read_text("utf-8")
    (example,) = re.findall(
        r"^```python\n(from pynq import Overlay\n\n.*?)^```$", page, re.M | re.S
    )
    write_manifest(core_of("small"), tmp_path)
    there = board(monkeypatch, "small", tmp_path)
    sys.modules["pynq"].Overlay = lambda bitstream: there.overlay
    monkeypatch.setitem(sys.modules, "pezo_driver", importlib.import_module("pezo_hw.driver"))
    monkeypatch.setitem(sys.modules, "pezo_driver.overlay", there.driver)
    names: dict[str, Any] = {}
    example = example.replace("784", "78")  # as many commands take as many seconds
    exec(compile(example, "docs/drivers.md", "exec"), names)
    expected = there.golden.next(names["shapes"])
    assert same(names["up"], expected)
    assert same(names["again"], expected)
    assert same(names["following"], there.golden.next(names["shapes"]))
    assert same(names["once_more"], names["following"])


def test_while_other_coroutines_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    write_manifest(core_of("small"), tmp_path)
    there = board(monkeypatch, "small", tmp_path)
    hierarchy = there.overlay.perturbations_0

    async def both() -> tuple[list[Any], list[Any]]:
        return await hierarchy.new_async(SHAPES), await hierarchy.replay_async()

    up, again = asyncio.run(both())
    expected = there.golden.next(SHAPES)
    assert same(up, expected)
    assert same(again, expected)
    hierarchy.perturbations.new(3)
    asyncio.run(hierarchy.wait_async())
    assert not there.registers.events & DONE


def test_without_a_manifest_the_seeds_are_not_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    there = board(monkeypatch, "small", tmp_path)
    hierarchy = there.overlay.perturbations_0
    assert same(hierarchy.new([3]), there.golden.next([3]))
    with pytest.raises(ArgumentError, match="seeds are not known"):
        hierarchy.new(SHAPES)
    # What was refused is not the last one, and leaves the DMA free for the next.
    assert same(hierarchy.replay(), there.golden.replay())
    with pytest.raises(ArgumentError, match="seeds are not known"):
        hierarchy.new([3], 7)
    assert same(hierarchy.replay(), there.golden.replay())
    assert same(hierarchy.new([3]), there.golden.next([3]))
    hierarchy.use(write_manifest(there.core, tmp_path, "elsewhere.json"))
    with pytest.raises(ArgumentError, match=r"^replay is not allowed; allowed: after new$"):
        hierarchy.replay()
    there.golden.position = 0
    assert same(hierarchy.new(SHAPES), there.golden.next(SHAPES))
    with pytest.raises(NotFoundError):
        hierarchy.use(write_manifest(core_of("copies"), tmp_path))


def test_what_is_no_such_hierarchy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    there = board(monkeypatch, "small", tmp_path)
    check = there.driver.PerturbationHierarchy.checkhierarchy
    described = there.overlay._description["hierarchies"]["perturbations_0"]
    assert check(described)
    generator, dma = described["ip"][GENERATOR], described["ip"][DMA]
    sends = {**dma, "parameters": {**DMA_PARAMETERS, "c_include_s2mm": "0"}}
    for ips in (
        {},
        {GENERATOR: generator},
        {DMA: dma},
        {GENERATOR: generator, DMA: sends},
        {GENERATOR: generator, "other": generator, DMA: dma},
        {GENERATOR: generator, DMA: dma, "other": dma},
    ):
        assert not check({"ip": ips})
    for said in ("true", "", "0x1", "\x1b", None):  # an exception would keep PYNQ from the overlay
        parameters = {**DMA_PARAMETERS, "c_include_s2mm": said}
        assert check({"ip": {GENERATOR: generator, DMA: {**dma, "parameters": parameters}}})
    # Of a DMA whose interrupt is open PYNQ knows none.
    dma["interrupts"].clear()
    with pytest.raises(UnsupportedError, match="s2mm_introut"):
        asyncio.run(there.overlay.perturbations_0.new_async([3]))
