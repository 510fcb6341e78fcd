"""A generator of FuseSoC: a core file, Verilog and memories of a configuration.

FuseSoC calls it in a folder of the build with a YAML file: where the asking core lies, its
parameters, and by which name the answer is to be found.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from pezo_hw import ConfigError, PezoError, load, preset_names
from pezo_hw.checks import choice
from pezo_hw.cli.terminal import say
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.systems.registry import CORE, SYSTEMS
from pezo_hw.tools.files import read_text, write_files

_KEYS = ("config", "system", "top")
_LARGEST_FILE = 1 << 20
_ALLOWED = "the file that FuseSoC writes for a generator"


def main(arguments: list[str]) -> int:
    """The exit status: 0, or 2 with a line that says what is wrong."""
    try:
        asked = _asked(Path(arguments[0]))
        core = generated(asked["parameters"], Path(asked["files_root"]))
        write_files(Path(), {**core.files, f"{core.top}.core": core_file(core, asked["vlnv"])})
    except PezoError as error:
        say(f"error: {error}")
        return 2
    return 0


def generated(parameters: object, folder: Path) -> EmittedCore:
    """The core that the parameters ask for; a TOML file's path is relative to the folder."""
    if not isinstance(parameters, dict):
        raise ConfigError("parameters", parameters, f"a table of {', '.join(_KEYS)}")
    for key, value in parameters.items():
        if key not in _KEYS:
            raise ConfigError(str(key), value, f"a parameter of {', '.join(_KEYS)}")
        if not isinstance(value, str):
            raise ConfigError(key, value, "a text")
    source = parameters.get("config")
    if source is None:
        raise PezoError("config is missing; allowed: a preset or a TOML file")
    system = choice("system", parameters.get("system", CORE), tuple(SYSTEMS))
    config = load(source if source in preset_names() else folder / source)
    return emit_core(config, system=system, name=parameters.get("top"))


def _asked(path: Path) -> dict[str, Any]:
    """What FuseSoC's file says."""
    try:
        asked = yaml.safe_load(read_text(path, _LARGEST_FILE))
    except OSError as error:
        raise PezoError(f"{path}: {error.strerror}; allowed: {_ALLOWED}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise PezoError(f"{path}: not YAML; allowed: {_ALLOWED}") from None
    found = {"parameters": {}, **asked} if isinstance(asked, dict) else {}
    for key in ("files_root", "vlnv"):
        if not isinstance(found.get(key), str):
            raise PezoError(f"{path}: {key} is missing; allowed: {_ALLOWED}")
    return found | {"parameters": found["parameters"] or {}}


def core_file(core: EmittedCore, vlnv: str) -> str:
    """The description by which FuseSoC finds the files."""
    files: list[object] = [{core.verilog_file: {"file_type": "verilogSource"}}]
    # Memories are read by name from the folder that a tool runs in, where copyto puts them.
    files += [
        {name: {"file_type": "mem", "copyto": name}} for name in core.files if name.endswith(".mem")
    ]
    content = {
        "name": vlnv,
        "filesets": {"rtl": {"files": files}},
        "targets": {"default": {"filesets": ["rtl"]}},
    }
    return f"CAPI=2:\n{yaml.safe_dump(content, sort_keys=False)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
