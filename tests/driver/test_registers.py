"""The register module against the description, read by hand; it is fresh, see tests/registers."""

from pezo_hw.driver import registers


def test_offsets_and_masks():
    assert registers.INTERRUPT_STATUS.OFFSET == 0x5C
    assert registers.INTERRUPT_STATUS.LOAD_REFUSED.mask == 0x20
    assert registers.NUMBER.BASE.mask == 0xFF000000
    assert registers.NUMBER.BASE.signed_of(0xFD123456) == -3
    assert registers.CAPABILITIES.FAMILY.of(0xFF02FFFF) == 2
    assert registers.CAPABILITIES.FAMILY_PRE_GENERATED == 2
    assert registers.BEAT.LANES.of(0x0401FFFF) == 0x1FFFF
    assert int.from_bytes(b"PEZO", "big") == registers.ID.MAGIC_VALUE
