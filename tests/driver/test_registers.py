"""The register module and the C header are what the description says today."""

from pezo_hw.driver import registers
from pezo_hw.registers import register_map
from pezo_hw.registers.python_module import MODULE, python_module


def test_the_module_is_up_to_date():
    assert MODULE.read_text("utf-8") == python_module(register_map())


def test_offsets_and_masks():
    assert registers.INTERRUPT_STATUS.OFFSET == 0x5C
    assert registers.INTERRUPT_STATUS.LOAD_REFUSED.mask == 0x20
    assert registers.NUMBER.BASE.mask == 0xFF000000
    assert registers.NUMBER.BASE.signed_of(0xFD123456) == -3
    assert registers.BEAT.LANES.of(0x0401FFFF) == 0x1FFFF
    assert int.from_bytes(b"PEZO", "big") == registers.ID.MAGIC_VALUE
