"""Perturbation generators for zeroth-order training on FPGAs, proven bit for bit.

`load` turns a TOML file or a preset's name into a `Config`; its ``parameters`` give out the golden
model (``parameters.stream()``) and the hardware (``parameters.create()``), so the two cannot drift.
"""

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
