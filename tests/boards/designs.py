"""Self-tests as Verilog."""

from __future__ import annotations

from pathlib import Path

from pezo_hw.boards.golden import golden_crcs
from pezo_hw.boards.parameters import DEFAULT_HEARTBEAT_BITS, SelfTestParameters
from pezo_hw.boards.rtl.self_test import SelfTest
from pezo_hw.config import Config
from pezo_hw.emit import emit_verilog

TOP = "pezo_self_test"


def self_test(
    config: Config,
    *,
    spoilt_bit: int | None = None,
    heartbeat_bits: int = DEFAULT_HEARTBEAT_BITS,
) -> SelfTest:
    """A configuration's self-test; with a bit of the constants inverted, where one is named."""
    expected = list(golden_crcs(config.generator))
    if spoilt_bit is not None:
        expected[spoilt_bit // 32] ^= 1 << spoilt_bit % 32
    parameters = SelfTestParameters(
        generator=config.generator, expected=expected, heartbeat_bits=heartbeat_bits
    )
    return SelfTest(parameters)


def write_self_test(component: SelfTest, folder: Path) -> None:
    emitted = emit_verilog(component, name=TOP, inline_memories=True)
    assert not emitted.memories
    (folder / f"{TOP}.v").write_text(emitted.verilog, "utf-8")
