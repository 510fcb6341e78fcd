"""What the experiment needs beyond the package's own dependencies."""

from __future__ import annotations

from importlib.util import find_spec

from ...errors import PezoError

PACKAGES = {"torch": "torch", "sklearn": "scikit-learn", "matplotlib": "matplotlib"}


def require_extras() -> None:
    """Checks that the extra ``train`` is installed, without importing any of it.

    Raises
    ------
    PezoError
        Naming the first package that is not.
    """
    for module, package in PACKAGES.items():
        if find_spec(module) is None:
            raise PezoError(f'pezo train needs {package}; allowed: pip install "pezo-hw[train]"')
