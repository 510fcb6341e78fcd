"""The errors and warnings that a user of the package meets."""

from __future__ import annotations

from .text import one_line, printable

_LONGEST_VALUE = 60
_LONGEST_INTEGER = 256


class PezoError(Exception):
    """Something outside the program is wrong; its text is one line fit for a user.

    Line ends become spaces; any other character that shows nothing of its own is an escape.
    """

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class _Missing:
    """Stands for the value of a key that was not given and has no default."""

    def __repr__(self) -> str:
        return "nothing"


MISSING = _Missing()


class ConfigError(PezoError, ValueError):
    """A configuration value that is not allowed.

    Attributes
    ----------
    key : str
        The key; as the config file spells it, with its section, where a file was read.
    value : object
        What was found there, or `MISSING`.
    allowed : str
        What would have been accepted, in words.

    Examples
    --------
    >>> from pezo_hw import ConfigError
    >>> error = ConfigError("rngs", 1, "an integer from 2 to 255")
    >>> str(error.within("on-the-fly"))
    'on-the-fly.rngs = 1 is not allowed; allowed: an integer from 2 to 255'
    """

    def __init__(self, key: str, value: object, allowed: str) -> None:
        self.key = key
        self.value = value
        self.allowed = allowed
        found = "is missing" if value is MISSING else f"= {_shorten(value)} is not allowed"
        super().__init__(f"{_cut(printable(key))} {found}; allowed: {allowed}")

    def within(self, section: str) -> ConfigError:
        """The same error with the key's section in front of it, unless it has one already."""
        return (
            self
            if "." in self.key
            else ConfigError(f"{section}.{self.key}", self.value, self.allowed)
        )


class JointOrbitWarning(UserWarning):
    """The rotation and the LFSRs share a factor, so the joint orbit is below n * (2^b - 1)."""


class TrainingWarning(UserWarning):
    """A run goes on, but hardly as it was meant to."""


def _shorten(value: object) -> str:
    """The value as TOML users know it, cut to what fits a line."""
    return _cut(_as_toml(value))


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > _LONGEST_INTEGER:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_as_toml, value))}]"
    return "a table" if isinstance(value, dict) else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def first_line(text: str, *markers: str) -> str:
    """The first line with one of the markers in it, else the last that says anything."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = (line for line in lines if any(marker in line for marker in markers))
    return next(marked, lines[-1] if lines else "it says nothing")
