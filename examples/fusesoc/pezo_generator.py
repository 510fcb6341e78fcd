"""A generator of FuseSoC: a core file, Verilog and memories of a configuration.

FuseSoC calls it in a folder of the build with a YAML file: where the asking core lies, its
parameters, and by which name the answer is to be found.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from pezo_hw import PezoError, load, preset_names
from pezo_hw.cli.terminal import say
from pezo_hw.emit import EmittedCore, emit_core
from pezo_hw.tools.files import write_files

_KEYS = ("config", "system", "top")


def main(arguments: list[str]) -> int:
    """The exit status: 0, or 2 with a line that says what is wrong."""
    asked = yaml.safe_load(Path(arguments[0]).read_text("utf-8"))
    try:
        core = generated(asked.get("parameters") or {}, Path(asked["files_root"]))
    except PezoError as error:
        say(f"error: {error}")
        return 2
    write_files(Path(), {**core.files, f"{core.top}.core": core_file(core, asked["vlnv"])})
    return 0


def generated(parameters: dict[str, Any], folder: Path) -> EmittedCore:
    """The core that the parameters ask for; a TOML file's path is relative to the folder."""
    for key, value in parameters.items():
        if key not in _KEYS:
            allowed = f"a parameter of {', '.join(_KEYS)}"
            raise PezoError(f"{key} = {value} is not allowed; allowed: {allowed}")
    source = parameters.get("config")
    if source is None:
        raise PezoError("config is missing; allowed: a preset or a TOML file")
    path = source if source in preset_names() else folder / source
    return emit_core(
        load(path), system=parameters.get("system", "core"), name=parameters.get("top")
    )


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
