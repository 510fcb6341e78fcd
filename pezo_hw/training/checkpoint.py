"""Checkpoints: one ``.npz`` file with the weights' bits and where the run stands."""

from __future__ import annotations

import json
import os
import warnings
import zipfile
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import PezoError
from ..tools.completeness import add_seal, is_sealed
from ..tools.files import open_regular, replacing
from .run import Run, SavedOptimizer
from .source import fingerprint_of
from .tensors import raw_bits
from .zo_sgd import ZOSGD

Array = NDArray[Any]
_RUN = "run"
_LONGEST_TEXT = 1 << 24


def write_checkpoint(path: str | os.PathLike[str], optimizer: ZOSGD) -> None:
    """Writes weights and state; the file appears once it is whole.

    Raises
    ------
    PezoError
        Where the file system refuses, or inside a step.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters
    >>> from pezo_hw.training import read_checkpoint, write_checkpoint
    >>> from pezo_hw.training.sources import find_source
    >>> settings = ZOSGDParameters(learning_rate=1e-2, epsilon=1e-3)
    >>> def optimizer_of(w):
    ...     return ZOSGD(Weights(tensors=[w]), find_source("paper-pool"), settings)
    >>> w, other = np.ones(8, np.float32), np.zeros(8, np.float32)
    >>> optimizer = optimizer_of(w)
    >>> report = optimizer.step(lambda: float(np.sum(w**2)))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_checkpoint(Path(folder) / "run.npz", optimizer)
    ...     read_checkpoint(Path(folder) / "run.npz", optimizer_of(other))
    >>> other.tobytes() == w.tobytes()
    True
    """
    saved = optimizer.save()
    bits = [raw_bits(tensor) for tensor in optimizer.weights.tensors]
    run = json.dumps(_identity(optimizer) | {"saved": saved})
    arrays = {f"weight{index}": array for index, array in enumerate(bits)}
    arrays |= {_RUN: np.frombuffer(run.encode(), dtype=np.uint8)}
    with replacing(Path(path)) as temporary:
        with temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        add_seal(temporary)


def read_checkpoint(path: str | os.PathLike[str], optimizer: ZOSGD) -> None:
    """Puts an optimiser, and its weights in place, where another stood when it was saved.

    The run that follows is the one that would have followed there, bit for bit. A source is known
    by its numbers and not by what it is called.

    Raises
    ------
    PezoError
        Where the file cannot be read, is damaged, or comes from other settings, other numbers or
        weights of other shapes or types; nothing has changed then.
    """
    allowed = "a file of write_checkpoint"
    try:
        saved, bits = _read(Path(path), optimizer)
    except PezoError as error:
        raise PezoError(f"{path}: {error}") from None
    except OSError as error:
        raise PezoError(f"{path}: {error.strerror or error}; allowed: {allowed}") from None
    except Exception:  # a damaged archive fails in as many ways as zipfile, NumPy and json have
        raise PezoError(f"{path}: not a checkpoint, or damaged; allowed: {allowed}") from None
    optimizer.resume(saved, bits)


def _read(path: Path, optimizer: ZOSGD) -> tuple[SavedOptimizer, list[Array]]:
    """What the file says, proven whole and of this run; raises what it comes across."""
    mine = [raw_bits(tensor) for tensor in optimizer.weights.tensors]
    with open_regular(path) as file:
        _require(is_sealed(file))
        archive = zipfile.ZipFile(file)
        run = json.loads(_text(archive, _RUN))
        _require_identity(run, _identity(optimizer))
        bits = [_array(archive, f"weight{index}", like) for index, like in enumerate(mine)]
    return Run.of(run["saved"]).saved(), bits


def _identity(optimizer: ZOSGD) -> dict[str, Any]:
    """What has to be the same for a run to be the same, as JSON gives it back."""
    return {
        "source": [optimizer.source.name, fingerprint_of(optimizer.source)],
        "parameters": optimizer.parameters.identity(),
        "weights": [[str(t.dtype), list(t.shape)] for t in optimizer.weights.tensors],
    }


def _require_identity(found: dict[str, Any], mine: dict[str, Any]) -> None:
    """Of the source only the numbers count; its name is there to be read."""
    for key, value in mine.items():
        same = found[key][1] == value[1] if key == "source" else found[key] == value
        if not same:
            raise PezoError(f"{key} = {found[key]} is not allowed; allowed: {value}")


def _require(is_complete: bool) -> None:
    if not is_complete:
        raise ValueError("not as it was written")


def _text(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(f"{name}.npy") as file:
        (length,), dtype = _header(file)
        _require(dtype == np.uint8 and length <= _LONGEST_TEXT)
        return _content(file, length).decode()


def _array(archive: zipfile.ZipFile, name: str, like: Array) -> Array:
    """An array of the expected type and shape; no byte is read before it has them."""
    with archive.open(f"{name}.npy") as file:
        _require(_header(file) == (like.shape, like.dtype))
        return np.frombuffer(_content(file, like.nbytes), like.dtype).reshape(like.shape)


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _require(np.lib.format.read_magic(file) == (1, 0))
        shape, in_columns, dtype = np.lib.format.read_array_header_1_0(file)
    _require(not in_columns)
    return shape, dtype


def _content(file: IO[bytes], length: int) -> bytearray:
    """Exactly so many bytes; to read one more makes the archive check its own sum."""
    content = bytearray(file.read(length + 1))
    _require(len(content) == length)
    return content
