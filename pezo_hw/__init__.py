"""Perturbation generators for zeroth-order training on FPGAs, proven bit for bit.

`load` turns a TOML file or a preset's name into a `Config`, which gives out the golden model
(``config.stream()``), the same numbers fast (``config.fast_stream()``) and the hardware
(``config.create()``), all from the same parameters, so that they cannot drift.
"""

from .version import __version__

# Nothing else is imported here but what is asked for: the command line has to be ready for a
# request to end before NumPy and the rest take their time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .config import Config, load, preset_names
    from .errors import ConfigError, JointOrbitWarning, PezoError

__all__ = [
    "Config",
    "ConfigError",
    "JointOrbitWarning",
    "PezoError",
    "__version__",
    "load",
    "preset_names",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import config, errors

    return getattr(config if hasattr(config, name) else errors, name)
