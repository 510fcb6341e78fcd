"""The C header of a configuration, read back by a C compiler."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pezo_hw.config import Config, parse
from pezo_hw.emit import emit_core
from pezo_hw.systems.axi.parameters import AXIParameters
from pezo_hw.systems.axi.system import config_header
from tests.driver.c_driver import SOURCES, WARNINGS

FLY = '[perturbation]\nstrategy = "on-the-fly"\n'
POOL = '[perturbation]\nstrategy = "pre-generated"\n'
CONFIGS = {
    "paper": FLY,
    "log-nearest": FLY + '[scaling]\nrounding = "log-nearest"\ngain = 1e-9\ncode_bits = 3\n',
    "third": FLY + "[on-the-fly]\nrngs = 3\nwidth = 4\n[scaling]\ngain = 0.1\n",
    "fixed-point": FLY + '[on-the-fly]\nrngs = 3\nwidth = 9\n[scaling]\noutput = "fixed-point"\n',
}
PRINT = """
#include <stdio.h>
#include "noise_config.h"
int main(void)
{
    size_t i;
    printf("[%u, %u, %u, %d, %.17g, [", NOISE_LANES, NOISE_BEAT_BYTES, NOISE_TABLE_BYTES,
           NOISE_BASE, NOISE_GAIN);
    for (i = 0; i < NOISE_RNGS; i++)
        printf("%s%u", i ? ", " : "", (unsigned)noise_seeds[i]);
    printf("], %d, %.17g, %u]", noise_scaling.log_nearest, noise_scaling.gain,
           (unsigned)noise_scaling.code_bits);
    return sizeof noise_seeds / sizeof noise_seeds[0] != NOISE_RNGS;
}
"""


def header(config: Config, top: str) -> str:
    return config_header(AXIParameters.of(config), config.generator.facts(), top)


def run(config: Config, program: str, folder: Path, *options: str) -> str:
    (folder / "noise_config.h").write_text(header(config, "noise"), encoding="utf-8")
    (folder / "main.c").write_text(program, encoding="utf-8")
    command = ["cc", *options, *WARNINGS, f"-I{SOURCES}", "main.c", "-o", "main"]
    subprocess.run(command, cwd=folder, check=True)
    return subprocess.check_output([folder / "main"], text=True)


@pytest.mark.parametrize("name", CONFIGS)
def test_constants(name: str, tmp_path: Path):
    config = parse(CONFIGS[name], name=name)
    parameters, scaling = config.parameters, config.parameters.scaling
    found = json.loads(run(config, PRINT, tmp_path, "-std=c99"))
    slot = next(size for size in (1, 2, 4) if 8 * size >= parameters.fixed_point.bits)
    assert found == [
        parameters.lanes,
        slot * (parameters.lanes + (parameters.code_bits > 0)),
        1 << parameters.width,
        parameters.scale_table.base,
        scaling.gain,
        list(parameters.bank.seeds),
        scaling.rounding == "log-nearest",
        scaling.gain,
        scaling.code_bits,
    ]


@pytest.mark.parametrize(
    ("keys", "stored", "expected"),
    [("", "NUMBERS", "8 16 4095"), ('lanes = 45\nleftover = "row"\n', "ROWS", "45 90 91")],
)
def test_a_pool(keys: str, stored: str, expected: str, tmp_path: Path):
    config = parse(f"{POOL}[pre-generated]\n{keys}", name="pool")
    program = (
        '#include <stdio.h>\n#include "noise_config.h"\n#include "noise_config.h"\n'
        'int main(void) { printf("%u %u %u %d", NOISE_LANES, NOISE_BEAT_BYTES, '
        f"NOISE_{stored}, NOISE_FRAC); return 0; }}\n"
    )
    frac = config.parameters.fixed_point.frac
    assert run(config, program, tmp_path, "-std=c99") == f"{expected} {frac}"


def test_two_configurations_in_one_program(tmp_path: Path):
    """Also as C++, and unused without a warning."""
    for top, name in (("first", "paper"), ("second", "third")):
        text = header(parse(CONFIGS[name], name=name), top)
        (tmp_path / f"{top}_config.h").write_text(text, encoding="utf-8")
    both = '#include "first_config.h"\n#include "second_config.h"\nint main() { return 0; }\n'
    (tmp_path / "main.cc").write_text(both, encoding="utf-8")
    command = ["c++", "-std=c++11", *WARNINGS, f"-I{SOURCES}", "-c", "main.cc", "-o", "main.o"]
    subprocess.run(command, cwd=tmp_path, check=True)


def test_it_is_generated_with_the_axi_system_only():
    config = parse(CONFIGS["third"], name="third")
    core = emit_core(config, system="axi", name="noise")
    assert core.files["noise_config.h"] == header(config, "noise")
    manifest = json.loads(core.files["noise.json"])
    assert "noise_config.h" in manifest["files"]
    assert not any(file.endswith(".h") for file in emit_core(config, system="replay").files)
