"""The C driver as a Python object: compiled as it is, called through ctypes."""

from __future__ import annotations

import ctypes as c
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parents[2] / "pezo_hw" / "driver" / "c"
LIBRARY_VARIABLE = "PEZO_C_DRIVER"
WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror")


def sources() -> list[str]:
    """The driver's C files, as one would add them to a project."""
    return sorted(str(path) for path in SOURCES.glob("*.c"))


def compile_driver(folder: Path) -> c.CDLL:
    """A shared library of the driver, made in ``folder``."""
    library = folder / "libpezo.so"
    compiler = shutil.which("cc") or "cc"
    options = ["-std=c99", "-O2", *WARNINGS, "-shared", "-fPIC"]
    command = [compiler, *options, *sources(), "-o", str(library), "-lm"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return declared(c.CDLL(str(library)))


def declared(loaded: c.CDLL) -> c.CDLL:
    """The library with the types of what is not an error code."""
    loaded.pezo_error_name.restype = c.c_char_p
    words = ("beat_bytes", "unused_for", "positions_a_beat")
    for name in ("status", "perturbations", "transfers", "interrupts", *words):
        getattr(loaded, f"pezo_{name}").restype = c.c_uint32
    for name in ("beats_for", "most_beats_of_dma", "commands", "largest_frame"):
        getattr(loaded, f"pezo_{name}").restype = c.c_uint64
    for name in ("new_command", "replay_command"):
        getattr(loaded, f"pezo_{name}").restype = c.c_bool
    loaded.pezo_fits_dma.restype = c.c_bool
    return loaded


READ = c.CFUNCTYPE(c.c_uint32, c.c_void_p, c.c_uint32)
WRITE = c.CFUNCTYPE(None, c.c_void_p, c.c_uint32, c.c_uint32)


class Bus(c.Structure):
    """``struct pezo_bus``."""

    _fields_ = (
        ("base", c.c_void_p),
        ("read", READ),
        ("write", WRITE),
        ("context", c.c_void_p),
    )


FLAGS = (
    *("midrise", "fixed_point", "constant"),
    *("load_phase", "load_contents", "health", "reload", "unused", "padded"),
)
NUMBERS = (
    *("most_beats", "lanes", "slot_bytes", "mantissa_bits", "frac", "code_bits", "base"),
    *("number_bits", "depth", "tap_mask", "steps", "window_words", "tracker_bits", "moduli"),
)


class CConfig(c.Structure):
    """``struct pezo_config``."""

    _fields_ = (
        ("family", c.c_uint32),
        *((name, c.c_bool) for name in FLAGS),
        *((name, c.c_int32 if name in ("frac", "base") else c.c_uint32) for name in NUMBERS),
    )


class CWrong(c.Structure):
    """``struct pezo_wrong``."""

    _fields_ = (
        ("field", c.c_char_p),
        *((name, c.c_int64) for name in ("value", "low", "high")),
        ("rule", c.c_char_p),
    )


class CDevice(c.Structure):
    """``struct pezo_device``."""

    _fields_ = (("bus", Bus), ("config", CConfig), ("polls", c.c_uint32), ("wrong", CWrong))


class CScaling(c.Structure):
    """``struct pezo_scaling``."""

    _fields_ = (("log_nearest", c.c_bool), ("gain", c.c_double), ("code_bits", c.c_uint32))


class CError(Exception):
    """What a function of the driver returned, by the name that the driver gives it."""


class CPerturbationDevice:
    """``struct pezo_device`` over an object with ``read`` and ``write``."""

    def __init__(self, library: c.CDLL, mmio: Any, *, polls: int | None = None) -> None:
        self.mmio = mmio
        self.check(self.probe_hooked(library))
        if polls is not None:
            self.device.polls = polls

    @classmethod
    def at(cls, library: c.CDLL, address: int) -> CPerturbationDevice:
        """A device whose registers lie in memory."""
        device = cls.__new__(cls)
        device.check(device._probe(library, Bus(address, READ(), WRITE(), None)))
        return device

    def probe_hooked(self, library: c.CDLL) -> int:
        """Opens ``mmio``; what pezo_probe returns."""
        mmio = self.mmio
        read = READ(lambda _, offset: mmio.read(offset))
        write = WRITE(lambda _, offset, value: mmio.write(offset, value))
        return self._probe(library, Bus(None, read, write, None))

    def _probe(self, library: c.CDLL, bus: Bus) -> int:
        self.library, self.bus, self.device = library, bus, CDevice()
        return library.pezo_probe(c.byref(self.device), c.byref(bus))

    def check(self, error: int) -> None:
        if error:
            raise CError(self.library.pezo_error_name(error).decode())

    def _call(self, name: str, *arguments: Any) -> None:
        self.check(getattr(self.library, f"pezo_{name}")(c.byref(self.device), *arguments))

    def _ask(self, name: str) -> int:
        return getattr(self.library, f"pezo_{name}")(c.byref(self.device))

    @property
    def config(self) -> CConfig:
        return self.device.config

    def beats_for(self, elements: int) -> int:
        return self.library.pezo_beats_for(c.byref(self.config), c.c_uint64(elements))

    def unused_for(self, elements: int) -> int:
        return self.library.pezo_unused_for(c.byref(self.config), c.c_uint64(elements))

    def beat_bytes(self) -> int:
        return self.library.pezo_beat_bytes(c.byref(self.config))

    def positions_a_beat(self) -> int:
        return self.library.pezo_positions_a_beat(c.byref(self.config))

    def exponent(self, base: int) -> int:
        return self.library.pezo_exponent(c.byref(self.config), c.c_int32(base))

    def new(self, beats: int) -> None:
        self._call("new", c.c_uint64(beats))

    def replay(self, beats: int) -> None:
        self._call("replay", c.c_uint64(beats))

    def set_unused(self, unused: int) -> None:
        self._call("set_unused", c.c_uint32(unused))

    def wait(self) -> None:
        self._call("wait")

    def restart(self) -> None:
        self._call("restart")

    def status(self) -> int:
        return self._ask("status")

    def counters(self) -> tuple[int, int]:
        return self._ask("perturbations"), self._ask("transfers")

    def interrupts(self) -> int:
        return self._ask("interrupts")

    def clear_interrupts(self, which: int) -> None:
        self.library.pezo_clear_interrupts(c.byref(self.device), c.c_uint32(which))

    def enable_interrupts(self, which: int) -> None:
        self.library.pezo_enable_interrupts(c.byref(self.device), c.c_uint32(which))

    def wait_for(self, which: int) -> int:
        seen = c.c_uint32()
        self._call("wait_for", c.c_uint32(which), c.byref(seen))
        return seen.value

    def faults(self) -> int:
        faults = c.c_uint32()
        self._call("faults", c.byref(faults))
        return faults.value

    def set_reload(self, reload: bool) -> None:
        self._call("set_reload", c.c_bool(reload))

    def load_phase(self, cycle: int, seeds: Sequence[int]) -> None:
        self._call("load_phase", c.c_uint64(cycle), words(seeds))

    def load_position(self, position: int, seeds: Sequence[int]) -> None:
        self._call("load_position", c.c_uint64(position), words(seeds))

    def load_seeds(self, seeds: Sequence[int], scaling: CScaling) -> int:
        table = (c.c_uint8 * (1 << self.config.number_bits))()
        base = c.c_int32()
        self._call("load_seeds", words(seeds), c.byref(scaling), table, c.byref(base))
        return base.value

    def load_start_row(self, row: int) -> None:
        self._call("load_start_row", c.c_uint32(row))

    def load_start_number(self, number: int) -> None:
        self._call("load_start_number", c.c_uint32(number))

    def load_pool(self, numbers: Sequence[int], start: int = 0) -> None:
        self._call("load_pool", (c.c_int32 * len(numbers))(*numbers), c.c_uint32(start))

    def load_row(self, row: int, numbers: Sequence[int]) -> None:
        self._call("load_row", c.c_uint32(row), (c.c_int32 * len(numbers))(*numbers))


def words(values: Sequence[int]) -> Any:
    """An array of ``uint32_t``."""
    return (c.c_uint32 * len(values))(*values)


def c_scale_table(
    library: c.CDLL, config: CConfig, seeds: Sequence[int], scaling: CScaling
) -> tuple[bytes, int]:
    """The codes and the base; raises `CError`."""
    table = (c.c_uint8 * (1 << config.number_bits))()
    base = c.c_int32()
    error = library.pezo_scale_table(
        c.byref(config), words(seeds), c.byref(scaling), table, c.byref(base)
    )
    if error:
        raise CError(library.pezo_error_name(error).decode())
    return bytes(table), base.value
