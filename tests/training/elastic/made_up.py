"""A data set that nobody has photographed, and results that no training made."""

import gzip
from pathlib import Path

import numpy as np

from pezo_hw.training.elastic.fashion import Fashion, Part
from pezo_hw.training.elastic.learner import Outcome
from pezo_hw.training.elastic.parameters import VARIANTS
from pezo_hw.training.elastic.results import Row
from pezo_hw.training.experiment.results import Score


def part(seed: int, count: int) -> Part:
    """A bright stripe that lies where the class says, on noise."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 10, count).astype(np.uint8)
    images = generator.integers(0, 60, (count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 + 2 * label : 5 + 2 * label] += 150
    return Part(images, labels)


FASHION = Fashion(training=part(1, 300), validation=part(2, 60), test=part(3, 80))


def write_idx(path: Path, array: np.ndarray) -> None:
    """An IDX file of unsigned bytes, packed by gzip."""
    header = bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape)
    path.write_bytes(gzip.compress(header + array.tobytes(), 1))


def write_fashion(folder: Path, training: int = 5040, test: int = 40) -> None:
    """The four files, of so many images."""
    for prefix, count in (("train", training), ("t10k", test)):
        images, labels = part(count, count)
        write_idx(folder / f"{prefix}-images-idx3-ubyte.gz", images)
        write_idx(folder / f"{prefix}-labels-idx1-ubyte.gz", labels)


def row(name: str, *accuracies: float, **settings: float) -> Row:
    outcomes = tuple(
        Outcome(
            score=Score(accuracy=accuracy, loss=1.0 - accuracy),
            curve=(0.1, accuracy),
            seconds=0.01 + 0.001 * index,
        )
        for index, accuracy in enumerate(accuracies)
    )
    return Row(variant=VARIANTS[name], settings=settings, outcomes=outcomes)


ROWS = [
    row("zo", 0.4, 0.5, 0.6, zo=1e-3),
    row("control-1", 0.70, 0.72, 0.74, head=1.0),
    row("elastic-1", 0.71, 0.74, 0.77, zo=1e-4, head=1.0),
    row("int8-elastic-1", 0.6, 0.6, 0.6, rate=3, head_rate=0),
]
