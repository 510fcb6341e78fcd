"""What can go wrong between software and the perturbation generator."""

from __future__ import annotations


class DriverError(Exception):
    """What was asked of the device cannot be had; one line that says what can."""


class NotFoundError(DriverError):
    """There is no such device at this address, or one that this driver does not know."""


class ArgumentError(DriverError, ValueError):
    """A value that this device cannot take."""


class UnsupportedError(DriverError):
    """The device was generated without that."""


class DeviceTimeoutError(DriverError, TimeoutError):
    """The device did not get there in time."""


class LoadError(DriverError):
    """A load was refused, or did not arrive whole."""


class LoadNeededError(DriverError):
    """What is stored is not whole or not the built-in contents: contents must be loaded first."""


def require(holds: bool, wanted: str) -> None:
    """Raises UnsupportedError, naming the keys of a config that has it, where a device has not."""
    if not holds:
        raise UnsupportedError(f"this device cannot do that; allowed: one with {wanted}")
