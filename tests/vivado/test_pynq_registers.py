"""The emitted description, read by PYNQ's own code, and its register map on a device."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from lxml import etree

from tests.driver.mock_registers import WRITE_ONLY, MockRegisters
from tests.vivado.cases import config, quiet
from tests.vivado.pynq_code import GENERATOR, hardware_description, load_pynq


class Words:
    """An array of mapped words: each access to one is an access of the bus."""

    def __init__(self, device: MockRegisters, first: int = 0) -> None:
        self._device, self._first = device, first

    def view(self, dtype: str) -> Words:
        assert dtype == "u4"
        return self

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return Words(self._device, index.start)
        return self._device.read(4 * (self._first + index))

    def __setitem__(self, index: int, value: int) -> None:
        self._device.write(4 * (self._first + index), int(value))


@cache
def component() -> Any:
    return etree.fromstring(quiet("axi").files["component.xml"].encode())


def described(pynq: Any) -> dict[str, Any]:
    """What an overlay knows of the generator."""
    parser = pynq.hwh_parser._HWHUltrascale(hwh_data=hardware_description(component()))
    return parser.ip_dict[GENERATOR]


def test_an_overlay_finds_every_register(monkeypatch: pytest.MonkeyPatch):
    pynq = load_pynq(monkeypatch)
    found = described(pynq)
    assert found["phys_addr"] == 0xA000_0000
    assert found["addr_range"] == 4096
    assert set(found["interrupts"]) == {"irq"}
    registers = found["registers"]
    assert registers["COMMAND"]["access"] == "write-only"
    assert registers["STATUS"]["access"] == "read-only"
    assert registers["HEALTH"]["access"] == "read-write"
    assert registers["BEATS"]["address_offset"] == 0x48
    assert registers["BEATS"]["description"] == "Beats of a perturbation"


def test_no_name_is_one_that_pynq_has(monkeypatch: pytest.MonkeyPatch):
    """A field becomes a property of its register, and a register one of its map."""
    pynq = load_pynq(monkeypatch)
    registers = described(pynq)["registers"]
    device = MockRegisters(config("axi"))
    taken = set(dir(pynq.registers.Register(0, buffer=Words(device))))
    assert {"width", "address", "access", "debug", "count"} <= taken
    fields = {field for register in registers.values() for field in register["fields"]}
    assert len(fields) > 40
    assert not fields & taken
    register_map = pynq.registers.RegisterMap.create_subclass("generator", registers)
    assert not set(registers) & (set(dir(pynq.registers.RegisterMap)) | {"_instances"})
    assert set(registers) <= set(dir(register_map))


def test_a_register_map(monkeypatch: pytest.MonkeyPatch):
    pynq = load_pynq(monkeypatch)
    device = MockRegisters(config("axi"))
    kind = pynq.registers.RegisterMap.create_subclass("generator", described(pynq)["registers"])
    registers = kind(Words(device))
    assert int(registers.ID) == 0x50455A4F
    assert registers.BEAT.lanes == 5
    registers.BEATS.beats = 7
    assert device.beats == 7
    registers.INTERRUPT_ENABLE.done = 1
    assert device.enabled == 1
    # Of a register that is written alone, the whole word is: it is read for nothing else.
    registers.COMMAND = 0
    assert device.commands == [(7, 0)]


class Lenient(MockRegisters):
    """A device with errors = "okay": nothing there reads 0."""

    def read(self, offset: int) -> int:
        return 0 if offset in WRITE_ONLY else super().read(offset)


def test_fields_that_are_written_alone_need_a_device_without_errors(
    monkeypatch: pytest.MonkeyPatch,
):
    """PYNQ reads a word before it writes a field of it, and a processor dies of an SLVERR."""
    pynq = load_pynq(monkeypatch)
    kind = pynq.registers.RegisterMap.create_subclass("generator", described(pynq)["registers"])
    strict, lenient = MockRegisters(config("axi")), Lenient(config("axi"))
    with pytest.raises(AssertionError, match="SLVERR"):
        kind(Words(strict)).COMMAND.replay = 1
    registers = kind(Words(lenient))
    registers.COMMAND.replay = 1
    assert lenient.commands == [(1, 1)]
    # Also every field of every register, read as it is shown.
    assert "COMMAND = Register(replay=write-only)" in repr(registers)
    for name, register in described(pynq)["registers"].items():
        for field in register["fields"]:
            getattr(getattr(registers, name), field)
