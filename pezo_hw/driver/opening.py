"""What is read when a device is opened."""

from __future__ import annotations

from . import registers as r
from .bus import MMIO
from .configuration import Configuration
from .errors import NotFoundError
from .limits import check_constants
from .shape import STRATEGIES, Shape


def read_configuration(mmio: MMIO) -> Configuration:
    """Identifies the device, reads its constants, each once, and checks them.

    Raises
    ------
    NotFoundError
        Where the first register does not hold "PEZO", the register map is of another major version
        than this driver's, or a constant is one that no generated device has (see ``limits``).
    """
    version = _identify(mmio)
    has = mmio.read(r.CAPABILITIES.OFFSET)
    beat, number = mmio.read(r.BEAT.OFFSET), mmio.read(r.NUMBER.OFFSET)
    shape = _read_shape(mmio, has, beat)
    window, moduli = mmio.read(r.WINDOW.OFFSET), mmio.read(r.MODULI.OFFSET)
    configuration = Configuration(
        version=version,
        shape=shape,
        fixed_point=r.CAPABILITIES.FIXED_POINT.set_in(has),
        load_phase=r.CAPABILITIES.LOAD_PHASE.set_in(has),
        load_contents=r.CAPABILITIES.LOAD_CONTENTS.set_in(has),
        health=r.CAPABILITIES.HEALTH.set_in(has),
        reload=r.CAPABILITIES.RELOAD.set_in(has),
        unused=r.CAPABILITIES.UNUSED.set_in(has),
        count_bits=r.CAPABILITIES.COUNT_BITS.of(has),
        slot_bytes=r.BEAT.SLOT_BYTES.of(beat),
        mantissa_bits=r.NUMBER.MANTISSA_BITS.of(number),
        frac=r.NUMBER.FRAC.signed_of(number),
        code_bits=r.NUMBER.CODE_BITS.of(number),
        base=r.NUMBER.BASE.signed_of(number),
        window_words=r.WINDOW.WORDS.of(window),
        tracker_bits=r.WINDOW.TRACKER_BITS.of(window),
        moduli=_moduli(moduli),
    )
    check_constants(configuration)
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


def _read_shape(mmio: MMIO, has: int, beat: int) -> Shape:
    generator = mmio.read(r.GENERATOR.OFFSET)
    mask, steps = mmio.read(r.TAPS.OFFSET), mmio.read(r.STEPS.OFFSET)
    return Shape(
        strategy=STRATEGIES[r.CAPABILITIES.PRE_GENERATED.of(has)],
        width=r.GENERATOR.WIDTH.of(generator),
        count=r.GENERATOR.COUNT.of(generator),
        lanes=r.BEAT.LANES.of(beat),
        taps=tuple(tap for tap in range(32, 0, -1) if mask >> (tap - 1) & 1),
        steps_per_cycle=steps,
        midrise=r.CAPABILITIES.MIDRISE.set_in(has),
    )


def _moduli(word: int) -> tuple[int, ...]:
    """The fields up to the last that is not zero."""
    fields = (r.MODULI.MODULUS_0, r.MODULI.MODULUS_1, r.MODULI.MODULUS_2, r.MODULI.MODULUS_3)
    used = -(-int(word).bit_length() // r.MODULI.MODULUS_0.width)
    return tuple(field.of(word) for field in fields[:used])
