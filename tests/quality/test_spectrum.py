"""Eigenvalues of LAPACK's, and how many threads of BLAS there are meanwhile and after."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from pezo_hw import load
from pezo_hw.quality import quality_of
from pezo_hw.quality.spectrum import one_blas_thread

PATIENCE = 20.0


def threads() -> set[int]:
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def two_threads():
    with threadpool_limits(2, user_api="blas"):
        if threads() != {2}:
            pytest.skip("BLAS has one thread here, whatever is asked of it")
        yield


def test_while_it_is_asked_for():
    with one_blas_thread():
        assert threads() == {1}
    assert threads() == {2}


def test_a_whole_run():
    quality_of(load("paper-roberta"), length=31)
    assert threads() == {2}


def test_what_is_raised_brings_them_back():
    with pytest.raises(RuntimeError), one_blas_thread():
        raise RuntimeError
    assert threads() == {2}


def test_lapack_that_was_left_alone_keeps_to_one(monkeypatch):
    """Else the process that was interrupted would wait at its end for the second one."""
    entered, done = threading.Event(), threading.Event()
    join = threading.Thread.join

    def blocked(matrix):
        entered.set()
        assert done.wait(PATIENCE)
        return np.ones(len(matrix))

    def interrupted(worker, timeout=None):
        assert entered.wait(PATIENCE)
        raise KeyboardInterrupt

    monkeypatch.setattr(np.linalg, "eigvalsh", blocked)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "join", interrupted)
        with pytest.raises(KeyboardInterrupt):
            quality_of(load("paper-roberta"), length=31)
    assert threads() == {1}
    done.set()
    for worker in threading.enumerate():
        if worker is not threading.current_thread() and worker.name.startswith("pezo"):
            join(worker, PATIENCE)
