"""Hardware as z3 formulas, through Yosys' ``write_smt2``."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import z3
from amaranth.back import rtlil
from amaranth.lib.wiring import Component

from pezo_hw.tools.yosys import run_yosys

# No optimisation: what is proven is what was written, in every state, reachable or not.
_PASSES = (
    "hierarchy -top top",
    "proc",
    "flatten",
    "memory_nordff",
    "memory_collect",
    "memory_map",  # a state of the step must not change what a ROM holds
    "async2sync",
    "dffunmap",
    "opt_clean",
)
# z3's own way with bit vectors: values and equalities first, more than once, so what is left of a
# miter for the SAT solver is small.
_TACTIC = ("simplify", "qfbv")
_WIRE = re.compile(r"^; yosys-smt2-wire (?P<name>\S+) (?P<width>\d+)$", re.MULTILINE)
_REGISTER = re.compile(r"^; yosys-smt2-register (\S+) \d+$", re.MULTILINE)


class TransitionSystem:
    """Consecutive states of some hardware, each an unknown that only the clock edge relates.

    Every named wire of the flattened hardware (``rst`` and the pins among them) is a z3 variable in
    each state: a Bool where it has one bit, a bit vector otherwise. Inputs are free in every state.

    Parameters
    ----------
    files : mapping of str to str
        Texts by file name.
    commands : sequence of str
        Yosys commands that make of them one module ``top`` in a single clock domain.
    """

    def __init__(self, files: Mapping[str, str], commands: Sequence[str]) -> None:
        self._smt = _write_smt2(files, commands)
        self.widths = {m["name"]: int(m["width"]) for m in _WIRE.finditer(self._smt)}

    @classmethod
    def of(cls, component: Component) -> TransitionSystem:
        """The system of a component."""
        text = rtlil.convert(component, name="top", emit_src=False)
        return cls({"top.il": text}, ["read_rtlil top.il"])

    @property
    def registers(self) -> list[str]:
        """A name for each register."""
        return _REGISTER.findall(self._smt)

    def wire(self, name: str, state: int) -> z3.ExprRef:
        """The value of a wire in a state; the hierarchy's names are joined by dots."""
        label, width = f"{name}@{state}", self.widths[name]
        return z3.Bool(label) if width == 1 else z3.BitVec(label, width)

    def solver(self, states: int, *, from_initial: bool = False) -> z3.Solver:
        """A solver that holds this many consecutive states.

        The first one is arbitrary, or the one that power-up and reset give.
        """
        lines = [self._smt]
        for state in range(states):
            lines.append(f"(declare-const s{state} |top_s|)")
            lines += [self._bound(name, state) for name in self.widths]
        lines += [f"(assert (|top_t| s{state} s{state + 1}))" for state in range(states - 1)]
        if from_initial:
            lines.append("(assert (|top_i| s0))")
        solver = z3.Then(*_TACTIC).solver()
        solver.from_string("\n".join(lines))
        return solver

    def _bound(self, name: str, state: int) -> str:
        width = self.widths[name]
        sort = "Bool" if width == 1 else f"(_ BitVec {width})"
        label = f"|{name}@{state}|"
        return f"(declare-const {label} {sort})\n(assert (= {label} (|top_n {name}| s{state})))"


def counterexample(solver: z3.Solver, *claims: z3.BoolRef) -> str | None:
    """A case in which some claim fails, as the values of the wires; None where all are proven.

    Raises
    ------
    RuntimeError
        Where the solver gives up.
    """
    solver.add(z3.Not(z3.And(*claims)))
    verdict = solver.check()
    if verdict == z3.unsat:
        return None
    if verdict != z3.sat:
        raise RuntimeError(f"z3: {verdict}, {solver.reason_unknown()}")
    model = solver.model()
    values = sorted(f"{name}={model[name]}" for name in model if "@" in name.name())
    return " ".join(values)


def _write_smt2(files: Mapping[str, str], commands: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory(prefix="pezo-") as name:
        folder = Path(name)
        for file, text in files.items():
            (folder / file).write_text(text)
        run_yosys([*commands, *_PASSES, "write_smt2 -stbv -wires top.smt2"], folder)
        return (folder / "top.smt2").read_text()
