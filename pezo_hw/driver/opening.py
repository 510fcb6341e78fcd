"""What is read when a device is opened."""

from __future__ import annotations

from typing import Any

from . import registers as r
from .bus import MMIO
from .configuration import Configuration
from .errors import NotFoundError
from .families import family_with
from .limits import check_constants

# In the order in which they are read, after what identifies the device and its family.
_CONSTANTS = (r.BEAT, r.NUMBER, r.GENERATOR, r.TAPS, r.STEPS, r.WINDOW, r.MODULI)


def read_configuration(mmio: MMIO) -> Configuration[Any]:
    """Identifies the device, reads its constants, each once, and checks them.

    Raises
    ------
    NotFoundError
        Where the first register does not hold "PEZO", the register map is of another major version
        than this driver's, the device is of a family that the driver does not know (`families`), or
        a constant is one that no generated device has (see ``limits``).
    """
    version = _identify(mmio)
    has = mmio.read(r.CAPABILITIES.OFFSET)
    family = family_with(r.CAPABILITIES.FAMILY.of(has))
    words = {register.OFFSET: mmio.read(register.OFFSET) for register in _CONSTANTS}
    words[r.CAPABILITIES.OFFSET] = has
    beat, number, window = (words[x.OFFSET] for x in (r.BEAT, r.NUMBER, r.WINDOW))
    configuration = Configuration(
        version=version,
        family_code=family.code,
        shape=family.shape(words),
        fixed_point=r.CAPABILITIES.FIXED_POINT.set_in(has),
        constant=r.CAPABILITIES.CONSTANT.set_in(has),
        load_phase=r.CAPABILITIES.LOAD_PHASE.set_in(has),
        load_contents=r.CAPABILITIES.LOAD_CONTENTS.set_in(has),
        health=r.CAPABILITIES.HEALTH.set_in(has),
        reload=r.CAPABILITIES.RELOAD.set_in(has),
        unused=r.CAPABILITIES.UNUSED.set_in(has),
        count_bits=r.CAPABILITIES.COUNT_BITS.of(has),
        slot_bytes=r.BEAT.SLOT_BYTES.of(beat),
        padded=r.BEAT.PADDED.set_in(beat),
        mantissa_bits=r.NUMBER.MANTISSA_BITS.of(number),
        frac=r.NUMBER.FRAC.signed_of(number),
        code_bits=r.NUMBER.CODE_BITS.of(number),
        base=r.NUMBER.BASE.signed_of(number),
        window_words=r.WINDOW.WORDS.of(window),
        tracker_bits=r.WINDOW.TRACKER_BITS.of(window),
        moduli=_moduli(words[r.MODULI.OFFSET]),
    )
    check_constants(
        configuration,
        family.limits(configuration, words),
        lambda most: family.lanes(configuration, most),
    )
    return configuration


def _identify(mmio: MMIO) -> tuple[int, int, int]:
    magic = mmio.read(r.ID.OFFSET)
    if magic != r.ID.MAGIC_VALUE:
        expected = f"{r.ID.MAGIC_VALUE:#010x}"
        raise NotFoundError(f"ID = {magic:#010x}: no perturbation generator; allowed: {expected}")
    word = mmio.read(r.VERSION.OFFSET)
    fields = (r.VERSION.MAJOR, r.VERSION.MINOR, r.VERSION.PATCH)
    major, minor, patch = (field.of(word) for field in fields)
    if major != r.VERSION.MAJOR_VALUE:
        found = f"VERSION = {major}.{minor}.{patch}"
        raise NotFoundError(
            f"{found} is unknown to this driver; allowed: {r.VERSION.MAJOR_VALUE}.x.x"
        )
    return major, minor, patch


def _moduli(word: int) -> tuple[int, ...]:
    """The fields up to the last that is not zero."""
    fields = (r.MODULI.MODULUS_0, r.MODULI.MODULUS_1, r.MODULI.MODULUS_2, r.MODULI.MODULUS_3)
    used = -(-int(word).bit_length() // r.MODULI.MODULUS_0.width)
    return tuple(field.of(word) for field in fields[:used])
