"""A resumed run is the run that was not interrupted, bit for bit (NumPy; torch: test_torch)."""

from pathlib import Path

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters, read_checkpoint, write_checkpoint
from pezo_hw.training.sources import GaussianSource, find_source, source_names
from tests.corruption import corruptions, no_files

SETTINGS = ZOSGDParameters(
    learning_rate=0.02, epsilon=0.01, queries=2, weight_decay=0.01, schedule="cosine", steps=30
)


class Run:
    """A run whose batches depend on the step alone."""

    def __init__(self, source, dtype=np.float32, settings=SETTINGS) -> None:
        self.w = [np.ones((3, 4), dtype), np.zeros(5, dtype)]
        self.optimizer = ZOSGD(Weights(tensors=self.w), source, settings, position=11)

    def train(self, steps: int) -> None:
        for _ in range(steps):
            target = np.random.default_rng(self.optimizer.steps_done).normal(size=17)
            self.optimizer.step(lambda target=target: np.sum((self.flat() - target) ** 2))

    def flat(self) -> np.ndarray:
        return np.concatenate([tensor.reshape(-1) for tensor in self.w]).astype(np.float64)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("name", source_names())
def test_resumed_is_uninterrupted(name: str, dtype, tmp_path: Path):
    whole, first, second = (Run(find_source(name), dtype) for _ in range(3))
    whole.train(20)
    first.train(10)
    write_checkpoint(tmp_path / "run.npz", first.optimizer)
    first.train(1)  # what happens after the checkpoint does not matter
    read_checkpoint(tmp_path / "run.npz", second.optimizer)
    middle = second.flat().tolist()
    second.train(10)
    assert middle != second.flat().tolist()
    assert [w.tobytes() for w in second.w] == [w.tobytes() for w in whole.w]
    assert second.optimizer.save() == whole.optimizer.save()


@pytest.mark.parametrize(
    ("other", "key"),
    [
        (lambda: Run(GaussianSource(seed=3)), "source"),
        (lambda: Run(find_source("rademacher")), "source"),
        (lambda: Run(GaussianSource(), np.float64), "weights"),
        (lambda: Run(GaussianSource(), settings=ZOSGDParameters()), "parameters"),
    ],
    ids=["seed", "distribution", "type", "settings"],
)
def test_a_checkpoint_of_another_run_is_refused(other, key: str, tmp_path: Path):
    run = Run(GaussianSource())
    run.train(3)
    write_checkpoint(tmp_path / "run.npz", run.optimizer)
    resumed = other()
    before = resumed.flat().tolist()
    with pytest.raises(PezoError, match=rf"run\.npz: {key} = .* is not allowed; allowed: "):
        read_checkpoint(tmp_path / "run.npz", resumed.optimizer)
    assert resumed.flat().tolist() == before
    assert resumed.optimizer.save() == {"step": 0, "position": 11}


def test_files_that_are_no_checkpoint(tmp_path: Path):
    run = Run(GaussianSource())
    (tmp_path / "text.npz").write_text("no")
    np.savez(tmp_path / "other.npz", a=np.zeros(2))
    np.savez(tmp_path / "list.npz", run=np.array("[1]"))
    for name, reason in [
        ("text.npz", "not a checkpoint"),
        ("other.npz", "not a checkpoint"),
        ("list.npz", "not a checkpoint"),
        ("none.npz", "No such file"),
    ]:
        with pytest.raises(PezoError, match=f"{name}: {reason}"):
            read_checkpoint(tmp_path / name, run.optimizer)


def test_whatever_is_damaged_is_refused_and_nothing_changes(tmp_path: Path):
    run, other = Run(GaussianSource()), Run(GaussianSource())
    run.train(3)
    path = tmp_path / "run.npz"
    write_checkpoint(path, run.optimizer)
    kept = path.read_bytes()
    before, saved = other.flat().tolist(), other.optimizer.save()
    for damaged in corruptions(kept, 400):
        path.write_bytes(damaged)
        with pytest.raises(PezoError, match=r"run\.npz: not a checkpoint; allowed: "):
            read_checkpoint(path, other.optimizer)
        assert other.flat().tolist() == before
        assert other.optimizer.save() == saved
    path.write_bytes(kept)
    read_checkpoint(path, other.optimizer)
    assert other.flat().tolist() == run.flat().tolist()


def test_what_is_no_file_is_refused(tmp_path: Path):
    run = Run(GaussianSource())
    path = tmp_path / "run.npz"
    write_checkpoint(path, run.optimizer)
    for _ in no_files(path):
        with pytest.raises(PezoError, match=r"run\.npz: .*; allowed: a file of write_checkpoint"):
            read_checkpoint(path, run.optimizer)
