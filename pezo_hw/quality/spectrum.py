"""E[u u^T] and what its eigenvalues say of the directions that perturbations take."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Matrix = NDArray[np.float64]
_SECONDS_BETWEEN_LOOKS = 0.1
_WORKER = "pezo eigenvalues"


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Holds BLAS to one thread.

    Several threads of BLAS wait for each other on a busy machine, up to a hundred times as long. It
    stays at one where `relative_eigenvalues` was interrupted: with more, LAPACK would go on in a
    second thread of BLAS, for which a process waits at its end.
    """
    limits = threadpool_limits(1, user_api="blas")
    try:
        yield
    finally:
        if all(thread.name != _WORKER for thread in threading.enumerate()):
            limits.restore_original_limits()


def second_moment(blocks: Sequence[Matrix], length: int) -> Matrix:
    """E[u u^T], shape (d, d), from what lanes' products are so many cycles apart.

    Parameters
    ----------
    blocks : sequence of ndarray, shape (W, W)
        ``blocks[k][i, j]`` is E of lane i's number times lane j's k cycles later, for as many k as
        a perturbation has cycles; of its first d lanes where it has only one.
    length : int
        d.
    """
    lanes = len(blocks[0])
    from_first = np.concatenate(blocks, axis=1)
    matrix = np.empty((length, length))
    for top in range(0, length, lanes):
        rows, beyond = min(lanes, length - top), top + lanes
        matrix[top : top + rows, top:] = from_first[:rows, : length - top]
        matrix[beyond:, top : top + rows] = matrix[top : top + rows, beyond:].T
    return matrix


def participation(matrix: Matrix) -> float | None:
    """(sum of eigenvalues)^2 / (sum of their squares), without computing one; None of zeros."""
    squares = float(np.vdot(matrix, matrix))
    return float(np.trace(matrix)) ** 2 / squares if squares > 0 else None


def relative_eigenvalues(matrix: Matrix) -> NDArray[np.float64] | None:
    """Ascending, in units of their mean; None of a matrix of zeros.

    They are computed in a thread of their own, which LAPACK leaves for nobody: so an interruption
    is heard at once.
    """
    mean = float(np.trace(matrix)) / len(matrix)
    if mean <= 0:
        return None
    found: list[NDArray[np.float64] | BaseException] = []
    worker = threading.Thread(name=_WORKER, target=_eigenvalues, args=(matrix, found), daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_SECONDS_BETWEEN_LOOKS)
    (result,) = found
    if isinstance(result, BaseException):
        raise result
    return np.asarray(result / mean)


def _eigenvalues(matrix: Matrix, found: list[NDArray[np.float64] | BaseException]) -> None:
    try:
        found.append(np.asarray(np.linalg.eigvalsh(matrix), np.float64))
    except BaseException as error:  # raised again where it is waited for
        found.append(error)
