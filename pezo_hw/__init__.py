"""Perturbation generators for zeroth-order training on FPGAs, proven bit for bit.

`load` turns a TOML file or a preset's name into a `Config`, which gives out the golden model
(``config.stream()``), the same numbers fast (``config.fast_stream()``) and the hardware
(``config.create()``), all from the same parameters, so that they cannot drift.
"""

from .config import Config, load, preset_names
from .errors import ConfigError, JointOrbitWarning, PezoError
from .version import __version__

__all__ = [
    "Config",
    "ConfigError",
    "JointOrbitWarning",
    "PezoError",
    "__version__",
    "load",
    "preset_names",
]
