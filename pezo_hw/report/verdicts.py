"""What `pezo verify` finds of a configuration, kept with the hardware that it was found of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version

from ..config import Config
from ..emit import EmittedCore
from ..synth.cache import Cache
from ..tools.folders import temporary_folder
from ..tools.simulation import prepare_library
from ..tools.verilator import find_verilator
from ..verify import Job, Outcome, bench_names, default_cycles, require_simulator, verify
from .kept import kept

SIMULATOR = "verilator"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How the comparison of a bench with the golden model ended.

    Attributes
    ----------
    bench : str
        Its name.
    beats, cycles : int
        Beats taken and clock cycles compared.
    failure : str
        What differs; empty where nothing does.
    simulator : str
        What simulated it, with its version.
    """

    bench: str
    beats: int
    cycles: int
    failure: str
    simulator: str

    @property
    def passed(self) -> bool:
        """Whether every compared bit was the same."""
        return not self.failure


def verdicts_of(
    config: Config,
    core: EmittedCore,
    cycles: int | None,
    store: Cache,
    on_bench: Callable[[], None] = lambda: None,
) -> list[Verdict]:
    """The verdicts of all benches of a configuration.

    Parameters
    ----------
    config : Config
        The configuration.
    core : EmittedCore
        Its core.
    cycles : int or None
        Cycles of the stream to compare; None for as many as ``pezo verify`` does.
    store : Cache
        Where verdicts are looked up and kept; a failure is not kept.
    on_bench : callable
        Called after each bench.

    Raises
    ------
    PezoError
        Where the simulator is missing.
    """
    require_simulator(SIMULATOR)
    simulator = f"Verilator {find_verilator().version}, cocotb {version('cocotb')}"
    count = default_cycles(config, SIMULATOR) if cycles is None else cycles
    verdicts = []
    for bench in bench_names(config):
        what = ("verdict", simulator, config.resolved(), core.files, bench, count)
        job = Job(config=config, bench=bench, simulator=SIMULATOR, cycles=count)
        found = kept(store, what, partial(_carry_out, job, simulator), is_worth=_is_good)
        verdicts.append(Verdict(**found))
        on_bench()
    return verdicts


def _is_good(found: dict[str, object]) -> bool:
    return not found["failure"]


def _carry_out(job: Job, simulator: str) -> dict[str, object]:
    prepare_library(lambda: None)
    with temporary_folder() as folder:
        (outcome,) = verify([job], folder)
    return asdict(_verdict(outcome, simulator))


def _verdict(outcome: Outcome, simulator: str) -> Verdict:
    return Verdict(
        bench=outcome.job.bench,
        beats=outcome.beats,
        cycles=outcome.cycles,
        # The folder of its log is gone.
        failure=outcome.failure.partition("; see ")[0],
        simulator=simulator,
    )
