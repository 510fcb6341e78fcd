"""A manifest and the files beside it, held against the configuration that they should be of."""

from __future__ import annotations

import json
import re
from typing import Any

from ..config import Config
from ..emit.manifest import describe, generator_versions
from ..emit.manifest_file import Manifest, first_difference
from ..errors import MISSING, ConfigError, PezoError
from ..systems.registry import SYSTEMS
from ..vivado import ClockParameters, Part
from ..vivado.hand_off import manifest_entry
from .file_list import FileList

_LONGEST_VERSION = 100
_LONGEST_SHOWN = 60
_MODULE = re.compile(r"^module (\w+)", re.MULTILINE)
_MEMORY = re.compile(r'\$readmem\w+\("([^"]*)"')


def checked_files(manifest: Manifest, config: Config, system: str) -> dict[str, str]:
    """The Verilog and memory files that a manifest lists, once everything in it is right.

    That is: every field but ``generator`` and ``files`` is what follows from the configuration;
    ``files`` lists just the files that a core of it has, each a regular file in the folder itself
    with the checksum that is listed; the registers' description and the C header are the
    configuration's.

    Raises
    ------
    PezoError
        For the first thing that is not so: the field, its value, and what is right.
    """
    _check_generator(manifest)
    _check_fields(manifest, config, system)
    files = FileList(manifest)
    verilog = files.text(f"{manifest.top}.v")
    _check_modules(manifest, verilog)
    memories = dict.fromkeys(_MEMORY.findall(verilog))
    derived = SYSTEMS[system].files(config, manifest.top)
    files.check([*memories, *derived])
    for name, text in derived.items():
        if files.text(name) != text:
            path = manifest.path.with_name(name)
            raise PezoError(f"{path}: not what {config.name} gives; allowed: pezo generate's")
    return {name: files.text(name) for name in (f"{manifest.top}.v", *memories)}


def _check_generator(manifest: Manifest) -> None:
    """The versions are the writer's own business, but they are versions of the same tools."""
    versions = manifest.content.get("generator", MISSING)
    if not isinstance(versions, dict):
        raise manifest.error("generator", versions, "the versions of what wrote it")
    here = generator_versions()
    for tool in {**here, **versions}:
        version = versions.get(tool, MISSING)
        if tool not in here:
            raise manifest.error(f"generator.{tool}", version, "nothing of that name")
        if not isinstance(version, str) or not 0 < len(version) <= _LONGEST_VERSION:
            raise manifest.error(f"generator.{tool}", version, "a version")


def _check_fields(manifest: Manifest, config: Config, system: str) -> None:
    kind = SYSTEMS[system]
    component = kind.create(config)
    expected = json.loads(json.dumps(describe(config, component, manifest.top, kind)))
    found = {
        key: value for key, value in manifest.content.items() if key not in ("generator", "files")
    }
    if "vivado" in found:
        expected["vivado"] = _vivado(manifest)
    # What it is of comes first: all else would follow from it.
    order = ["config", "name", *expected, *found]
    for key in dict.fromkeys(order):
        difference = first_difference(found.get(key, MISSING), expected.get(key, MISSING), key)
        if difference is not None:
            place, value, right = difference
            raise manifest.error(place, value, _consequence(right, config.name))


def _vivado(manifest: Manifest) -> dict[str, Any]:
    """The entry of the hand-off to Vivado, which follows from the clock and the part alone."""
    entry = manifest.content["vivado"]
    mhz = entry.get("clock_mhz", MISSING) if isinstance(entry, dict) else entry
    allowed = "a number from 1 to 1000"
    if not isinstance(mhz, float):
        raise manifest.error("vivado.clock_mhz", mhz, allowed)
    try:
        clock = ClockParameters(mhz=mhz)
    except ConfigError as error:
        raise manifest.error("vivado.clock_mhz", mhz, error.allowed) from None
    name = entry.get("part", MISSING)
    try:
        return manifest_entry(clock, Part(name=name if isinstance(name, str) else ""))
    except ConfigError as error:
        raise manifest.error("vivado.part", name, error.allowed) from None


def _consequence(right: object, name: str) -> str:
    if right is MISSING:
        return f"nothing there, for {name}"
    text = json.dumps(right)
    short = text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return f"{short}, as follows from {name}"


def _check_modules(manifest: Manifest, verilog: str) -> None:
    modules = _MODULE.findall(verilog)
    if not modules or modules[0] != manifest.top:
        raise manifest.error(
            "top", manifest.top, f"{next(iter(modules), 'a module')}, its Verilog's"
        )
