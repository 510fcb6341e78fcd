"""A resumed run is the run that was not interrupted, bit for bit (NumPy; torch: test_torch)."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.tools.completeness import add_seal
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters, read_checkpoint, write_checkpoint
from pezo_hw.training.sources import GaussianSource, RademacherSource, find_source, source_names
from tests.corruption import corruptions, no_files

SETTINGS = ZOSGDParameters(
    learning_rate=0.02, epsilon=0.01, queries=2, weight_decay=0.01, schedule="cosine", steps=30
)


class Renamed:
    """A source of somebody else's, which says nothing of its numbers."""

    def __init__(self, source, name: str) -> None:
        self.source, self.name = source, name

    def add_(self, tensors, scale: float, position: int) -> int:
        return self.source.add_(tensors, scale, position)


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
    scale = 1e-4 if name == "integer-uniform" else 1.0  # else it overflows a float16
    settings = replace(SETTINGS, learning_rate=0.02 * scale)
    whole, first, second = (Run(find_source(name), dtype, settings) for _ in range(3))
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
        (lambda: Run(Renamed(RademacherSource(), "gaussian")), "source"),
    ],
    ids=["seed", "distribution", "type", "settings", "name"],
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


POOL = """[perturbation]
strategy = "pre-generated"
[pre-generated]
pool = 90
lanes = 45
values = "pool.npy"
"""


def stream_run(folder: Path, text: str, values=None) -> Run:
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text(text)
    if values is not None:
        np.save(folder / "pool.npy", values)
    return Run(find_source(str(folder / "mine.toml")))


FLY = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 5\nwidth = 6\n'


@pytest.mark.parametrize(
    "text", ["seed = 2\n", "lanes = 6\n", "rotate = false\n", "[scaling]\ngain = 2.0\n"]
)
def test_the_name_of_a_configuration_is_not_its_content(text: str, tmp_path: Path):
    run = stream_run(tmp_path / "a", FLY)
    run.train(1)
    write_checkpoint(tmp_path / "run.npz", run.optimizer)
    with pytest.raises(PezoError, match=r"run\.npz: source = .*mine.* allowed: .*mine"):
        read_checkpoint(tmp_path / "run.npz", stream_run(tmp_path / "b", FLY + text).optimizer)


def test_a_pool_is_its_numbers(tmp_path: Path):
    values = np.linspace(-0.9, 0.9, 90)
    run = stream_run(tmp_path / "a", POOL, values)
    write_checkpoint(tmp_path / "run.npz", run.optimizer)
    other = values.copy()
    other[71] = 0.25
    with pytest.raises(PezoError, match="source = "):
        read_checkpoint(tmp_path / "run.npz", stream_run(tmp_path / "b", POOL, other).optimizer)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "other.toml").write_text(POOL.replace("pool.npy", "elsewhere.npy"))
    np.save(tmp_path / "c" / "elsewhere.npy", values)
    same = Run(find_source(str(tmp_path / "c" / "other.toml")))
    assert same.optimizer.source.name == "other"
    read_checkpoint(tmp_path / "run.npz", same.optimizer)


def test_what_is_resolved_to_the_same_numbers_is_the_same_stream(tmp_path: Path):
    run = stream_run(tmp_path / "a", FLY)
    write_checkpoint(str(tmp_path / "run.npz"), run.optimizer)
    for text in ("seed = 1\nlanes = 5\n", "taps = [6, 5]\nrotate = true\n"):
        same = stream_run(tmp_path / "b", FLY + text + "[system]\ncount_bits = 20\n")
        read_checkpoint(str(tmp_path / "run.npz"), same.optimizer)


def test_a_name_without_a_folder(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = Run(GaussianSource())
    write_checkpoint("ck", run.optimizer)
    read_checkpoint("ck", run.optimizer)
    assert [path.name for path in tmp_path.iterdir()] == ["ck"]
    with pytest.raises(PezoError, match="Is a directory"):
        read_checkpoint(tmp_path, run.optimizer)


def test_an_archive_that_says_it_is_huge_is_not_read(tmp_path: Path):
    run, file = Run(GaussianSource()), tmp_path / "run.npz"
    write_checkpoint(file, run.optimizer)
    for dtype, shape in (("<f4", (1 << 40,)), ("|O", (3, 4)), (">f4", (3, 4)), ("<f8", (3, 4))):
        header = BytesIO()
        description = {"descr": dtype, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(header, description)
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(tmp_path / "new", "w") as new:
            for name in old.namelist():
                content = old.read(name)
                new.writestr(name, header.getvalue() if name == "weight0.npy" else content)
        add_seal(tmp_path / "new")
        with pytest.raises(PezoError, match="not a checkpoint, or damaged"):
            read_checkpoint(tmp_path / "new", run.optimizer)


def test_whatever_is_damaged_is_refused_and_nothing_changes(tmp_path: Path):
    run, other = Run(GaussianSource()), Run(GaussianSource())
    run.train(3)
    path = tmp_path / "run.npz"
    write_checkpoint(path, run.optimizer)
    kept = path.read_bytes()
    before, saved = other.flat().tolist(), other.optimizer.save()
    for damaged in corruptions(kept, 400):
        path.write_bytes(damaged)
        with pytest.raises(PezoError, match=r"run\.npz: not a checkpoint, or damaged; allowed: "):
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
