"""What test modules take and carry out where nothing is broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pezo_hw.tools.json_lines import JsonLines
from tests.mutants.recorder import EVERYTHING, OTHER_KIND, SECONDS, WHOLE_FILE

# Of each file, of each context: lines, as bits of one number.
Lines = dict[str, dict[str, int]]


@dataclass(frozen=True, kw_only=True)
class Executed:
    """A test module, either its slow tests or the others.

    Attributes
    ----------
    module : str
        Its path from the root.
    slow : bool
        Which of its tests.
    start : float
        CPU seconds until the first one runs.
    seconds : dict of str to float
        CPU seconds of each test.
    others : int
        How many tests it has of the other kind.
    lines : dict of str to dict, or None
        Of each file of the package the lines that each test carries out. The module itself stands
        for all of its tests. None where nothing is known.
    """

    module: str
    slow: bool
    start: float
    seconds: dict[str, float] = field(default_factory=dict)
    others: int = 0
    lines: Lines | None = None

    def tests_of(self, file: str, lines: set[int] | None) -> set[str] | None:
        """The tests that carry out one of these lines of a file; None for all of them.

        Parameters
        ----------
        file : str
            Its path from the root.
        lines : set of int or None
            None for what all tests carry out.
        """
        if lines is None or self.lines is None:
            return None
        wanted = _bits({*lines, WHOLE_FILE})
        meet = {context for context, seen in self.lines.get(file, {}).items() if seen & wanted}
        meet |= set(self.lines.get(EVERYTHING, ()))
        return None if self.module in meet else meet


@dataclass(frozen=True, kw_only=True)
class Meets:
    """The tests of a module that a mutant meets.

    Attributes
    ----------
    module : str
        Its path from the root.
    any_test : bool
        Whether there are any.
    seconds : float
        CPU seconds that they take without a mutant.
    left_out : frozenset of str
        The others.
    """

    module: str
    any_test: bool
    seconds: float
    left_out: frozenset[str]

    @classmethod
    def of(cls, executed: Executed, file: str, lines: set[int] | None) -> Meets:
        """Those that carry out one of these lines of a file (`Executed.tests_of`)."""
        meet, every = executed.tests_of(file, lines), set(executed.seconds)
        met = every if meet is None else meet & every
        return cls(
            module=executed.module,
            any_test=bool(met) or executed.lines is None,
            seconds=executed.start + sum(executed.seconds[test] for test in met),
            left_out=frozenset(every - met),
        )


def read_notes(notes: str, modules: Sequence[str], slow: bool, taken: float) -> list[Executed]:
    """What the recorder has noted while test modules ran.

    Parameters
    ----------
    notes : str
        The recorder's file.
    modules : sequence of str
        Which they were.
    slow : bool
        Which of their tests ran.
    taken : float
        CPU seconds of the run.
    """
    seconds: dict[str, dict[str, float]] = {module: {} for module in modules}
    lines: dict[str, Lines] = {module: {} for module in modules}
    others = dict.fromkeys(modules, 0)
    for note in notes.splitlines():
        context, file, value = note.split("\t")
        module = context.partition("::")[0]
        if file == SECONDS:
            seconds[module][context] = float(value)
        elif file == OTHER_KIND:
            others[module] += 1
        elif context == EVERYTHING:
            for each in modules:
                _add(lines[each], file, each, int(value))
        else:
            _add(lines[module], file, context, int(value))
    start = (taken - sum(sum(tests.values()) for tests in seconds.values())) / len(modules)
    return [
        Executed(
            module=module,
            slow=slow,
            start=start,
            seconds=seconds[module],
            others=others[module],
            lines=lines[module],
        )
        for module in modules
    ]


def _add(lines: Lines, file: str, context: str, line: int) -> None:
    contexts = lines.setdefault(file, {})
    contexts[context] = contexts.get(context, 0) | 1 << line


def _bits(lines: Iterable[int]) -> int:
    return sum(1 << line for line in lines)


@dataclass(kw_only=True)
class Recordings:
    """Those of this and of earlier runs on the same files.

    Attributes
    ----------
    file : Path
        One JSON object a line, as of `JsonLines`.
    tree : str
        A digest of the checkout; what was recorded in another one does not count either.
    """

    file: Path
    tree: str
    _known: dict[tuple[str, bool], Executed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = JsonLines(self.file)
        for stored in self._lines.values(dict, "a record of make mutants"):
            if stored.pop("tree") == self.tree:
                self._keep(Executed(**stored))

    def of(self, module: str, slow: bool) -> Executed | None:
        """What is known of a test module."""
        return self._known.get((module, slow))

    def is_unknown(self, module: str, slow: bool) -> bool:
        """Whether a test module may have tests of this kind of which nothing was recorded."""
        other = self.of(module, not slow)
        has_none = other is not None and other.lines is not None and not other.others
        return self.of(module, slow) is None and not has_none

    def add(self, found: Iterable[Executed]) -> None:
        """Keep them, in the file as well."""
        new = list(found)
        for executed in new:
            self._keep(executed)
        self._lines.add({"tree": self.tree, **asdict(executed)} for executed in new)

    def _keep(self, executed: Executed) -> None:
        self._known[executed.module, executed.slow] = executed
