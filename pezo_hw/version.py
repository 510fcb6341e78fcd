"""The package's version, where everybody can reach it."""

__version__ = "0.1.0"
