"""The plugin of pytest that leaves out the tests that do not carry out what is broken.

It lies in the root of a copy of the checkout. A test that is not listed is run: with a mutant, a
test module may have other tests than without.
"""

from __future__ import annotations

from pathlib import Path

import pytest

LISTED = Path(__file__).with_name(".left-out")


def _listed() -> frozenset[str]:
    """The names of tests, as pytest gives them: one a line, whatever they have in them else."""
    return frozenset(LISTED.read_text("utf-8").splitlines())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what the file lists; last of all, when it is known which tests there are."""
    listed = _listed()
    left_out = [item for item in items if item.nodeid in listed]
    items[:] = [item for item in items if item.nodeid not in listed]
    config.hook.pytest_deselected(items=left_out)
