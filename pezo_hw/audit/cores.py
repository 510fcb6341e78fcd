"""Cores that were written to disk, found again by their manifests and held against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..config import Config
from ..emit.manifest import generator_versions
from ..emit.manifest_file import Manifest, first_difference, is_generated, manifests_in
from ..errors import PezoError
from ..systems.registry import CORE, SYSTEMS
from .manifest_check import checked_files

_MOST_LISTED = 4


@dataclass(frozen=True, kw_only=True)
class CoreOnDisk:
    """A core on disk, whose manifest and checksums are right.

    Attributes
    ----------
    place : str
        Its top below the folder that was searched, as in ``paper-opt/pezo_paper_opt``.
    files : dict of str to str
        The Verilog and the memory files, by name.
    remark : str
        What is to be said of it, where other versions wrote it; else empty.
    """

    place: str
    files: dict[str, str]
    remark: str


def cores_on_disk(config: Config, folder: Path, system: str = CORE) -> list[CoreOnDisk]:
    """All cores of a configuration in a folder and its subfolders, or all systems of one kind.

    A manifest is this configuration's where it has its name or its config. Then everything in it
    must be what follows from the configuration, and every file what its checksum says. Only what
    ``generator`` says of versions may differ, which is then remarked.

    Raises
    ------
    PezoError
        Where there is none, or for the first thing that is not right.
    """
    found, others = [], []
    for manifest in _manifests(folder):
        place = str(manifest.path.relative_to(folder).with_suffix(""))
        if not _claims(manifest, config):
            others.append(place)
            continue
        of = manifest.content.get("system")
        if of != system and of in SYSTEMS:
            others.append(f"{place} ({of})")
            continue
        files = checked_files(manifest, config, system)
        found.append(CoreOnDisk(place=place, files=files, remark=_remark(manifest)))
    if found:
        return found
    allowed = f"a folder that pezo generate --system {system} wrote this config to{_listed(others)}"
    raise PezoError(f'--rtl = "{folder}" holds no {system} of {config.name}; allowed: {allowed}')


def verilog_without_manifest(folder: Path) -> list[Path]:
    """The Verilog of ours in a folder and its subfolders that no JSON lies beside.

    Nobody knows what it is of, so that it is not tested.
    """
    paths = sorted([*folder.glob("*.v"), *folder.glob("*/*.v")])
    return [path for path in paths if not path.with_suffix(".json").exists() and is_generated(path)]


def _manifests(folder: Path) -> Iterator[Manifest]:
    yield from manifests_in(folder)
    for below in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield from manifests_in(below)


def _claims(manifest: Manifest, config: Config) -> bool:
    content = manifest.content
    same = first_difference(content.get("config"), config.resolved()) is None
    return content.get("name") == config.name or same


def _listed(places: list[str]) -> str:
    """What there is instead, as far as it fits a line."""
    more = f" and {len(places) - _MOST_LISTED} more" if len(places) > _MOST_LISTED else ""
    return f"; there is {', '.join(places[:_MOST_LISTED])}{more}" if places else ""


def _remark(manifest: Manifest) -> str:
    versions, here = manifest.content["generator"], generator_versions()
    different = [
        f"{tool} {versions[tool]} (here {here[tool]})"
        for tool in here
        if versions[tool] != here[tool]
    ]
    return f"written by {', '.join(different)}" if different else ""
