"""From Verilog to a mapped netlist."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from inspect import getsource
from typing import Any

from ..tools.completeness import IncompleteFileError, complete_json, complete_verilog
from ..tools.folders import temporary_folder
from ..tools.yosys import Yosys, find_yosys
from . import depth, output_register
from .cache import NO_CACHE, Cache, key_of
from .depth import better_mapping
from .netlist import Netlist
from .target import Target, find_target

# From so many copies on a module is worth being kept apart: flat, Yosys takes as many times longer.
FEWEST = 8
_MODULE = re.compile(r"^module (\w+)", re.MULTILINE)
_INSTANCE = re.compile(r"^ +(\w+) \w+ \($", re.MULTILINE)


def synthesise(
    verilog: str,
    memories: Mapping[str, str],
    top: str,
    target: str,
    *,
    once: Iterable[str] | None = None,
    few_levels: bool = False,
    cache: Cache = NO_CACHE,
) -> Netlist:
    """Map a design to a target's cells, out of context.

    It is flat before it is mapped, but for modules that are mapped once each. Where the family can
    be mapped for few levels, and the design is deep, `better_mapping` says which of the two it is.

    Parameters
    ----------
    verilog : str
        The source.
    memories : mapping of str to str
        The text of each file that the source reads with ``$readmemh``; the contents end up in the
        parameters of the block RAMs.
    top : str
        The top module.
    target : str
        A name of `pezo_hw.synth.TARGETS`.
    once : iterable of str or None
        The modules that are mapped once; None for the source's `repeated_modules`.
    few_levels : bool
        Whether levels are what matters in a deep design, and not LUTs.
    cache : Cache
        Where to look first, and to keep the result.

    Raises
    ------
    PezoError
        For an unknown target, a Yosys that does not run, or a source that it refuses.
    """
    family = find_target(target)
    modules = repeated_modules(verilog) if once is None else once

    def mapped(synthesis: Sequence[str]) -> Netlist:
        commands = _commands(synthesis, top, modules)
        found = _found(family, top, commands, verilog, memories, cache)
        name = find_yosys().name
        return Netlist(target=target, top=top, tool=name, **found)

    first = mapped([family.synthesis])
    if not family.shallow:
        return first
    return better_mapping(first, lambda: mapped(family.shallow), few_levels=few_levels)


def _found(
    family: Target,
    top: str,
    commands: list[str],
    verilog: str,
    memories: Mapping[str, str],
    cache: Cache,
) -> dict[str, Any]:
    """What the cache has of a design mapped by some commands, or else they."""
    key = _key(family, commands, verilog, memories)
    found = cache.get(key)
    yosys = find_yosys()
    if not _is_netlist(found, top):
        files = {"source.v": verilog, **memories}
        found = _run(yosys, family, top, commands, files)
        cache.put(key, found)
    return {what: found[what] for what in ("json", "verilog")}


def netlist_key(
    verilog: str, memories: Mapping[str, str], top: str, target: str, *, few_levels: bool = False
) -> str:
    """A key from all that decides the netlist: the source, the commands and what carries them out.

    The parameters are those of `synthesise`, and so are the errors of an unknown target and of a
    Yosys that does not run.
    """
    family = find_target(target)
    ways, modules = ([family.synthesis], family.shallow), repeated_modules(verilog)
    commands = [_commands(way, top, modules) for way in ways if way]
    keys = [_key(family, of_way, verilog, memories) for of_way in commands]
    if len(keys) == 1:
        return keys[0]
    return key_of("netlists", keys, few_levels, getsource(depth))


def _key(family: Target, commands: list[str], verilog: str, memories: Mapping[str, str]) -> str:
    passes = getsource(output_register) if family.output_registers else ""
    return key_of("netlist", find_yosys().name, commands, passes, verilog, dict(memories))


def _is_netlist(found: Any, top: str) -> bool:
    """Whether what was kept is of the form that `_run` gives."""
    if not isinstance(found, dict) or not isinstance(found.get("verilog"), str):
        return False
    design = found.get("json")
    modules = design.get("modules") if isinstance(design, dict) else None
    return isinstance(modules, dict) and isinstance(modules.get(top), dict)


def repeated_modules(verilog: str) -> dict[str, int]:
    """The modules of which a source has at least `FEWEST` copies, with their number.

    Their copies are mapped as one and put into their places afterwards: what all of them take is
    that many times what one takes, and nothing is shared between a copy and its surroundings.
    """
    known = set(_MODULE.findall(verilog))
    copies = Counter(name for name in _INSTANCE.findall(verilog) if name in known)
    return {name: copies[name] for name in sorted(copies) if copies[name] >= FEWEST}


def commands_around(synthesis: Iterable[str], modules: Iterable[str]) -> list[str]:
    """Commands that map and flatten a design, with some modules kept until it is done."""
    modules = list(modules)
    kept = [f"setattr -mod -set keep_hierarchy 1 {module}" for module in modules]
    free = [f"setattr -mod -unset keep_hierarchy {module}" for module in modules]
    return [*kept, *synthesis, *free, *(["flatten"] if modules else [])]


def _commands(synthesis: Iterable[str], top: str, once: Iterable[str]) -> list[str]:
    return [
        "read_verilog source.v",
        *commands_around([command.format(top=top) for command in synthesis], once),
        "delete t:$scopeinfo",
        "opt_clean -purge",
        "check -assert",
        "write_json netlist.json",
        "write_verilog -noattr netlist.v",
    ]


def _run(
    yosys: Yosys, family: Target, top: str, commands: list[str], files: Mapping[str, str]
) -> dict[str, Any]:
    with temporary_folder("pezo-synth-") as folder:
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        yosys.run(commands, folder)
        netlist = folder / "netlist.json"
        written = complete_json(netlist, yosys.name)
        if top not in written.get("modules", {}):
            raise IncompleteFileError(netlist, yosys.name)
        # Without the family's library, which is nine tenths of the file.
        design = {"creator": written["creator"], "modules": {top: written["modules"][top]}}
        if family.output_registers and output_register.absorb_output_registers(
            design["modules"][top]
        ):
            netlist.write_text(json.dumps(design), encoding="utf-8")
            yosys.run(["read_json netlist.json", "write_verilog -noattr netlist.v"], folder)
        verilog = complete_verilog(folder / "netlist.v", yosys.name, [top])
        return {"json": design, "verilog": verilog}
