"""Workers: processes of this machine, and those of a Dask cluster, one of which is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from pezo_hw.errors import PezoError
from pezo_hw.explore import Journal, Request, candidates_of, measure_all, parse_space
from pezo_hw.explore.executors import cluster, processes
from tests.explore.spaces import SMALL
from tests.explore.test_run import Here

REQUEST = Request(length=20)


def own_id(_: object = None) -> int:
    return os.getpid()


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def is_alive(process: int) -> bool:
    return Path(f"/proc/{process}/cmdline").exists()


@pytest.mark.slow
def test_processes_are_gone_with_the_block():
    """Whatever they are at: it is not waited for."""
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), processes(1) as executor:
        worker = executor.submit(own_id).result()
        assert worker != os.getpid()
        executor.submit(sleep, 600)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 60
    assert not is_alive(worker)


class Killing(Executor):
    """Hands on to another executor, and kills the worker of a measurement in mid-run."""

    def __init__(self, executor: Executor, workers: list[int]) -> None:
        self.executor, self.workers, self.submitted = executor, workers, 0

    def submit(self, fn, /, *args, **kwargs) -> Future:
        self.submitted += 1
        if self.submitted == 4:
            os.kill(self.workers[0], signal.SIGKILL)
        return self.executor.submit(fn, *args, **kwargs)


@pytest.mark.slow
def test_a_cluster_of_two_of_which_one_is_killed(tmp_path: Path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    candidates = candidates_of(parse_space(SMALL, name="small")).found
    with Journal.open(tmp_path / "here") as journal:
        expected = measure_all(candidates, REQUEST, Here(), workers=1, journal=journal)
    local = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    )
    with (
        local,
        cluster(local.scheduler_address) as (executor, threads),
        Journal.open(tmp_path / "there") as journal,
    ):
        assert threads == 2
        with monkeypatch.context() as changed:
            changed.setattr(distributed.Client, "run", lambda *_: {"tcp://worker": "another"})
            of_another = pytest.raises(PezoError, match="is not of this package")
            with of_another, cluster(local.scheduler_address):
                pass
        workers = [worker.pid for worker in local.workers.values()]
        killing = Killing(executor, workers)
        found = measure_all(candidates, REQUEST, killing, workers=threads, journal=journal)
        assert killing.submitted == len(candidates)
        assert not is_alive(workers[0])
    assert found == expected


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_one_line(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("pezo_hw.explore.executors._PATIENCE_SECONDS", 1)
    for address in ("tcp://127.0.0.1:1", "nowhere"):
        with pytest.raises(PezoError, match=rf"--scheduler {address}: ") as error, cluster(address):
            pass
        assert "\n" not in str(error.value)


AT_ITS_IMPORTS = """
import os, signal, sys, time
from pathlib import Path

here = Path(sys.argv[1])
if __name__ == "__mp_main__":  # in a worker, before anything of ours is there
    here.touch()
    time.sleep(0.2)
if __name__ == "__main__":
    from pezo_hw.explore.executors import processes

    requests = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    heard = []
    for number in requests:
        signal.signal(number, lambda number, _: heard.append(number))
    with processes(1) as pool:
        future = pool.submit(int, "7")
        while not here.exists():
            time.sleep(0.01)
        for number in requests:
            os.killpg(0, number)
        print(future.result(), len(heard))
"""


@pytest.mark.slow
def test_a_terminal_s_interruption_is_not_for_workers_not_even_at_their_imports(tmp_path: Path):
    script = tmp_path / "script.py"
    script.write_text(AT_ITS_IMPORTS)
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "here")],
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("7 3\n", "", 0)
