"""Fashion-MNIST, or any other data set in MNIST's four files, read from a folder."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...errors import PezoError
from ...tools.files import open_regular
from ..source import hash_of

FOLDER = Path("/usr/share/datasets/fashion-mnist")
SIDE = 28
VALIDATION = 5000
_PACKAGE = "the Debian package dataset-fashion-mnist, or --data and a folder with its four files"
# The number of dimensions is the last byte; 8 says that entries are unsigned bytes.
_BYTES = 0x0800
_MOST_IMAGES = 1 << 20


class Part(NamedTuple):
    """Images, uint8 of shape (N, 28, 28), and labels, uint8 of shape (N,)."""

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def batch(self, size: int, key: tuple[int, int]) -> Part:
        """``size`` images drawn with replacement; the same key gives the same ones."""
        chosen = np.random.default_rng(key).integers(0, len(self.labels), size)
        return Part(self.images[chosen], self.labels[chosen])


class Fashion(NamedTuple):
    """The data set, split.

    Attributes
    ----------
    training : Part
        The training images but the last 5000.
    validation : Part
        Those, which decide what settings are best.
    test : Part
        The test images, which the tables are about.
    """

    training: Part
    validation: Part
    test: Part

    @property
    def fingerprint(self) -> str:
        """Of every image and label."""
        return hash_of(*(array.tobytes() for part in self for array in part))


def read_fashion(folder: Path = FOLDER) -> Fashion:
    """Reads the four files, packed by gzip.

    Raises
    ------
    PezoError
        Naming the folder or file where one is missing or is not what it should be.
    """
    if not folder.is_dir():
        raise PezoError(f"{folder}: no such folder; allowed: {_PACKAGE}")
    training, test = (_read_part(folder, prefix) for prefix in ("train", "t10k"))
    if len(training.labels) <= VALIDATION:
        found = f"{len(training.labels)} training images"
        raise PezoError(f"{folder}: {found} are not allowed; allowed: more than {VALIDATION}")
    return Fashion(
        training=Part(*(array[:-VALIDATION] for array in training)),
        validation=Part(*(array[-VALIDATION:] for array in training)),
        test=test,
    )


def _read_part(folder: Path, prefix: str) -> Part:
    images = _read_array(folder / f"{prefix}-images-idx3-ubyte.gz", (SIDE, SIDE))
    labels = _read_array(folder / f"{prefix}-labels-idx1-ubyte.gz", ())
    if not 0 < len(images) == len(labels) or labels.max() > 9:
        found = f"{len(images)} images with {len(labels)} labels in {prefix}-*"
        raise PezoError(f"{folder}: {found}; allowed: a label from 0 to 9 for each of the images")
    return Part(images, labels)


def _read_array(path: Path, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """An IDX file of unsigned bytes whose entries have this shape, not a byte more or less."""
    try:
        with open_regular(path) as file, gzip.GzipFile(fileobj=file) as unpacked:
            header = np.frombuffer(unpacked.read(4 * (2 + len(shape))), ">u4")
            magic = _BYTES + 1 + len(shape)
            if header[0] != magic or tuple(header[2:]) != shape or header[1] > _MOST_IMAGES:
                raise ValueError
            size = int(header[1]) * int(np.prod(shape, dtype=np.int64))
            content = unpacked.read(size + 1)
        return np.frombuffer(content, np.uint8).reshape(int(header[1]), *shape)
    except OSError as error:
        reason = error.strerror or "not packed by gzip"
        raise PezoError(f"{path}: {reason}; allowed: {_PACKAGE}") from None
    except (ValueError, IndexError, EOFError, zlib.error):
        kind = f"an IDX file of bytes, entries of {'x'.join(map(str, shape)) or '1'}"
        raise PezoError(f"{path}: damaged, or of another kind; allowed: {kind}") from None
