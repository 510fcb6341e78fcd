"""Which tests mirror a module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PACKAGE = PurePosixPath("pezo_hw")
TESTS = PurePosixPath("tests")
FOLDERS = ("rtl", "golden", "fast", "driver")
# Where tests of a folder stand that does not mirror its name.
_ELSEWHERE = {"rtl/axi": ("axi",)}


@dataclass(frozen=True, kw_only=True)
class Mirror:
    """The tests of a module, in the order in which they are run.

    Attributes
    ----------
    own : tuple of str
        The test module that has the module's name, and those that have its name in theirs.
    others : tuple of str
        The other test modules of its folder, and of the folders above where it has none.
    """

    own: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """All of them."""
        return self.own + self.others


def mirror_of(module: str, root: Path) -> Mirror:
    """The tests of ``pezo_hw/<folder>/<module>.py``, as paths from the root.

    Raises
    ------
    ValueError
        Where there are none.
    """
    path = PurePosixPath(module).relative_to(PACKAGE)
    folder = path.parent
    found = _tests_in(folder, root)
    while not found and folder != PurePosixPath():
        folder = folder.parent
        found = _tests_in(folder, root)
    if not found:
        raise ValueError(f"{module} has no tests that mirror it")
    own = [file for file in found if _is_named_after(file, path.stem)]
    return Mirror(own=tuple(own), others=tuple(file for file in found if file not in own))


def sources(root: Path, only: str | None = None) -> dict[str, str]:
    """The text of every module that has mutants, by its path; of one file or folder if asked for.

    Raises
    ------
    ValueError
        For a path that is none of them.
    """
    files = (file for folder in FOLDERS for file in (root / PACKAGE / folder).rglob("*.py"))
    texts = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in sorted(files)}
    if only is None:
        return texts
    wanted = PurePosixPath(only)
    chosen = {
        path: text for path, text in texts.items() if PurePosixPath(path).is_relative_to(wanted)
    }
    if not chosen:
        allowed = ", ".join(f"{PACKAGE}/{folder}" for folder in FOLDERS)
        raise ValueError(f"{only} has no mutants; allowed: a module or folder in {allowed}")
    return chosen


def _tests_in(folder: PurePosixPath, root: Path) -> list[str]:
    folders = (str(folder), *_ELSEWHERE.get(str(folder), ()))
    files = (file for name in folders for file in sorted((root / TESTS / name).glob("test_*.py")))
    return [file.relative_to(root).as_posix() for file in files]


def _is_named_after(file: str, stem: str) -> bool:
    return PurePosixPath(file).stem == f"test_{stem}"
