"""What can go wrong between software and the perturbation generator."""

from __future__ import annotations

_LONGEST = 80
_MOST_BITS = 256


class DriverError(Exception):
    """What was asked of the device cannot be had; one line that says what can.

    Characters that show nothing of their own are escapes in it.
    """

    def __init__(self, message: str) -> None:
        super().__init__(
            message
            if message.isprintable()
            else "".join(
                sign if sign.isprintable() else sign.encode("unicode_escape").decode()
                for sign in message
            )
        )


def shown(value: object) -> str:
    """A value for the line of an error, whatever its size."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"an integer of {value.bit_length()} bits"
    try:
        text = str(value)
    except ValueError:  # a list of integers of thousands of digits
        text = f"a {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


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
