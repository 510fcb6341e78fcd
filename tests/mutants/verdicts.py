"""What became of the mutants, kept in a file so that a run can be continued."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pezo_hw.tools.json_lines import JsonLines
from tests.mutants.mutant import Mutant


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A mutant and what the tests said of it.

    Attributes
    ----------
    mutant : Mutant
        Which.
    source : str
        SHA-256 of the file that it was made of.
    lines : list of str
        What changed.
    killed_by : str
        The test that failed, ``(time)`` where none came to an end, or None for a survivor.
    seconds : float
        What the tests took of a CPU.
    """

    mutant: Mutant
    source: str
    lines: list[str]
    killed_by: str | None = None
    seconds: float = 0.0

    @property
    def survived(self) -> bool:
        """Whether no test saw it."""
        return self.killed_by is None


@dataclass(kw_only=True)
class Verdicts:
    """The verdicts of this and of earlier runs.

    Attributes
    ----------
    file : Path
        One JSON object a line, as of `JsonLines`.
    """

    file: Path
    _known: dict[tuple[Mutant, str], Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = JsonLines(self.file)
        for stored in self._lines.values(dict, "a verdict of make mutants"):
            verdict = Verdict(**stored | {"mutant": Mutant(**stored["mutant"])})
            self._known[verdict.mutant, verdict.source] = verdict

    def of(self, mutant: Mutant, source: str) -> Verdict | None:
        """What is known of a mutant of a file with this text."""
        return self._known.get((mutant, digest(source)))

    def add(self, verdict: Verdict) -> None:
        """Keep it, in the file as well."""
        self._known[verdict.mutant, verdict.source] = verdict
        self._lines.add([asdict(verdict)])


def digest(source: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(source.encode()).hexdigest()
