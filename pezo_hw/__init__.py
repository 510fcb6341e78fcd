"""Perturbation generators for zeroth-order training on FPGAs, proven bit for bit.

`load` turns a TOML file or a preset's name into a `Config`; its ``parameters`` give out the golden
model (``parameters.stream()``) and the hardware (``parameters.create()``), so the two cannot drift.
"""

# Nothing is imported here but what is asked for: the command line has to be ready for a request to
# end before NumPy and the rest take their time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .config import Config, load, preset_names
    from .errors import ConfigError, JointOrbitWarning, PezoError

__version__ = "0.1.0"

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
