"""The emitted Verilog through its pins alone, against the independent reference.

Neither the golden model nor any testbench of the package takes part: the harness is plain Verilog,
and the expected numbers come from `tests.reference`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pytest

from tests.harness_program import printed
from tests.reference import OnTheFly, PreGenerated

HARNESS = Path(__file__).with_name("foreign_harness.v")


@dataclass
class Case:
    """Keys of a config file, and how many clock edges to run."""

    keys: dict[str, Any]
    scaling: dict[str, Any] | None = None
    edges: int = 400
    options: tuple[str, ...] = ()

    @property
    def strategy(self) -> str:
        return "pre-generated" if "pool" in self.keys else "on-the-fly"

    def toml(self) -> str:
        sections = {"perturbation": {"strategy": self.strategy}, self.strategy: self.keys}
        if self.scaling:
            sections["scaling"] = self.scaling
        lines = []
        for name, keys in sections.items():
            lines.append(f"[{name}]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
        return "\n".join(lines)

    def cycles(self) -> Iterator[tuple[int, list[int]]]:
        if self.strategy == "pre-generated":
            return PreGenerated(**self.keys).cycles()
        keys = {key: value for key, value in self.keys.items() if key != "architecture"}
        return OnTheFly(**keys, **(self.scaling or {})).cycles()


CASES = {
    "odd-bank": Case({"rngs": 5, "width": 7, "seed": 99}, edges=2000),
    "midrise-leap": Case(
        {"rngs": 6, "width": 9, "steps_per_cycle": 9, "format": "midrise", "taps": [9, 4]},
        {"rounding": "log-nearest", "gain": 0.8, "code_bits": 3},
    ),
    "fixed-point": Case({"rngs": 3, "width": 7}, {"output": "fixed-point", "code_bits": 3}),
    "still-wide-tile": Case({"rngs": 3, "width": 4, "rotate": False, "lanes": 10}),
    "narrow-tile": Case({"rngs": 9, "width": 5, "lanes": 2}, {"code_bits": 1}),
    "pointer": Case({"rngs": 12, "width": 7, "architecture": "pointer"}),
    "inline": Case({"rngs": 4, "width": 10}, options=("--inline",)),
    "named": Case({"rngs": 2, "width": 3}, options=("--name", "noise")),
    "pool": Case({"pool": 36, "width": 9, "lanes": 4, "seed": 5}),
    "pool-one-lane": Case({"pool": 91, "width": 3, "lanes": 1}),
    "pool-one-row": Case({"pool": 14, "width": 17, "lanes": 14}),
    "roberta": Case({"rngs": 31, "width": 8}, edges=600),
}


@pytest.fixture
def design(request, tmp_path: Path, pezo):
    """A case's Verilog in a folder, with the harness' macros for it."""
    case = CASES[request.param]
    (tmp_path / "case.toml").write_text(case.toml())
    status, _, err = pezo("generate", tmp_path / "case.toml", "-o", tmp_path / "rtl", *case.options)
    assert (status, err) == (0, "")
    manifest = json.loads(next((tmp_path / "rtl").glob("*.json")).read_text())
    ports = {port["name"]: port["width"] for port in manifest["ports"]}
    macros = {
        "TOP": manifest["top"],
        "MANTISSA_BITS": ports["mantissa"],
        "EDGES": case.edges,
        "RESET_AT": case.edges * 3 // 4,
    }
    if "code" in ports:
        macros["CODE_BITS"] = ports["code"]
    return case, tmp_path / "rtl", macros, ports["mantissa"] // manifest["lanes"]


def played(simulator: str, design) -> None:
    """Every run of beats between two resets is the stream from cycle 0."""
    case, folder, macros, bits = design
    lines = printed(simulator, [HARNESS, Path(f"{macros['TOP']}.v")], macros, folder)
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line != "reset")]
    beats = [[line for line in run if line.startswith("beat")] for run in runs]
    longest = max(map(len, beats))
    assert longest > case.edges // 3
    assert sum(1 for run in beats if len(run) > 20) == 2
    expected = list(islice(case.cycles(), longest))
    for run in beats:
        for line, (code, mantissas) in zip(run, expected, strict=False):
            _, seen_code, word = line.split()
            lanes = [int(word, 16) >> lane * bits for lane in range(len(mantissas))]
            assert int(seen_code, 16) == code
            assert [lane & (1 << bits) - 1 for lane in lanes] == [
                m & (1 << bits) - 1 for m in mantissas
            ]


@pytest.mark.icarus
@pytest.mark.parametrize("design", CASES, indirect=True)
def test_on_icarus(design):
    played("icarus", design)


@pytest.mark.slow
@pytest.mark.parametrize("design", ["midrise-leap", "pool"], indirect=True)
def test_on_verilator(design):
    played("verilator", design)


@pytest.mark.icarus
@pytest.mark.parametrize("design", ["pool"], indirect=True)
def test_a_changed_memory_is_seen(design):
    _, folder, _, _ = design
    memory = folder / "pezo_case_pool.mem"
    words = memory.read_text().split()
    words[4] = f"{int(words[4], 16) ^ 1:0{len(words[4])}x}"
    memory.write_text("\n".join(words))
    with pytest.raises(AssertionError):
        played("icarus", design)
