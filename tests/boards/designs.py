"""Self-tests as Verilog, and how to run a harness of plain Verilog around them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from pezo_hw.boards.golden import golden_crcs
from pezo_hw.boards.parameters import DEFAULT_HEARTBEAT_BITS, SelfTestParameters
from pezo_hw.boards.rtl.self_test import SelfTest
from pezo_hw.config import Config
from pezo_hw.emit import emit_verilog
from pezo_hw.tools.verilator import find_verilator

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


def simulate(
    simulator: str, sources: Sequence[Path], macros: Mapping[str, object], folder: Path
) -> list[str]:
    """The lines that the module ``harness`` prints."""
    defines = [f"-D{name}={value}" for name, value in macros.items()]
    files = [str(source) for source in sources]
    if simulator == "icarus":
        _run(["iverilog", "-g2005", *defines, "-s", "harness", "-o", "sim", *files], folder)
        return _run(["vvp", "-n", "sim"], folder).splitlines()
    options = ["--binary", "--timing", "-j", "2", "--top", "harness", "--public-flat-rw"]
    options += ["-Wno-fatal", "-CFLAGS", "-O1 -fcoroutines"]
    _run([str(find_verilator().path), *options, *defines, *files], folder)
    return _run(["obj_dir/Vharness"], folder).splitlines()


def _run(command: Sequence[str], folder: Path) -> str:
    environment = find_verilator().environment()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
