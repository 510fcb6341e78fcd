"""What a system around a generator has beyond it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ... import checks

LOADS = ("none", "phase", "contents")
HEALTHS = ("none", "flag", "reload")
ERRORS = ("slverr", "okay")
TDATA = ("exact", "power-of-two")
WIDEST_COUNT = 48
LOAD_WORD_BITS = 32


@dataclass(frozen=True, kw_only=True)
class SystemOptions:
    """The options of the systems that give perturbations on command; the last three are of axi.

    The fields carry the names, defaults and ranges of the config file's ``[system]`` section. With
    the defaults nothing is added to the hardware.

    Parameters
    ----------
    count_bits : int
        Bits of a command's number of beats, 2 to 48; 26 count 2 * 10^9 numbers at 31 a beat.
    load : str
        What can be loaded at run time: ``"none"``; ``"phase"``, another start of the same stream;
        ``"contents"``, that and new seeds with their scale table, or new rows of the pool.
    health : str
        What happens after a bit flip in the lanes: ``"none"``, nobody knows; ``"flag"``, it is
        noticed; ``"reload"``, the perturbation's start can be reloaded as well. On the fly only.
    errors : str
        What an access to a register that cannot be is answered, which does nothing either way:
        ``"slverr"``, an error; ``"okay"``, as if it had been, a read with 0. A Zynq's processors
        take an error for a fault of the program's.
    tuser : bool
        Whether the beats' stream says which beat is the first of a frame.
    tdata : str
        The stream's width: ``"exact"``, the numbers alone; ``"power-of-two"``, with zeros above
        them up to a power of two, as a DMA wants it.

    Raises
    ------
    ConfigError
        For any value that is not allowed; the key is the field's name.

    Examples
    --------
    >>> from pezo_hw.generators.replay.options import SystemOptions
    >>> SystemOptions(load="contents").loads
    True
    >>> SystemOptions(health="yes")
    Traceback (most recent call last):
        ...
    pezo_hw.errors.ConfigError: health = "yes" is not allowed; allowed: "none" or "flag" or "reload"
    """

    count_bits: int = 26
    load: str = "none"
    health: str = "none"
    errors: str = "slverr"
    tuser: bool = True
    tdata: str = "exact"

    def __post_init__(self) -> None:
        checks.integer("count_bits", self.count_bits, 2, WIDEST_COUNT)
        checks.choice("load", self.load, LOADS)
        checks.choice("health", self.health, HEALTHS)
        checks.choice("errors", self.errors, ERRORS)
        checks.truth("tuser", self.tuser)
        checks.choice("tdata", self.tdata, TDATA)

    @property
    def chosen(self) -> dict[str, int | str | bool]:
        """The options that differ from their defaults, by name."""
        return {
            option.name: getattr(self, option.name)
            for option in fields(self)
            if getattr(self, option.name) != option.default
        }

    @property
    def loads(self) -> bool:
        """Whether anything can be loaded."""
        return self.load != "none"

    @property
    def loads_contents(self) -> bool:
        """Whether seeds and table, or rows of the pool, can be loaded."""
        return self.load == "contents"

    @property
    def checks_health(self) -> bool:
        """Whether bit flips are noticed."""
        return self.health != "none"

    @property
    def reloads(self) -> bool:
        """Whether a start can be reloaded after one."""
        return self.health == "reload"
