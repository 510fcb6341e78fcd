"""Runs that end early, and go on."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

import pezo_hw.explore.run
from pezo_hw.errors import PezoError
from pezo_hw.explore import Journal, Request, candidates_of, measure_all, measured, parse_space
from tests.explore.spaces import SMALL

REQUEST = Request(length=20)


class Here(Executor):
    """Measures at once, and then raises what it is told to."""

    def __init__(self, dies_after: int | None = None, error: BaseException | None = None) -> None:
        self.submitted: list[str] = []
        self.dies_after, self.error = dies_after, error

    def submit(self, fn, /, *args, **kwargs) -> Future:
        future: Future = Future()
        if len(self.submitted) == self.dies_after:
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args, **kwargs))
        self.submitted.append(args[0].name)
        return future


@pytest.fixture(scope="module")
def candidates():
    return candidates_of(parse_space(SMALL, name="small")).found


def run(candidates, path, executor, request=REQUEST, calls=None):
    with Journal.open(path) as journal:
        return measure_all(
            candidates,
            request,
            executor,
            workers=1,
            journal=journal,
            on_point=lambda: None if calls is None else calls.append(1),
        )


def test_figures_come_in_the_order_of_the_space(candidates, tmp_path):
    calls: list[int] = []
    found = run(candidates, tmp_path / "journal", Here(), calls=calls)
    assert found == [measured(candidate, REQUEST) for candidate in candidates]
    assert len(calls) == len(candidates) == 10


@pytest.mark.parametrize("dies_after", [0, 1, 5, 9])
def test_what_was_measured_before_an_end_is_not_again(candidates, tmp_path, dies_after: int):
    first = Here(dies_after, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(candidates, tmp_path / "journal", first)
    second = Here()
    found = run(candidates, tmp_path / "journal", second)
    assert found == [measured(candidate, REQUEST) for candidate in candidates]
    # What was handed out with the one that ended it was not waited for.
    assert len(second.submitted) <= len(candidates) - max(0, dies_after - 4)
    third = Here()
    assert run(candidates, tmp_path / "journal", third) == found
    assert third.submitted == []


def test_another_request_or_package_is_measured_anew(candidates, tmp_path, monkeypatch):
    run(candidates, tmp_path / "journal", Here())
    other = Here()
    run(candidates, tmp_path / "journal", other, request=Request(length=21))
    assert len(other.submitted) == len(candidates)
    monkeypatch.setattr(pezo_hw.explore.run, "package_key", lambda: "another")
    again = Here()
    run(candidates, tmp_path / "journal", again)
    assert len(again.submitted) == len(candidates)


def test_a_dead_worker_is_one_line_that_says_how_to_go_on(candidates, tmp_path):
    with pytest.raises(PezoError, match=r"a worker died at small-\d.*the same command") as error:
        run(candidates, tmp_path / "journal", Here(3, BrokenExecutor()))
    assert "\n" not in str(error.value)


def test_an_error_names_the_configuration(candidates, tmp_path):
    with pytest.raises(PezoError, match=r"^small-2: no Yosys"):
        run(candidates, tmp_path / "journal", Here(2, PezoError("no Yosys")))
