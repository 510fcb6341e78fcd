"""The emitted Verilog of the self-test, through its pins alone, over the whole joint orbit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from amaranth.sim import Simulator

from pezo_hw import load
from pezo_hw.config import Config, parse, preset_names
from tests.boards.designs import TOP, self_test, write_self_test
from tests.cases import ON_THE_FLY, OTF, PRE_GENERATED, mostly_slow
from tests.harness_program import printed

HARNESS = Path(__file__).with_name("self_test_harness.v")
RING = "dut.run.core.rotating_bank.lfsr_bank.states"
ROWS = "dut.run.core.reader.row_counter.counter_0"


@dataclass(frozen=True)
class Case:
    """A configuration, a register bit inside of its core, and the orbit by hand."""

    text: str
    upset: str
    orbit: int

    def config(self) -> Config:
        named = self.text in preset_names()
        return load(self.text) if named else parse(self.text, name="case")


CASES = {
    "rings": Case(OTF + "rngs = 7\nwidth = 5\n", f"{RING}[12]", 7 * 31),
    "shared-factor": Case(ON_THE_FLY["collapsed"], f"{RING}[0]", 15),
    "one-word": Case(ON_THE_FLY["smallest"], f"{RING}[1]", 14),
    "fixed-point": Case(ON_THE_FLY["fixed-point"], f"{RING}[17]", 63),
    "wide-tile": Case(ON_THE_FLY["wide-tile"], f"{RING}[19]", 15),
    "rows": Case(PRE_GENERATED["two-counters"], f"{ROWS}[1]", 91),
    "two-rows": Case(PRE_GENERATED["two-rows"], ROWS, 2),
    "pool": Case("row-pool", f"{ROWS}[0]", 91),
    "roberta": Case("paper-roberta", f"{RING}[100]", 7905),
    "opt": Case("paper-opt", f"{RING}[433]", 507873),
}
SHORT = [name for name in CASES if name not in ("roberta", "opt")]


def run(simulator: str, case: Case, folder: Path, spoilt_bit: int | None = None) -> list[str]:
    component = self_test(case.config(), spoilt_bit=spoilt_bit)
    write_self_test(component, folder)
    macros = {
        "TOP": TOP,
        "MOST": case.orbit + 100,
        "UPSET": case.upset,
        "UPSET_AT": case.orbit // 2,
    }
    sources = [HARNESS, Path(f"{TOP}.v")]
    return printed(simulator, sources, macros, folder)


def verdicts(case: Case, *runs: str) -> list[str]:
    """What the harness prints where the verdicts are these, each in the very cycle."""
    cycles = case.orbit + case.config().parameters.latency + 3
    lines = []
    for number, verdict in enumerate(runs):
        passed, injected = int(verdict == "pass"), int(verdict == "injected")
        state = f"running 0 passed {passed} failed {1 - passed} injected {injected}"
        lines += [f"run {number} cycles {cycles} {state}", f"later {number} {state}"]
    return lines


EXPECTED = ("pass", "pass", "injected", "upset", "pass")


def check(simulator: str, case: Case, folder: Path) -> None:
    lines = [line for line in run(simulator, case, folder) if line[:3] in ("run", "lat")]
    assert lines == verdicts(case, *EXPECTED)


@pytest.mark.icarus
@pytest.mark.parametrize("name", mostly_slow(SHORT, "rings", "two-rows", "fixed-point"))
def test_on_icarus(name: str, tmp_path: Path):
    check("icarus", CASES[name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pool", "roberta", "opt"])
def test_on_verilator(name: str, tmp_path: Path):
    check("verilator", CASES[name], tmp_path)


@pytest.mark.icarus
@pytest.mark.parametrize("name", ["rings", "rows"])
@pytest.mark.parametrize("bit", mostly_slow([0, 17, -1], -1))
def test_a_wrong_constant_fails(name: str, bit: int, tmp_path: Path):
    case = CASES[name]
    words = len(self_test(case.config()).parameters.expected)
    lines = run("icarus", case, tmp_path, spoilt_bit=bit % (32 * words))
    wrong = verdicts(case, "wrong", "wrong", "injected", "wrong", "wrong")
    assert [line for line in lines if line[:3] in ("run", "lat")] == wrong


def test_the_heartbeat_goes_on_whatever_the_inputs_are():
    dut = self_test(CASES["one-word"].config(), heartbeat_bits=4)
    simulator = Simulator(dut)
    simulator.add_clock(1e-6)

    async def testbench(context):
        for cycle in range(100):
            assert context.get(dut.heartbeat) == (cycle // 8) % 2
            context.set(dut.start, 20 < cycle < 70)
            await context.tick()

    simulator.add_testbench(testbench)
    simulator.run()


def test_while_start_is_high_there_is_no_verdict():
    dut = self_test(CASES["one-word"].config())
    simulator = Simulator(dut)
    simulator.add_clock(1e-6)

    async def testbench(context):
        await context.tick().repeat(14 + 2 + 3)
        assert context.get(dut.passed)
        context.set(dut.start, 1)
        for _ in range(40):
            await context.tick()
            assert (context.get(dut.running), context.get(dut.passed)) == (1, 0)

    simulator.add_testbench(testbench)
    simulator.run()
