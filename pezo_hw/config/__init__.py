"""Config files: TOML in, validated parameters out."""

from .config import Config
from .loader import load, parse
from .sources import preset_names, preset_text

__all__ = ["Config", "load", "parse", "preset_names", "preset_text"]
