"""Checkpoints: one ``.npz`` file with the weights' bits and where the run stands."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import PezoError
from ..tools.files import replacing
from .tensors import raw_bits, set_raw_bits
from .zo_sgd import ZOSGD

_RUN = "run"


def write_checkpoint(path: Path, optimizer: ZOSGD) -> None:
    """Writes weights and state; the file appears once it is whole.

    Raises
    ------
    PezoError
        Where the file system refuses.

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
    bits = {f"weight{i}": raw_bits(t) for i, t in enumerate(optimizer.weights.tensors)}
    run = json.dumps(_identity(optimizer) | {"saved": optimizer.save()})
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez(file, allow_pickle=False, **{_RUN: np.array(run)}, **bits)


def read_checkpoint(path: Path, optimizer: ZOSGD) -> None:
    """Puts an optimiser, and its weights in place, where another stood when it was saved.

    The run that follows is the one that would have followed there, bit for bit.

    Raises
    ------
    PezoError
        Where the file cannot be read, or comes from other settings, another source or weights of
        other shapes or types; nothing has changed then.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            run = json.loads(str(archive[_RUN]))
            bits = [archive[f"weight{i}"] for i in range(len(run["weights"]))]
            saved = run["saved"]
    except (OSError, ValueError, LookupError, TypeError, EOFError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or "not a checkpoint"
        raise PezoError(f"{path}: {reason}; allowed: a file of write_checkpoint") from None
    for key, value in _identity(optimizer).items():
        if run[key] != value:
            raise PezoError(f"{path}: {key} = {run[key]} is not allowed; allowed: {value}")
    for tensor, its_bits in zip(optimizer.weights.tensors, bits, strict=True):
        set_raw_bits(tensor, its_bits)
    optimizer.restore(saved)


def _identity(optimizer: ZOSGD) -> dict[str, Any]:
    """What has to be the same for a run to be the same, as JSON gives it back."""
    return {
        "source": optimizer.source.name,
        "parameters": asdict(optimizer.parameters),
        "weights": [[str(t.dtype), list(t.shape)] for t in optimizer.weights.tensors],
    }
