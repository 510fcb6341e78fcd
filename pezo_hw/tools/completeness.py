"""Files that other programs wrote, proven whole before they are used.

A program may return 0 although its last write failed, on a full disk for one. What it leaves is
then the beginning of what it meant to write, cut anywhere. Each function here reads one format and
refuses every such beginning, by what the end of the format says.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ..errors import PezoError

_MODULE = re.compile(r"^module \\?(\S+?)\s*(?:\(|;|$)", re.MULTILINE)


class IncompleteFileError(PezoError):
    """A file that is not all that its writer meant it to be."""

    def __init__(self, path: Path, writer: str) -> None:
        try:
            free = f"{shutil.disk_usage(path.parent).free:,} bytes are free there"
        except OSError:
            free = "it cannot be asked for its room"
        remedy = "allowed: TMPDIR naming a folder with more room"
        what = f"{writer} left {path.name} in {path.parent} incomplete"
        super().__init__(f"{what} ({free}); {remedy}")


def complete_text(path: Path, writer: str) -> str:
    """The text of a file that is there at all; its end is for the caller to judge.

    Raises
    ------
    IncompleteFileError
        Where it is missing, empty or no UTF-8; ``writer`` is who wrote it, for the message.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise IncompleteFileError(path, writer) from None
    if not text:
        raise IncompleteFileError(path, writer)
    return text


def complete_verilog(path: Path, writer: str, modules: Collection[str]) -> str:
    """Verilog that holds exactly these modules, the last of them to its end.

    Raises
    ------
    IncompleteFileError
        Where one is missing or cut short.
    """
    text = complete_text(path, writer)
    closed = text.rstrip().endswith("\nendmodule")
    if not closed or sorted(_MODULE.findall(text)) != sorted(modules):
        raise IncompleteFileError(path, writer)
    return text


def complete_memory(path: Path, writer: str, *, words: int, bits: int) -> list[str]:
    """The words of a ``$readmemb`` file, so many of so many bits each.

    Raises
    ------
    IncompleteFileError
        Where it has other ones.
    """
    found = complete_text(path, writer).split()
    word = re.compile(rf"[01]{{{bits}}}")
    if len(found) != words or not all(map(word.fullmatch, found)):
        raise IncompleteFileError(path, writer)
    return found


def complete_json(path: Path, writer: str) -> dict[str, Any]:
    """The object that a JSON file holds; no beginning of one is an object.

    Raises
    ------
    IncompleteFileError
        Where it is none.
    """
    try:
        content = json.loads(complete_text(path, writer))
    except ValueError:
        raise IncompleteFileError(path, writer) from None
    if not isinstance(content, dict):
        raise IncompleteFileError(path, writer)
    return content


def complete_saif(path: Path, writer: str) -> str:
    """SAIF text: one list in parentheses, closed at the very end.

    Raises
    ------
    IncompleteFileError
        Where it is still open.
    """
    text = complete_text(path, writer)
    if not text.rstrip().endswith(")") or text.count("(") != text.count(")"):
        raise IncompleteFileError(path, writer)
    return text


def complete_xml(path: Path, writer: str) -> ElementTree.Element:
    """The root of an XML file, closed.

    Raises
    ------
    IncompleteFileError
        Where it is not.
    """
    try:
        return ElementTree.fromstring(complete_text(path, writer).encode())
    except ElementTree.ParseError:
        raise IncompleteFileError(path, writer) from None
