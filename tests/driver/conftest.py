"""The C driver, compiled once."""

from __future__ import annotations

import ctypes

import pytest

from tests.driver.c_driver import compile_driver


@pytest.fixture(scope="session")
def c_library(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    return compile_driver(tmp_path_factory.mktemp("c_driver"))
