"""Whatever is raised at whatever instruction: the weights of before the step, or of after it."""

import random
import signal

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters, read_checkpoint, write_checkpoint
from pezo_hw.training.rollback import insist
from pezo_hw.training.sources import GaussianSource, find_source
from tests.cases import mostly_slow
from tests.interruptions import Interruptions

STREAM = find_source("paper-roberta")
SIZES = (300, 40, 7)


class Case:
    """A step of two queries with weight decay, again and again from the same weights."""

    def __init__(self, library: str, source=STREAM, **settings) -> None:
        generator = np.random.default_rng(1)
        arrays = [generator.normal(0, 0.02, size).astype(np.float32) for size in SIZES]
        if library == "torch":
            torch = pytest.importorskip("torch")
            self.tensors = [torch.from_numpy(array).to(torch.bfloat16) for array in arrays]
        else:
            self.tensors = arrays
        parameters = ZOSGDParameters(learning_rate=1e-3, queries=2, weight_decay=0.01, **settings)
        self.optimizer = ZOSGD(Weights(tensors=self.tensors), source, parameters)

    def loss(self) -> float:
        return float(sum((tensor**2).sum() for tensor in self.tensors))

    def step(self) -> None:
        self.optimizer.step(self.loss)

    def bits(self) -> bytes:
        """Read without a line of the package."""
        if isinstance(self.tensors[0], np.ndarray):
            return b"".join(tensor.tobytes() for tensor in self.tensors)
        return repr([tensor.view(-1).double().tolist() for tensor in self.tensors]).encode()


CASES = {
    "stream, NumPy": lambda: Case("numpy"),
    "stream, PyTorch": lambda: Case("torch"),
    "Gaussian, NumPy": lambda: Case("numpy", GaussianSource()),
    "Gaussian, PyTorch": lambda: Case("torch", GaussianSource()),
    "there and back": lambda: Case("numpy", exact_restore=False),
}


@pytest.mark.parametrize("times", mostly_slow([1, 2, 4], 4))
@pytest.mark.parametrize("name", CASES)
def test_no_weight_is_off_after_interruptions_at_random_instructions(name: str, times: int):
    """In all 1,050 single ones, 400 double ones and 150 fourfold ones."""
    CASES[name]().step()  # imports, and what is computed once
    whole, counter = CASES[name](), Interruptions()
    before = whole.bits()
    counter.run(whole.step)
    ends = {0: before, 1: whole.bits()}
    assert ends[0] != ends[1]
    generator, raised = random.Random(times), 0
    runs = {1: 210, 2: 80, 4: 30}[times]
    for _ in range(runs):
        at = [generator.randint(1, counter.count)]
        while len(at) < times:  # most of them in the handlers of the one before
            at.append(at[-1] + generator.randint(1, generator.choice([8, 60, 1500])))
        case, interruptions = CASES[name](), Interruptions(at)
        interruptions.run(case.step)
        assert case.bits() == ends[case.optimizer.steps_done], at
        assert case.optimizer.position == (case.optimizer.steps_done and whole.optimizer.position)
        raised += interruptions.raised
    assert raised > 0.6 * times * runs


def test_what_was_interrupted_goes_on_as_if_nothing_had_happened():
    whole, other = Case("numpy"), Case("numpy")
    for k in range(1, 30):
        Interruptions([500 * k]).run(other.step)
        other.optimizer.steps_done = other.optimizer.steps_done
    while whole.optimizer.steps_done < other.optimizer.steps_done + 3:
        whole.step()
    while other.optimizer.steps_done < whole.optimizer.steps_done:
        other.step()
    assert whole.bits() == other.bits()


@pytest.mark.parametrize("source", [STREAM, GaussianSource()], ids=lambda source: source.name)
@pytest.mark.parametrize("which", [0, 1, 2, 3])
@pytest.mark.parametrize("error", [MemoryError, SystemExit, GeneratorExit, KeyboardInterrupt])
def test_whatever_a_loss_raises(source, which: int, error: type[BaseException]):
    case = Case("numpy", source)
    before, calls = case.bits(), iter(range(4))

    def loss() -> float:
        if next(calls) == which:
            if error is KeyboardInterrupt:
                signal.raise_signal(signal.SIGINT)
            raise error
        return case.loss()

    with pytest.raises(error):
        case.optimizer.step(loss)
    assert case.bits() == before
    assert case.optimizer.save() == {"step": 0, "position": 0}


class Breaking:
    """A source of somebody else's that fails in the middle of its k-th perturbation."""

    name = "breaking"

    def __init__(self, at: int) -> None:
        self.left = at

    def add_(self, tensors, scale: float, position: int) -> int:
        self.left -= 1
        tensors[0] += scale
        if self.left == 0:
            raise OSError("gone")
        return position + 1


def test_a_source_that_fails_half_way():
    for at in range(1, 7):
        case = Case("numpy", Breaking(at))
        before = case.bits()
        with pytest.raises(OSError, match="gone"):
            case.step()
        assert case.bits() == before
        assert case.optimizer.save() == {"step": 0, "position": 0}


# A file that was opened at the very instruction is closed by the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_checkpoint_is_read_whole_or_not_at_all(tmp_path):
    case = Case("numpy")
    case.step()
    write_checkpoint(tmp_path / "run.npz", case.optimizer)
    stepped, fresh, counter = case.bits(), Case("numpy").bits(), Interruptions()
    counter.run(lambda: read_checkpoint(tmp_path / "run.npz", Case("numpy").optimizer))
    seen = set()
    for k in range(counter.count, 0, -counter.count // 100):
        other = Case("numpy")
        Interruptions([k]).run(lambda o=other: read_checkpoint(tmp_path / "run.npz", o.optimizer))
        seen.add(other.optimizer.steps_done)
        assert other.bits() == (stepped if other.optimizer.steps_done else fresh)
    assert seen == {0, 1}


def test_nothing_else_is_done_inside_a_step(tmp_path):
    case = Case("numpy")
    before = case.bits()
    for forbidden in (
        case.step,
        case.optimizer.save,
        lambda: write_checkpoint(tmp_path / "run.npz", case.optimizer),
        lambda: setattr(case.optimizer, "position", 3),
    ):
        with pytest.raises(PezoError, match="a step is under way"):
            case.optimizer.step(lambda forbidden=forbidden: forbidden() or 1.0)
        assert case.bits() == before
    assert not (tmp_path / "run.npz").exists()


def test_what_cannot_be_taken_back_is_said_and_can_be_taken_back_later(monkeypatch):
    case = Case("numpy", GaussianSource())
    before = case.bits()

    def no_memory(self) -> None:
        raise MemoryError

    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr("pezo_hw.training.tensors.Snapshot.restore", no_memory)
        case.optimizer.step(lambda: 1 / 0)
    assert case.bits() != before
    with pytest.raises(PezoError, match="recover"):
        case.step()
    case.optimizer.recover()
    assert case.bits() == before
    case.optimizer.recover()
    case.step()


def test_an_action_is_run_until_it_gets_through():
    left = [3]

    def action() -> None:
        left[0] -= 1
        if left[0]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        insist(action)
    assert left == [0]
