"""A run comes again out of its log, bit for bit; a log that is no log is one line."""

import json
import zlib
from contextlib import suppress

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.tools.completeness import with_seal, without_seal
from pezo_hw.training import (
    ZOSGD,
    Weights,
    ZOSGDParameters,
    begin_log,
    read_log,
    replay,
    write_log,
)
from pezo_hw.training.sources import GaussianSource, find_source
from tests.corruption import corruptions, no_files
from tests.interruptions import Interruptions

STREAM = find_source("paper-roberta")
SETTINGS = {
    "plain": {},
    "queries": {"queries": 3, "clip": 0.5, "weight_decay": 0.1},
    "momentum": {"momentum": 0.8, "memory": 4, "schedule": "cosine", "steps": 30},
    "one side": {"two_sided": False, "warmup": 5},
    "conservative": {"choice": "conservative", "learning_rate": 0.001},
}


class Case:
    """Two groups in three tensors, the second's rate changed by hand in the middle."""

    def __init__(self, dtype=np.float32, source=STREAM, **settings) -> None:
        generator = np.random.default_rng(3)
        self.w = [generator.normal(0, 0.1, size).astype(dtype) for size in (300, 40, 7)]
        self.groups = [{"params": self.w[:2]}, {"params": self.w[2:], "lr": 0.02, "epsilon": 0.03}]
        self.weights = Weights.of_groups(self.groups)
        parameters = ZOSGDParameters(**{"learning_rate": 0.01, "epsilon": 0.01, **settings})
        self.optimizer = ZOSGD(self.weights, source, parameters, position=5)

    def train(self, steps: int) -> None:
        for _ in range(steps):
            if self.optimizer.steps_done == 6:
                self.groups[1]["lr"] = 0.01
            self.optimizer.step(lambda: sum(float(np.sum((w - 1.0) ** 2)) for w in self.w))

    def bits(self) -> list[bytes]:
        return [w.tobytes() for w in self.w]


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("source", [STREAM, GaussianSource()], ids=lambda source: source.name)
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_a_run_comes_again(name: str, source, dtype, tmp_path):
    run = Case(dtype, source, **SETTINGS[name])
    run.train(3)
    start = [w.copy() for w in run.w]
    begin_log(run.optimizer)
    run.train(8)
    write_log(tmp_path / "log", run.optimizer)
    again = Case(dtype, source)
    for w, its_start in zip(again.w, start, strict=True):
        w[:] = its_start
    before, count = again.bits(), []
    log = read_log(tmp_path / "log")
    replay(log, again.weights, on_step=lambda: count.append(1))
    assert again.bits() == run.bits() != before
    assert len(count) == 8
    assert log.steps == run.optimizer.log.steps
    assert log.head == run.optimizer.log.head


def test_the_log_of_a_language_model_is_small(tmp_path):
    """1,000 steps of MiniLM's 22.7 M weights under 20 kB; here its tensors, and no arithmetic."""
    shapes = [384 * 30522, 384 * 512, 2 * 384, 384, 384]
    shapes += 6 * [384**2, 384, 384**2, 384, 384**2, 384, 384**2, 384, 384, 384]
    shapes += 6 * [4 * 384**2, 4 * 384, 4 * 384**2, 384, 384, 384]

    class Counting:
        name, fingerprint = "counting", "0" * 32

        def add_(self, tensors, scale, position: int) -> int:
            return position + sum(len(tensor) for tensor in tensors) // 31 + 1

    assert sum(shapes) > 22_000_000
    zeros = np.zeros(sum(shapes), np.float16)
    tensors = np.split(zeros, np.cumsum(shapes)[:-1])
    random = np.random.default_rng(0)
    settings = ZOSGDParameters(schedule="linear", steps=1000)
    optimizer = ZOSGD(Weights(tensors=tensors), Counting(), settings)
    log = begin_log(optimizer)
    weights = optimizer.weights.current()
    from pezo_hw.training.pace import paces_of
    from pezo_hw.training.replay_log import LoggedStep

    for step in range(1000):
        queries = ((step * (sum(shapes) // 31 + 1), float(random.normal())),)
        log.record(step, weights, LoggedStep.of(queries, paces_of(weights, settings, step), 1))
    optimizer.steps_done = 1000
    said = write_log(tmp_path / "log", optimizer)
    size = (tmp_path / "log").stat().st_size
    assert size < 20_000
    assert said == f"1,000 steps in {size:,} bytes, 17.0 a step"
    assert read_log(tmp_path / "log").steps == log.steps


def test_what_was_taken_back_is_in_no_log(tmp_path):
    whole, run = Case(), Case()
    whole.train(12)
    begin_log(run.optimizer)
    for k in range(1, 40):
        Interruptions([700 * k]).run(lambda: run.train(1))
    run.train(max(0, 12 - run.optimizer.steps_done))
    whole.train(run.optimizer.steps_done - 12)
    write_log(tmp_path / "log", run.optimizer)
    again = Case()
    replay(read_log(tmp_path / "log"), again.weights)
    assert again.bits() == run.bits() == whole.bits()


def test_a_replay_that_is_cut_short_leaves_the_weights():
    run, again = Case(), Case()
    log = begin_log(run.optimizer)
    run.train(4)
    before = again.bits()
    counter = Interruptions()
    counter.run(lambda: replay(log, Case().weights))
    for k in range(1, counter.count, counter.count // 40):
        Interruptions([k]).run(lambda again=again: replay(log, again.weights))
        assert again.bits() in (before, run.bits())
        if again.bits() != before:
            again = Case()


def test_a_log_of_something_else_is_refused(tmp_path):
    run = Case()
    log = begin_log(run.optimizer)
    run.train(2)
    for other, source, what in (
        (Case(), GaussianSource(), "source"),
        (Case(np.float64), STREAM, "types and sizes"),
        (run, STREAM, "weights"),
    ):
        before = other.bits()
        with pytest.raises(PezoError, match=f"^{what}.* is not allowed; allowed: .* in the log"):
            replay(log, other.weights, source)
        assert other.bits() == before
    write_log(tmp_path / "log", run.optimizer)
    lying, other = read_log(tmp_path / "log"), Case()
    lying.end = "0" * 32
    before = other.bits()
    with pytest.raises(PezoError, match=r"^trained weights = "):
        replay(lying, other.weights)
    assert other.bits() == before
    with pytest.raises(PezoError, match="exact_restore"):
        begin_log(Case(exact_restore=False).optimizer)
    with pytest.raises(PezoError, match="without a log"):
        write_log(tmp_path / "none", Case().optimizer)
    run.optimizer.steps_done = 7
    with pytest.raises(PezoError, match="from step 0 to 2, and the run stands at 7"):
        run.train(1)


def test_a_damaged_log_is_refused(tmp_path):
    run, path = Case(), tmp_path / "log"
    begin_log(run.optimizer)
    run.train(3)
    write_log(path, run.optimizer)
    kept = path.read_bytes()
    for damaged in corruptions(kept, 200):
        path.write_bytes(damaged)
        with pytest.raises(PezoError, match=r"log: not a log, or damaged; allowed: a file of "):
            read_log(path)
    path.write_bytes(kept)
    for _ in no_files(path):
        with pytest.raises(PezoError, match=r"log: .*; allowed: a file of write_log"):
            read_log(path)


def test_a_hostile_log_with_a_seal_is_one_line(tmp_path):
    """Whatever is changed under the seal is read as steps, or refused; memory stays bounded."""
    run, path = Case(), tmp_path / "log"
    begin_log(run.optimizer)
    run.train(3)
    write_log(path, run.optimizer)
    content = without_seal(path.read_bytes())
    refused = 0
    for damaged in corruptions(content, 300):
        path.write_bytes(with_seal(damaged))
        other = Case()
        before = other.bits()
        with suppress(PezoError):
            replay(read_log(path), other.weights)
        assert other.bits() in (before, run.bits())
        refused += other.bits() == before
    assert refused > 200
    start = len(b"pezo replay log 1\n") + 4
    size = int.from_bytes(content[start - 4 : start], "little")
    head = json.loads(zlib.decompress(content[start : start + size]))
    steps = content[start + size :]
    for change in (
        {"queries": 1 << 60},
        {"queries": 0},
        {"first_step": -1},
        {"momentum": "1"},
        {"momentum": 1e300},
        {"memory": 0},
        {"history": [[[1]]]},
        {"source": 7},
        {"more": 1},
        {"begin": None},
        {"end": "x" * (1 << 23)},
    ):
        text = zlib.compress(json.dumps(head | change).encode())
        new = content[: start - 4] + len(text).to_bytes(4, "little") + text + steps
        path.write_bytes(with_seal(new))
        with pytest.raises(PezoError, match="log: ") as error:
            read_log(path)
        assert "\n" not in str(error.value)
