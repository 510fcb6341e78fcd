"""Programs around the C driver that are compiled with the sanitizers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.driver.c_driver import SOURCES, WARNINGS, sources

SANITIZERS = ("-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
OPTIONS = ("-std=c99", "-O1", *WARNINGS, *SANITIZERS, "-fno-omit-frame-pointer")


def sanitizing_compiler(folder: Path) -> str:
    """The C compiler; skips where it says itself that it has no sanitizers."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("cc is not on PATH")
    (folder / "empty.c").write_text("int main(void) { return 0; }\n")
    command = [compiler, *SANITIZERS, "empty.c", "-o", "empty"]
    tried = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    missing = ("cannot find", "unsupported", "unrecognized", "not supported", "preinit.o")
    if tried.returncode and any(words in tried.stderr for words in missing):
        pytest.skip("this compiler has no sanitizers")
    return compiler


class SanitizedDriver:
    """The driver's object files under ASan and UBSan, once, for programs around them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._compiler = sanitizing_compiler(folder)
        subprocess.run([self._compiler, *OPTIONS, "-c", *sources()], cwd=folder, check=True)
        self._objects = sorted(folder.glob("pezo*.o"))

    def program(self, source: Path) -> Path:
        """A file of C with the driver."""
        program = self._folder / source.stem
        files = [source, *self._objects, f"-I{SOURCES}", "-lm"]
        subprocess.run([self._compiler, *OPTIONS, *files, "-o", program], check=True)
        return program
