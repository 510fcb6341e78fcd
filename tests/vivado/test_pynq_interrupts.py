"""PYNQ's own interrupts on a board that is not there: in a script, and in a loop that runs.

The kernel's end of the interrupt is the other side of a terminal: four bytes from it are an
interrupt, four bytes to it arm the line again.
"""

from __future__ import annotations

import asyncio
import os
import select
import threading
import tty
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from tests.vivado.cases import quiet
from tests.vivado.pynq_code import (
    CONTROLLER,
    CONTROLLER_ADDRESS,
    GENERATOR,
    hardware_description,
    load_pynq,
)

PENDING, ACKNOWLEDGE, ENABLE, DISABLE = 0x04, 0x0C, 0x10, 0x14


class Board:
    """A generator's line, an interrupt controller behind it, and the kernel behind that."""

    def __init__(self, kernel: int) -> None:
        self.line = False
        self.enabled, self.latched = 0, 0
        self._kernel, self._armed = kernel, False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            if select.select([self._kernel], [], [], 0.002)[0]:
                os.read(self._kernel, 4)
                self._armed = True
            self.latched |= self.line
            if self._armed and self.latched & self.enabled:
                self._armed = False
                os.write(self._kernel, bytes(4))

    def mmio(self, address: int, length: int) -> Any:
        """What ``pynq.MMIO`` gives of the controller."""
        assert address == CONTROLLER_ADDRESS
        return SimpleNamespace(read=self._read, write=self._write)

    def _read(self, offset: int) -> int:
        assert offset == PENDING
        return self.latched & self.enabled

    def _write(self, offset: int, value: int) -> None:
        if offset == ENABLE:
            self.enabled |= value
        elif offset == DISABLE:
            self.enabled &= ~value
        elif offset == ACKNOWLEDGE:
            self.latched &= ~value


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The board, and PYNQ once it has read the description of a design with the generator."""
    kernel, device = os.openpty()
    tty.setraw(device)
    made = Board(kernel)
    pl = SimpleNamespace(timestamp="now")
    pynq = load_pynq(monkeypatch, pl={"PL": pl}, mmio={"MMIO": made.mmio})
    component = etree.fromstring(quiet("axi").files["component.xml"].encode())
    parser = pynq.hwh_parser._HWHUltrascale(hwh_data=hardware_description(component))
    pl.ip_dict, pl.interrupt_pins = parser.ip_dict, parser.interrupt_pins
    pl.interrupt_controllers = parser.interrupt_controllers
    assert pl.interrupt_controllers[CONTROLLER]["raw_irq"] == 121
    monkeypatch.setattr(pynq.interrupt, "get_uio_irq", lambda irq: os.ttyname(device))
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield SimpleNamespace(hardware=made, pynq=pynq, loop=loop)
    for controller in pynq.interrupt._InterruptController._uio_devices.values():
        loop.remove_reader(controller.uio)
        controller.uio.close()
    # Its end would look for a loop once more, wherever it is collected.
    pynq.uio.UioController.__del__ = lambda self: None
    made.stop()
    loop.close()
    asyncio.set_event_loop(None)
    os.close(kernel)
    os.close(device)


async def perturb(board: SimpleNamespace) -> int:
    """Three commands, each awaited: the driver clears the event before it asks for the next."""
    line = board.pynq.interrupt.Interrupt(f"{GENERATOR}/irq")
    woken = 0
    while woken < 3:
        asyncio.get_running_loop().call_later(0.01, setattr, board.hardware, "line", True)
        await asyncio.wait_for(line.wait(), 5)
        assert board.hardware.line
        board.hardware.line = False
        woken += 1
    return woken


def test_in_a_script(board: SimpleNamespace):
    assert asyncio.get_event_loop().run_until_complete(perturb(board)) == 3
    # Once more in the same session.
    assert asyncio.get_event_loop().run_until_complete(perturb(board)) == 3


def test_in_a_loop_that_runs(board: SimpleNamespace):
    """As a notebook does: whatever is run there is a coroutine of its loop."""

    async def notebook() -> int:
        return await perturb(board)

    assert board.loop.run_until_complete(notebook()) == 3


def test_a_loop_of_its_own_is_never_woken(board: SimpleNamespace):
    """The overlay's drivers bind the line to the loop that there is when they are made."""
    board.pynq.interrupt.Interrupt(f"{GENERATOR}/irq")

    async def wait() -> None:
        line = board.pynq.interrupt.Interrupt(f"{GENERATOR}/irq")
        board.hardware.line = True
        await asyncio.wait_for(line.wait(), 0.3)

    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(wait())
    asyncio.set_event_loop(board.loop)
