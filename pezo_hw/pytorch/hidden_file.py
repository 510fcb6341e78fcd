"""Hidden states in a file, which is all that it was meant to be, and of this model and these texts.

The file begins with a head: a line that says what it is, the length of a JSON text (8 bytes), the
text, spaces up to a multiple of 64 bytes. Behind it come scales and numbers, each in the machine's
little-endian order and from a multiple of 64 bytes on, and a seal over all of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import PezoError
from ..tools.completeness import add_seal, is_sealed
from ..tools.files import open_regular, replacing
from .precision import Precision

_MAGIC = b"pezo hidden states 1\n"
_LENGTH_BYTES = 8
_LONGEST_HEAD = 1 << 16
_ALIGNMENT = 64
_ALLOWED = "a file of FrozenPrefix.keep, or a path where nothing is"
Arrays = tuple[NDArray[np.float32], NDArray[Any]]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What hidden states are of, and how they are kept.

    Attributes
    ----------
    precision : str
        As `Precision` has it.
    layers : int
        How many are frozen.
    model, data : str
        Digests of the frozen layers and of the samples.
    rows, width : int
        Rows of all samples together, and the numbers of each.
    """

    precision: str
    layers: int
    model: str
    data: str
    rows: int
    width: int

    @property
    def nbytes(self) -> int:
        """Of scales and numbers."""
        kind = Precision(name=self.precision)
        return self.rows * (self.width * kind.dtype.itemsize + 4 * kind.scales)

    def empty(self) -> Arrays:
        """Room for them in memory; raises PezoError where there is none."""
        kind = Precision(name=self.precision)
        try:
            scales = np.empty((self.rows, kind.scales), np.float32)
            return scales, np.empty((self.rows, self.width), kind.dtype)
        except MemoryError:
            what = f"{self.nbytes:,} bytes of hidden states do not find room in memory"
            raise PezoError(f"{what}; allowed: a path, or another precision") from None

    def mapped(self, file: IO[bytes], mode: Any) -> Arrays:
        """The same in an open file."""
        kind = Precision(name=self.precision)
        start = len(_head(self))
        scales = np.zeros((self.rows, 0), np.float32)
        if kind.scales:
            scales = np.memmap(file, np.float32, mode, start, (self.rows, kind.scales))
        start = _aligned(start + scales.nbytes)
        return scales, np.memmap(file, kind.dtype, mode, start, (self.rows, self.width))

    def file_size(self) -> int:
        """Of all before the seal."""
        kind = Precision(name=self.precision)
        scales_end = len(_head(self)) + 4 * kind.scales * self.rows
        return _aligned(scales_end) + self.rows * self.width * kind.dtype.itemsize


@contextmanager
def writing(path: Path, contents: Contents) -> Iterator[Arrays]:
    """Arrays to be filled in, which are a file at ``path`` once all of it is there.

    Its room is there before the first number is; an interruption leaves nothing.

    Raises
    ------
    PezoError
        Where the file system refuses.
    """
    with replacing(path) as temporary:
        with temporary.open("rb+") as file:
            file.write(_head(contents))
            os.posix_fallocate(file.fileno(), 0, contents.file_size())
            file.flush()
            scales, codes = contents.mapped(file, "r+")
            yield scales, codes
            for array in (scales, codes):
                if isinstance(array, np.memmap):
                    array.flush()
        add_seal(temporary)


def opened(path: Path, contents: Contents) -> Arrays:
    """The arrays of a file that was written for these contents, mapped, to be read only.

    Raises
    ------
    PezoError
        For a file of other contents, naming what is another, or a damaged one or none.
    """
    try:
        with open_regular(path) as file:
            _require_same(path, _contents_of(file), contents)
            if not is_sealed(file):
                raise ValueError("the seal is broken")
            return contents.mapped(file, "r")
    except PezoError:
        raise
    except OSError as error:
        raise PezoError(f"{path}: {error.strerror or error}; allowed: {_ALLOWED}") from None
    except Exception:  # content of somebody else's is wrong in as many ways as json has
        raise PezoError(f"{path}: no hidden states, or damaged; allowed: {_ALLOWED}") from None


def _require_same(path: Path, found: dict[str, Any], contents: Contents) -> None:
    for key, mine in asdict(contents).items():
        if found.get(key) != mine:
            what = f"{path}: hidden states with {key} = {found.get(key)} are not allowed"
            raise PezoError(f"{what}; allowed: {mine}, or a path where nothing is")


def _head(contents: Contents) -> bytes:
    text = json.dumps(asdict(contents)).encode()
    head = _MAGIC + len(text).to_bytes(_LENGTH_BYTES, "little") + text
    return head.ljust(_aligned(len(head)))


def _contents_of(file: IO[bytes]) -> dict[str, Any]:
    file.seek(0)
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("another format")
    length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
    if length > _LONGEST_HEAD:
        raise ValueError("no head")
    found = json.loads(file.read(length))
    if not isinstance(found, dict):
        raise TypeError("no head")
    return found


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
