"""The configurations that come with the package, usable by name wherever a path is."""

from __future__ import annotations

from importlib import resources


def preset_names() -> list[str]:
    """The presets' names, in alphabetical order."""
    entries = resources.files(__package__).joinpath("presets").iterdir()
    return sorted(entry.name.removesuffix(".toml") for entry in entries)


def preset_text(name: str) -> str:
    """The TOML of a preset."""
    return resources.files(__package__).joinpath("presets", f"{name}.toml").read_text("utf-8")
