"""Tensors out of NumPy's reach: the same bits, on the path that a GPU's take, here on the CPU.

Where there is a GPU, it is asked as well.
"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pezo_hw import PezoError  # noqa: E402
from pezo_hw.fast import weights as fast_weights  # noqa: E402
from pezo_hw.fast.exact import ExactPerturbation  # noqa: E402
from pezo_hw.fast.exact_update import ExactUpdate  # noqa: E402
from pezo_hw.fast.perturb import perturb_  # noqa: E402
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters  # noqa: E402
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters  # noqa: E402
from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters  # noqa: E402
from pezo_hw.training.stream_source import StreamSource  # noqa: E402
from tests.interruptions import Interruptions  # noqa: E402
from tests.making import generator_of  # noqa: E402

TYPES = [torch.float32, torch.float64, torch.float16, torch.bfloat16]
STREAMS = {
    # Of periods that a tensor has several of, so that rows repeat them, and of a longer one.
    "short": generator_of(OnTheFlyParameters(rngs=19, width=5)).fast_stream(),
    "long": generator_of(OnTheFlyParameters()).fast_stream(),
    "pool": generator_of(PreGeneratedParameters(lanes=44, leftover="number")).fast_stream(),
}
DEVICES = ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
BITS = {2: torch.int16, 4: torch.int32, 8: torch.int64}


@pytest.fixture
def on_device(monkeypatch):
    """From here on no tensor is in NumPy's reach."""
    return lambda: monkeypatch.setattr(fast_weights, "is_host", lambda tensor: False)


def tensors_of(dtype, device: str = "cpu") -> list:
    """Of every layout; magnitudes from subnormal to large, zeros of both signs, infinities."""
    generator = torch.Generator().manual_seed(1)
    drawn = [torch.randn(size, generator=generator, dtype=torch.float64) * 0.02 for size in SHAPES]
    drawn[0][:6] = torch.tensor([0.0, -0.0, torch.inf, -torch.inf, 1e-42, 6e4])
    held = [tensor.to(dtype).to(device) for tensor in drawn]
    held[2] = held[2].T.contiguous().T
    held[3] = held[3].to(memory_format=torch.channels_last)
    wide = torch.zeros((40, 14), dtype=dtype, device=device)
    wide[:, ::2] = held[4]
    return [*held[:4], wide[:, ::2], *held[5:]]


SHAPES = [(70_001,), (), (300, 301), (6, 5, 4, 3), (40, 7), (0, 3)]


def plain(tensor) -> np.ndarray:
    """The bits in logical order, by PyTorch alone."""
    return tensor.detach().cpu().contiguous().view(BITS[tensor.dtype.itemsize]).reshape(-1).numpy()


def same(ours: list, theirs: list) -> bool:
    return all(map(np.array_equal, map(plain, ours), map(plain, theirs)))


def contiguous(tensors: list) -> list:
    return [
        tensor.detach().cpu().clone(memory_format=torch.contiguous_format) for tensor in tensors
    ]


def test_the_layouts_are_what_they_are_called():
    assert [tensor.is_contiguous() for tensor in tensors_of(torch.float32)] == [
        *(True, True, False, False, False, True)
    ]


@pytest.mark.parametrize("dtype", TYPES, ids=str)
@pytest.mark.parametrize("forced", [False, True], ids=["NumPy", "PyTorch"])
@pytest.mark.parametrize("name", STREAMS)
def test_every_layout_in_logical_order(name: str, dtype, forced: bool, on_device):
    """Against NumPy's path on contiguous copies, which is compared with the golden sequence."""
    stream = STREAMS[name]
    for device in DEVICES if forced else ["cpu"]:
        tensors = tensors_of(dtype, device)
        expected = contiguous(tensors)
        for scale in (1e-3, [0.5, 1, -2, 1e-30, 3e-5, 7]):
            following = perturb_(expected, scale, stream, 10**6)
            with pytest.MonkeyPatch.context() as patch:
                if forced:
                    patch.setattr(fast_weights, "is_host", lambda tensor: False)
                assert perturb_(tensors, scale, stream, 10**6) == following
            assert same(tensors, expected)
        assert not same(tensors, tensors_of(dtype))


@pytest.mark.parametrize("dtype", TYPES, ids=str)
@pytest.mark.parametrize("name", ["short", "long"])
def test_there_and_back(name: str, dtype, on_device):
    on_device()
    for device in DEVICES:
        tensors, stream = tensors_of(dtype, device), STREAMS[name]
        up, down = tensors_of(dtype, device), tensors_of(dtype, device)
        perturb_(up, 1e-3, stream, 9)
        perturb_(down, -1e-3, stream, 9)
        exact = ExactPerturbation(tensors, 1e-3, stream, 9)
        for move, expected in ((exact.plus, up), (exact.minus, down), (exact.plus, up)):
            move()
            assert same(tensors, expected)
        assert 0 < exact.log_bytes <= sum(t.numel() * t.dtype.itemsize for t in tensors)
        exact.restore()
        assert same(tensors, tensors_of(dtype))


@pytest.mark.parametrize("dtype", TYPES, ids=str)
def test_updates(dtype, on_device):
    stream, terms = STREAMS["short"], [(1e-3, 5), ([1e-2, 0, -1.0, 1, 2, 3], 10**12)]
    keeps = [0.9, 1.0, 0.5, 1.0, 0.0, 1.0]
    expected = contiguous(tensors_of(dtype))
    theirs = ExactUpdate(expected, terms, stream, keeps)
    theirs.apply()
    on_device()
    for device in DEVICES:
        tensors = tensors_of(dtype, device)
        update = ExactUpdate(tensors, terms, stream, keeps)
        update.apply()
        assert same(tensors, expected)
        assert update.changed_count == theirs.changed_count
        update.restore()
        assert same(tensors, tensors_of(dtype))


@pytest.mark.parametrize("dtype", TYPES, ids=str)
def test_every_pattern_of_bits_comes_back(dtype, on_device):
    on_device()
    generator = torch.Generator().manual_seed(3)
    size = dtype.itemsize
    patterns = torch.randint(0, 256, (1 << 17,), generator=generator, dtype=torch.uint8)
    if size == 2:
        patterns = torch.arange(1 << 16, dtype=torch.int32).to(torch.int16).view(torch.uint8)
    for device in DEVICES:
        weights = patterns.view(dtype).clone().to(device)
        with ExactPerturbation([weights], 1e-3, STREAMS["short"]) as exact:
            exact.plus()
            exact.minus()
        assert torch.equal(weights.cpu().view(torch.uint8), patterns)


def test_a_move_that_is_cut_short_anywhere_is_restored(on_device):
    on_device()
    tensors = [torch.full((40,), 0.03), torch.full((6, 7), 0.03).T]
    before = [tensor.clone() for tensor in tensors]

    def moves(exact) -> None:
        for move in (exact.plus, exact.minus, exact.restore, exact.plus):
            move()

    counter = Interruptions()
    counter.run(lambda: moves(ExactPerturbation(tensors, 1e-2, STREAMS["long"], 7)))
    ExactPerturbation(tensors, 1e-2, STREAMS["long"], 7)
    for tensor, original in zip(tensors, before, strict=True):
        tensor.copy_(original)
    for k in range(1, counter.count, counter.count // 50):
        exact = ExactPerturbation(tensors, 1e-2, STREAMS["long"], 7)
        Interruptions([k]).run(lambda exact=exact: moves(exact))
        Interruptions([1 + k % 90]).run(exact.restore)
        exact.restore()
        assert same(tensors, before)


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("dtype", TYPES, ids=str)
def test_training_is_the_same_run(dtype, exact: bool, on_device):
    from pezo_hw import load

    source = StreamSource(load("paper-roberta"))
    settings = ZOSGDParameters(
        learning_rate=0.01, epsilon=0.01, queries=2, weight_decay=0.1, exact_restore=exact
    )
    ends = []
    for _ in range(2):
        weights = tensors_of(dtype)[1:5]
        optimizer = ZOSGD(Weights(tensors=weights), source, settings)
        for k in range(3):
            optimizer.step(lambda w=weights, k=k: float(w[2].double().sum()) + k)
        ends.append([plain(tensor).tolist() for tensor in weights])
        on_device()
    assert ends[0] == ends[1]


def test_the_table_is_there_once_and_z_in_runs(monkeypatch, on_device):
    on_device()
    from pezo_hw.fast import device

    monkeypatch.setattr(device, "RUN", 1 << 12)
    sent, read = [], []
    making, reading = device.DeviceNumbers._sent, device.DeviceNumbers.read
    monkeypatch.setattr(
        device.DeviceNumbers, "_sent", lambda self, p: sent.append(1) or making(self, p)
    )
    monkeypatch.setattr(
        device.DeviceNumbers, "read", lambda self, f, n: read.append(n) or reading(self, f, n)
    )
    stream = generator_of(OnTheFlyParameters()).fast_stream()
    for _ in range(3):
        perturb_([torch.zeros(300_000), torch.zeros(5, 7).T], 1.0, stream)
    assert len(sent) == 1
    assert max(read) <= 1 << 12


def test_what_shares_memory_or_has_none_is_refused(on_device):
    on_device()
    weights, stream = torch.zeros(100), STREAMS["long"]
    with pytest.raises(PezoError, match="share memory"):
        ExactPerturbation([weights[:60], weights[50:]], 1.0, stream)
    ExactPerturbation([weights[:50], weights[50:]], 1.0, stream)
    with pytest.raises(PezoError, match="on meta is not allowed"):
        perturb_([torch.zeros(3, device="meta")], 1.0, stream)
