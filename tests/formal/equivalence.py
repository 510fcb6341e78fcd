"""RTL and mapped netlist, equal in every cycle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import z3

from tests.formal.transition_system import TransitionSystem, counterexample

Relation = Callable[[int], z3.BoolRef]
"""Something that may hold in a state, given the state's number."""

_BIT = re.compile(r"gate\.(?P<name>.+?)(\[(?P<index>\d+)\])?")


class Equivalence:
    """Proves that a netlist shows what its RTL shows, by induction over signal correspondences.

    The invariant is found, not given (van Eijk's method): any two bits of the same name, in RTL and
    netlist, are candidates to be equal always, or once some bit of the fill counter is set, since
    a memory's output has no value at power-up. Candidates that the first state or a step refutes
    are dropped until the rest carries itself over any clock edge; all of that is then an invariant
    of every reachable state, whatever was guessed.

    Parameters
    ----------
    rtl, netlist : mapping of str to str
        Verilog and memory files; of the netlist, its cells' models as well.
    top : str
        The top module of both.
    limits : mapping of str to int
        Registers of the RTL, by name, and what they are guessed to stay below.
    """

    def __init__(
        self,
        rtl: Mapping[str, str],
        netlist: Mapping[str, str],
        top: str,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        commands = [
            *_one_module(rtl, top, "rtl"),
            *_one_module(netlist, top, "netlist"),
            f"design -copy-from rtl -as gold {top}",
            f"design -copy-from netlist -as gate {top}",
            "miter -equiv -flatten -make_outputs gold gate top",
        ]
        files = {f"rtl_{name}" if name.endswith(".v") else name: text for name, text in rtl.items()}
        files |= {f"netlist_{name}": text for name, text in netlist.items()}
        self._system = TransitionSystem(files, commands)
        self._candidates = self._correspondences()
        self._candidates += [self._below(name, limit) for name, limit in (limits or {}).items()]

    def difference(self) -> str | None:
        """A state in which ``valid``, or beneath it another output, differs; None: they never do.

        The state satisfies all that could be carried over every clock edge; it may yet be out of
        reach.
        """
        self._drop_refuted(self._system.solver(1, from_initial=True), state=0)
        before = -1
        while before != len(self._candidates):
            before = len(self._candidates)
            solver = self._system.solver(2)
            solver.add(*(candidate(0) for candidate in self._candidates))
            self._drop_refuted(solver, state=1)
        solver = self._system.solver(1)
        solver.add(*(candidate(0) for candidate in self._candidates))
        return counterexample(solver, *self._same_beats())

    def _drop_refuted(self, solver: z3.Solver, state: int) -> None:
        """Keep the candidates that no solution refutes."""
        open_ones = [(candidate, candidate(state)) for candidate in self._candidates]
        while open_ones:
            attempt = solver.translate(solver.ctx)
            attempt.add(z3.Not(z3.And(*(formula for _, formula in open_ones))))
            if attempt.check() == z3.unsat:
                break
            model = attempt.model()
            open_ones = [
                pair for pair in open_ones if z3.is_true(model.eval(pair[1], model_completion=True))
            ]
        self._candidates = [candidate for candidate, _ in open_ones]

    def _correspondences(self) -> list[Relation]:
        found: list[Relation] = []
        for wire in self._system.widths:
            match = _BIT.fullmatch(wire)
            if match is not None and f"gold.{match['name']}" in self._system.widths:
                equal = self._equal(wire, f"gold.{match['name']}", match["index"])
                found += [equal, *(_once(condition, equal) for condition in self._filled())]
        return found

    def _equal(self, netlist: str, rtl: str, index: str | None) -> Relation:
        """The netlist's wire equals the RTL's, or a bit of it."""

        def relation(state: int) -> z3.BoolRef:
            expected = self._system.wire(rtl, state)
            if index is not None:
                expected = _bit(expected, int(index))
            return self._system.wire(netlist, state) == expected

        return relation

    def _filled(self) -> list[Relation]:
        """The bits of the RTL's fill counter."""
        name = "gold.fill.filled" if "gold.fill.filled" in self._system.widths else "gold_valid"
        return [
            lambda state, bit=bit: _bit(self._system.wire(name, state), bit)
            for bit in range(self._system.widths[name])
        ]

    def _below(self, name: str, limit: int) -> Relation:
        return lambda state: z3.ULT(self._system.wire(f"gold.{name}", state), limit)

    def _same_beats(self) -> list[z3.BoolRef]:
        wire = self._system.wire
        valid = wire("gold_valid", 0)
        outputs = [name for name in ("mantissa", "code") if f"gold_{name}" in self._system.widths]
        equal = (wire(f"gold_{name}", 0) == wire(f"gate_{name}", 0) for name in outputs)
        return [valid == wire("gate_valid", 0), *(z3.Implies(valid, same) for same in equal)]


def _one_module(files: Mapping[str, str], top: str, side: str) -> Sequence[str]:
    """Yosys commands that leave one flat module as a design of its own."""
    sources = " ".join(f"{side}_{name}" for name in files if name.endswith(".v"))
    read = f"read_verilog -defer {sources}"
    return (read, f"hierarchy -check -top {top}", "proc", "flatten", f"design -stash {side}")


def _once(condition: Relation, relation: Relation) -> Relation:
    return lambda state: z3.Implies(condition(state), relation(state))


def _bit(vector: z3.ExprRef, index: int) -> z3.BoolRef:
    return vector if z3.is_bool(vector) else z3.Extract(index, index, vector) == 1
