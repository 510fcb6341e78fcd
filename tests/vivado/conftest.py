"""Where the workers of a run share what takes long to make."""

from __future__ import annotations

import pytest

from tests.vivado import cases


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """The folder above those of the workers; without workers there is nothing to share."""
    if worker_id != "master":
        cases.shared_folder = tmp_path_factory.getbasetemp().parent
