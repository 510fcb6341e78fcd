"""The folder that a self-test is to be written to, as it is found."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..config import Config
from ..emit.destination import Destination
from ..emit.manifest_file import manifests_in
from ..errors import PezoError
from ..text import printable
from ..tools.files import read_bounded, remove_files
from ..tools.plain_data import parse_json
from .board import Board
from .project import DESCRIPTION, NAMES, SELF_TEST, TOP

_LARGEST = 1 << 28


def require_own_folder(folder: Path, config: Config, board: Board) -> None:
    """Checks that a folder holds no self-test of another configuration or board, nor a core.

    What is there of the same configuration may be written anew. A description that is damaged is as
    good as none.

    Parameters
    ----------
    folder : Path
        Need not be there.
    config : Config
        The core that is to test itself.
    board : Board
        Where.

    Raises
    ------
    PezoError
        Naming what lies there.
    """
    Destination(
        folder=folder, manifests=tuple(manifests_in(folder, DESCRIPTION))
    ).require_exclusive(SELF_TEST, NAMES)
    found = _description(folder)
    other = (found.get("name", config.name), found.get("board", board.name))
    if other != (config.name, board.name):
        there = printable(" on ".join(map(str, other)))
        allowed = "allowed: a folder without it, or --force"
        raise PezoError(f"{folder} holds the self-test of {there}; {allowed}")


def remove_bitstream_of_others(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Remove a bitstream that was made of other files than these, and name it.

    Parameters
    ----------
    folder : Path
        Where the project is about to be written.
    files : mapping of str to str
        Every file's text by its name.
    """
    bitstream = folder / f"{TOP}.bit"
    if not bitstream.is_file() or all(_holds(folder / name, files[name]) for name in files):
        return []
    remove_files([bitstream])
    return [bitstream]


def _description(folder: Path) -> Mapping[str, object]:
    """What is told of the self-test that lies there; nothing where there is none."""
    with suppress(OSError, ValueError):
        found = parse_json(read_bounded(folder / DESCRIPTION, _LARGEST))
        if isinstance(found, dict):
            return found
    return {}


def _holds(path: Path, text: str) -> bool:
    with suppress(OSError):
        return read_bounded(path, _LARGEST) == text.encode()
    return False
