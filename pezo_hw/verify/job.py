"""One bench on one simulator, as a folder that two processes share."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from ..bench.bench import Bench
from ..config import Config
from ..errors import PezoError
from ..systems.registry import CORE, SYSTEMS
from .trace import Trace, TraceOptions

JOB_VARIABLE = "PEZO_JOB"
LEVELS = ("rtl", "netlist")


@dataclass(frozen=True, kw_only=True)
class Job:
    """What to simulate and how long.

    Attributes
    ----------
    config : Config
        The configuration under test.
    bench : str
        A name of `bench_names`.
    simulator : str
        A name of `SIMULATORS`.
    cycles : int
        Cycles of the stream to compare in the longest scenario.
    rtl : dict of str to str, or None
        Files to test instead of freshly generated ones (the core only).
    place : str
        Where those files are, if there are more cores of the configuration; else empty.
    level : str
        A name of `LEVELS`: the Verilog itself, or the netlist that Yosys maps it to (the core
        only).
    trace : TraceOptions or None
        What is recorded of the run.
    """

    config: Config
    bench: str
    simulator: str
    cycles: int
    rtl: dict[str, str] | None = None
    place: str = ""
    level: str = "rtl"
    trace: TraceOptions | None = None

    @property
    def title(self) -> str:
        """The bench, and the core that it is of where there are several."""
        return f"{self.bench} {self.place}".rstrip()

    def make_bench(self) -> Bench:
        """The bench at power-up."""
        return make_bench(self.bench, self.config)

    def make_trace(
        self, folder: Path, bench: Bench, input_bits: Callable[[str], int]
    ) -> Trace | None:
        """What takes the waveform, where one is wanted; the arguments are those of `Trace`."""
        return None if self.trace is None else Trace(self.trace, folder, bench, input_bits)

    def save(self, folder: Path) -> None:
        """Leave the job where the worker finds it."""
        (folder / "job.pickle").write_bytes(pickle.dumps(self))

    @staticmethod
    def read(folder: Path) -> Job:
        """The job of a folder."""
        job = pickle.loads((folder / "job.pickle").read_bytes())
        if not isinstance(job, Job):
            raise TypeError(f"{folder / 'job.pickle'} holds no job")
        return job


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A line of the journal: how far a job is.

    Attributes
    ----------
    stage : str
        ``generate``, ``synthesise``, ``build``, ``simulate`` or ``done``.
    cycles, beats : int
        Clock cycles compared and beats taken so far.
    seconds : float
        Spent simulating so far.
    failure : str
        The first mismatch or error; empty while there is none.
    error : str
        Why the stage could not be carried out; empty while there is no such reason.
    """

    stage: str
    cycles: int = 0
    beats: int = 0
    seconds: float = 0.0
    failure: str = ""
    error: str = ""

    def append_to(self, folder: Path) -> None:
        """Add the line to the folder's journal."""
        with (folder / "journal.jsonl").open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(asdict(self)) + "\n")

    @staticmethod
    def latest(folder: Path) -> Progress:
        """The last whole line of the folder's journal, or the first with a failure in it.

        A failure is final, whatever is said after it, and so is a line that is none.
        """
        path = folder / "journal.jsonl"
        lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
        journal = [_line_of_journal(line) for line in lines]
        failures = (line for line in journal if line.failure)
        return next(failures, journal[-1] if journal else Progress(stage="generate"))


def _line_of_journal(line: str) -> Progress:
    try:
        return Progress(**json.loads(line))
    except (ValueError, TypeError):
        return Progress(stage="simulate", failure="the journal is damaged")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a job ended; bit-exact exactly when ``failure`` is empty.

    ``is_mismatch`` says that the failure is a wrong bit, not a simulation that did not come about;
    ``waveform`` is the FST file that was asked for, where there is one.
    """

    job: Job
    cycles: int
    beats: int
    seconds: float
    failure: str
    is_mismatch: bool = False
    waveform: Path | None = None

    @property
    def passed(self) -> bool:
        """Whether every compared bit was the same."""
        return not self.failure


def bench_names(config: Config, system: str = CORE) -> tuple[str, ...]:
    """The benches of a configuration in a system, that of its top first.

    Only the core has benches of its modules: those of the other systems are the core's.
    """
    return (system, *config.generator.benches()) if system == CORE else (system,)


def make_bench(name: str, config: Config) -> Bench:
    """A bench at power-up.

    Raises
    ------
    PezoError
        For a bench that the configuration's hardware does not have.
    """
    if name in SYSTEMS:
        return SYSTEMS[name].bench(config)
    modules = config.generator.benches()
    if name not in modules:
        known = ", ".join(bench_names(config))
        raise PezoError(f"bench {name} is not one of {config.name}'s; allowed: {known}")
    return modules[name]()
