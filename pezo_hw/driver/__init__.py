"""Software for the AXI system: the same device from Python, here, and from C, in the folder ``c``.

It needs NumPy and nothing else, not even the rest of this package: ``pezo driver -o DIR`` copies it
out, for a board. See ``docs/drivers.md``.
"""

from .built_in import BuiltIn
from .bus import MMIO
from .command_sequence import Command, CommandSequence
from .configuration import Configuration
from .device import PerturbationDevice
from .errors import (
    ArgumentError,
    DeviceTimeoutError,
    DriverError,
    LoadError,
    LoadNeededError,
    NotFoundError,
    UnsupportedError,
)
from .families import FAMILIES
from .frame import Frame, decode
from .linux import InterruptLine, MappedRegisters, uio_device
from .monitor import PerturbationMonitor
from .on_the_fly import Bank, scale_table
from .opening import read_configuration
from .pre_generated import Pool
from .scaling import Scaling
from .shape import Shape
from .status import ALL_INTERRUPTS, Counters, Health, Interrupt, Status

__all__ = [
    "ALL_INTERRUPTS",
    "FAMILIES",
    "MMIO",
    "ArgumentError",
    "Bank",
    "BuiltIn",
    "Command",
    "CommandSequence",
    "Configuration",
    "Counters",
    "DeviceTimeoutError",
    "DriverError",
    "Frame",
    "Health",
    "Interrupt",
    "InterruptLine",
    "LoadError",
    "LoadNeededError",
    "MappedRegisters",
    "NotFoundError",
    "PerturbationDevice",
    "PerturbationMonitor",
    "Pool",
    "Scaling",
    "Shape",
    "Status",
    "UnsupportedError",
    "decode",
    "read_configuration",
    "scale_table",
    "uio_device",
]
