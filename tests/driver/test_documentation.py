"""The examples of docs/drivers.md, run and compiled as they stand."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pezo_hw.driver
from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.vivado.design import Design
from pezo_hw.vivado.packaging import LIBRARY, VENDOR, ip_version
from tests.driver.c_driver import SOURCES, WARNINGS
from tests.driver.mock_registers import DONE, MockRegisters
from tests.driver.test_frame import octets

CONFIG = parse(
    '[perturbation]\nstrategy = "on-the-fly"\n[system]\nload = "contents"\n', name="mine"
)


def examples(root: Path, language: str) -> list[str]:
    """The page's blocks, but for that of the hierarchy, which `test_overlay` runs."""
    page = (root / "docs" / "drivers.md").read_text("utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return [block for block in blocks if "pezo_driver.overlay" not in block]


class Channel:
    """A DMA that receives what the device was commanded to give, when it is waited for."""

    def __init__(self, mock: MockRegisters) -> None:
        self._mock = mock
        self._position = self._mark = 0

    def transfer(self, buffer: np.ndarray) -> None:
        self._buffer = buffer

    def wait(self) -> None:
        beats, replay = self._mock.commands[-1]
        self._mark = self._mark if replay else self._position
        self._buffer[:] = np.frombuffer(octets(CONFIG, self._mark, beats), np.uint8)
        self._position = self._mark + beats


def stand_in(mock: MockRegisters) -> types.ModuleType:
    """As much of pynq as the examples use."""
    pynq: Any = types.ModuleType("pynq")
    dma = types.SimpleNamespace(recvchannel=Channel(mock))
    pynq.Overlay = lambda bitfile: types.SimpleNamespace(generator_0=mock, dma_0=dma)
    pynq.allocate = np.zeros

    class Interrupt:
        def __init__(self, pin: str) -> None:
            assert pin == "generator_0/irq"

        async def wait(self) -> None:
            mock.busy, mock.events = 0, mock.events | DONE
            assert mock.enabled & mock.events

    pynq.Interrupt = Interrupt

    class DefaultIP:
        def __init__(self, description: dict[str, str]) -> None:
            self.mmio, self.irq = mock, Interrupt(description["irq"])

    pynq.DefaultIP = DefaultIP
    return pynq


def test_python(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    core = emit_core(CONFIG, system="axi")
    (tmp_path / f"{core.top}.json").write_text(core.files[f"{core.top}.json"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    mock = MockRegisters(CONFIG)
    monkeypatch.setitem(sys.modules, "pynq", stand_in(mock))
    monkeypatch.setitem(sys.modules, "pezo_driver", pezo_hw.driver)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    names: dict[str, Any] = {}
    blocks = examples(root, "python")
    assert len(blocks) == 4
    for block in blocks:
        exec(compile(block, os.fspath(root / "docs" / "drivers.md"), "exec"), names)
    generator = names["Generator"]({"irq": "generator_0/irq"})
    generator.perturbations.new(5)
    loop.run_until_complete(generator.wait_async())
    assert not mock.events & DONE
    asyncio.set_event_loop(None)
    loop.close()
    design = Design.of(core)
    assert names["Generator"].bindto == [f"{VENDOR}:{LIBRARY}:{core.top}:{ip_version(design)}"]
    stream = CONFIG.stream()
    layer = stream.window(0, -(-784 * 128 // 31)).value.reshape(-1)[: 784 * 128]
    assert names["up"][0].tobytes() == layer.tobytes()
    assert [tensor.shape for tensor in names["tensors"]] == [(784, 128), (128,), (128, 10), (10,)]
    assert len(mock.table) == 256


@pytest.mark.parametrize("number", [0, 1])
def test_c(number: int, root: Path, tmp_path: Path):
    core = emit_core(CONFIG, system="axi")
    (tmp_path / f"{core.top}_config.h").write_text(core.files[f"{core.top}_config.h"])
    blocks = examples(root, "c")
    assert len(blocks) == 2
    (tmp_path / "example.c").write_text(blocks[number], encoding="utf-8")
    warnings = [*WARNINGS, "-Wno-int-to-pointer-cast"]
    command = ["cc", "-std=c99", *warnings, f"-I{SOURCES}", "-c", "example.c", "-o", "example.o"]
    subprocess.run(command, cwd=tmp_path, check=True)


def test_every_error_is_named(root: Path):
    page = (root / "docs" / "drivers.md").read_text("utf-8")
    header = (SOURCES / "pezo.h").read_text("utf-8")
    table = page.split("## Errors")[1]
    for name in re.findall(r"^    (PEZO_\w+)", header, re.MULTILINE):
        assert name == "PEZO_OK" or f"`{name}`" in table
    for name in pezo_hw.driver.__all__:
        if name.endswith("Error") and name != "DriverError":
            assert f"`{name}`" in table
