"""Packages that only some of the package needs: what to install where one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec

from ..errors import PezoError

_NO_NAMES: Mapping[str, str] = {}


def require(
    needs: str,
    modules: Iterable[str],
    *,
    extra: str,
    names: Mapping[str, str] = _NO_NAMES,
    instead: str = "",
) -> None:
    """Checks that modules could be imported, and imports none of them.

    Parameters
    ----------
    needs : str
        Who needs them, with the verb: "pezo report needs".
    modules : iterable of str
        Top-level modules.
    extra : str
        The package's extra that brings them.
    names : mapping of str to str
        What a module's package is called, where that is not the module's name.
    instead : str
        What else helps, such as an option.

    Raises
    ------
    PezoError
        Naming all that are missing, and what is allowed.

    Examples
    --------
    >>> from pezo_hw.tools.extras import require
    >>> require("this example needs", ["json"], extra="report")
    """
    missing = [names.get(module, module) for module in modules if find_spec(module) is None]
    if missing:
        allowed = f'{instead}{", or " if instead else ""}pip install "pezo-hw[{extra}]"'
        raise PezoError(f"{needs} {' and '.join(missing)}; allowed: {allowed}")
