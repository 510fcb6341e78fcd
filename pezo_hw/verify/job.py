"""One bench on one simulator, as a folder that two processes share."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict, dataclass
from pathlib import Path

from ..bench.bench import Bench
from ..config import Config
from .benches import make_bench

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
    level : str
        A name of `LEVELS`: the Verilog itself, or the netlist that Yosys maps it to (the core
        only).
    """

    config: Config
    bench: str
    simulator: str
    cycles: int
    rtl: dict[str, str] | None = None
    level: str = "rtl"

    def make_bench(self) -> Bench:
        """The bench at power-up."""
        return make_bench(self.bench, self.config)

    def save(self, folder: Path) -> None:
        """Leave the job where the worker finds it."""
        (folder / "job.pickle").write_bytes(pickle.dumps(self))

    @staticmethod
    def read(folder: Path) -> Job:
        """The job of a folder."""
        job = pickle.loads((folder / "job.pickle").read_bytes())
        assert isinstance(job, Job)
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
    """

    stage: str
    cycles: int = 0
    beats: int = 0
    seconds: float = 0.0
    failure: str = ""

    def append_to(self, folder: Path) -> None:
        """Add the line to the folder's journal."""
        with (folder / "journal.jsonl").open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(asdict(self)) + "\n")

    @staticmethod
    def latest(folder: Path) -> Progress:
        """The last whole line of the folder's journal."""
        path = folder / "journal.jsonl"
        lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
        return Progress(**json.loads(lines[-1])) if lines else Progress(stage="generate")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a job ended; bit-exact exactly when ``failure`` is empty.

    ``differs`` says that the failure is a wrong bit, and not a simulation that did not come about.
    """

    job: Job
    cycles: int
    beats: int
    seconds: float
    failure: str
    differs: bool = False

    @property
    def passed(self) -> bool:
        """Whether every compared bit was the same."""
        return not self.failure
