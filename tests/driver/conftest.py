"""The C driver, compiled once, as it is and with the sanitizers."""

from __future__ import annotations

import ctypes

import pytest

from tests.driver.c_driver import compile_driver
from tests.driver.sanitized import SanitizedDriver


@pytest.fixture(scope="session")
def c_library(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    return compile_driver(tmp_path_factory.mktemp("c_driver"))


@pytest.fixture(scope="session")
def sanitized_driver(tmp_path_factory: pytest.TempPathFactory) -> SanitizedDriver:
    return SanitizedDriver(tmp_path_factory.mktemp("sanitized"))
