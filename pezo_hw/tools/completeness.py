"""Files proven complete before they are used: other programs', and those that are kept.

A program may return 0 although its last write failed, on a full disk for one. What it leaves is
then the beginning of what it meant to write, cut anywhere. For each format that is read there is a
function that refuses every such beginning, by what the end of the format says. Files of our own end
with a seal: they are what was written, to the last bit, or they are nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from ..errors import PezoError

_MODULE = re.compile(r"^module \\?(\S+?)\s*(?:\(|;|$)", re.MULTILINE)
_MARK = b"\npezo sealed "
_SEAL_BYTES = len(_MARK) + hashlib.sha256().digest_size


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


def add_seal(path: Path) -> None:
    """Adds the seal of all that is in a file to its end."""
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        file.seek(0, os.SEEK_END)
        file.write(_MARK + digest)


def is_sealed(file: BinaryIO) -> bool:
    """Whether an open file ends with the seal of all before it; it stands at its start again."""
    size = file.seek(0, os.SEEK_END) - _SEAL_BYTES
    if size < 0:
        return False
    file.seek(size)
    found = file.read()
    file.seek(0)
    digest = hashlib.sha256()
    while size > 0 and (piece := file.read(min(size, 1 << 20))):
        digest.update(piece)
        size -= len(piece)
    file.seek(0)
    return size == 0 and found == _MARK + digest.digest()


def with_seal(content: bytes) -> bytes:
    """Content with its seal."""
    return content + _MARK + hashlib.sha256(content).digest()


def without_seal(content: bytes) -> bytes:
    """What `with_seal` was given.

    Raises
    ------
    ValueError
        Where it is not, to the last bit, what that gave.
    """
    inner = content[:-_SEAL_BYTES]
    if with_seal(inner) != content:
        raise ValueError("the seal is broken")
    return inner
