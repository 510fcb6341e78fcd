"""Fixtures and strategies that many tests share."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import shared

settings.register_profile("pezo", deadline=None, derandomize=True)
settings.load_profile("pezo")

ROOT = Path(__file__).parents[1]


PROGRAMS = {"icarus": "iverilog", "tcl": "tclsh", "opensta": "sta"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a program are skipped, and reported so, where it is not installed.

    Slow ones go first: with several workers none is left with a long one at the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for marker, program in PROGRAMS.items():
        if shutil.which(program) is None:
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=f"{program} is not on PATH"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument.

    Packed ones hold the second at which they were packed, and workers that have not collected the
    same names run nothing.
    """
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What there is after it lives to the end, and is never looked through for garbage again.

    With the libraries of all tests imported, that takes half of the time of whatever makes many
    objects, as Amaranth does. Such a heap is also no reason to look every 700 objects.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 10, 10)
        gc.enable()


@pytest.fixture(autouse=True)
def no_word_while_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test reads does not depend on how busy the machine is."""
    from pezo_hw.cli import progress

    monkeypatch.setattr(progress, "FIRST_SECONDS", 3600.0)


@pytest.fixture(scope="session", autouse=True)
def shared_by_workers(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    """Where the workers of a run share what takes long to make."""
    if hasattr(request.config, "workerinput"):
        shared.folder = tmp_path_factory.getbasetemp().parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def pezo(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Runs a command line in this process: (exit status, standard output, standard error)."""
    from pezo_hw.cli.main import run

    monkeypatch.delenv("COLUMNS", raising=False)

    def command(*arguments: object) -> tuple[int, str, str]:
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command
