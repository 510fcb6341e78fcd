"""Perturbation generator: offsets and fields of its registers.

Made from pezo_hw/registers/pezo.rdl by ``make registers``; not to be edited. ``OFFSET`` is in
bytes; ``_VALUE`` is what a constant field holds in every device, and a field whose values have
names has each of them behind its own.
"""

# ruff: noqa: N801 (a register keeps its name)

from .bus import Field


class ID:
    """Identification."""

    OFFSET = 0x00
    MAGIC = Field(0, 32)
    MAGIC_VALUE = 1346722383


class VERSION:
    """Version of this register map."""

    OFFSET = 0x04
    PATCH = Field(0, 8)
    PATCH_VALUE = 0
    MINOR = Field(8, 8)
    MINOR_VALUE = 0
    MAJOR = Field(16, 8)
    MAJOR_VALUE = 1


class CAPABILITIES:
    """What this configuration has."""

    OFFSET = 0x08
    MIDRISE = Field(0, 1)
    FIXED_POINT = Field(1, 1)
    CONSTANT = Field(2, 1)
    LOAD_PHASE = Field(4, 1)
    LOAD_CONTENTS = Field(5, 1)
    HEALTH = Field(6, 1)
    RELOAD = Field(7, 1)
    COUNT_BITS = Field(8, 6)
    UNUSED = Field(14, 1)
    FAMILY = Field(16, 8)
    FAMILY_ON_THE_FLY = 1
    FAMILY_PRE_GENERATED = 2


class BEAT:
    """A beat."""

    OFFSET = 0x0C
    LANES = Field(0, 17)
    SLOT_BYTES = Field(24, 3)
    PADDED = Field(27, 1)


class NUMBER:
    """A number."""

    OFFSET = 0x10
    MANTISSA_BITS = Field(0, 8)
    FRAC = Field(8, 8)
    CODE_BITS = Field(16, 8)
    BASE = Field(24, 8)


class GENERATOR:
    """The generator."""

    OFFSET = 0x14
    NUMBER_BITS = Field(0, 8)
    DEPTH = Field(8, 24)


class TAPS:
    """Taps."""

    OFFSET = 0x18
    TAPS = Field(0, 32)


class STEPS:
    """Steps of an RNG in a cycle, or of an address."""

    OFFSET = 0x1C
    STEPS = Field(0, 32)


class WINDOW:
    """What a load takes."""

    OFFSET = 0x20
    WORDS = Field(0, 24)
    TRACKER_BITS = Field(24, 8)


class MODULI:
    """Counters of a row's address."""

    OFFSET = 0x24
    MODULUS_0 = Field(0, 8)
    MODULUS_1 = Field(8, 8)
    MODULUS_2 = Field(16, 8)
    MODULUS_3 = Field(24, 8)


class CONTROL:
    """Control."""

    OFFSET = 0x40
    RESTART = Field(0, 1)


class STATUS:
    """Status."""

    OFFSET = 0x44
    READY = Field(0, 1)
    BUSY = Field(1, 1)
    LOAD_BUSY = Field(2, 1)
    LOAD_NEEDED = Field(3, 1)
    LOAD_READY = Field(4, 1)


class BEATS:
    """Beats of a perturbation."""

    OFFSET = 0x48
    BEATS = Field(0, 32)


class COMMAND:
    """Command."""

    OFFSET = 0x4C
    REPLAY = Field(0, 1)


class PERTURBATIONS:
    """Perturbations."""

    OFFSET = 0x50
    PERTURBATIONS = Field(0, 32)


class TRANSFERS:
    """Beats handed over."""

    OFFSET = 0x54
    TRANSFERS = Field(0, 32)


class INTERRUPT_ENABLE:
    """Interrupt enable."""

    OFFSET = 0x58
    DONE = Field(0, 1)
    DROPPED = Field(1, 1)
    FAULT = Field(2, 1)
    RELOADED = Field(3, 1)
    LOAD_DONE = Field(4, 1)
    LOAD_REFUSED = Field(5, 1)


class INTERRUPT_STATUS:
    """Interrupt status."""

    OFFSET = 0x5C
    DONE = Field(0, 1)
    DROPPED = Field(1, 1)
    FAULT = Field(2, 1)
    RELOADED = Field(3, 1)
    LOAD_DONE = Field(4, 1)
    LOAD_REFUSED = Field(5, 1)


class HEALTH:
    """Health."""

    OFFSET = 0x60
    RELOAD = Field(0, 1)
    FAULTS = Field(16, 16)


class LOAD_CONTROL:
    """Load control."""

    OFFSET = 0x64
    CONTENTS = Field(0, 1)


class LOAD_DATA:
    """Load data."""

    OFFSET = 0x68
    WORD = Field(0, 32)


class UNUSED:
    """Unused numbers of a perturbation."""

    OFFSET = 0x6C
    UNUSED = Field(0, 16)
