"""Fixtures of the measurements."""

import pytest

from pezo_hw.synth import Cache


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """One cache for all that is measured: each core is mapped once."""
    return Cache(folder=tmp_path_factory.mktemp("cache"))
