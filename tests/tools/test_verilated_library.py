"""Verilator's library is compiled once, kept whole, and never believed when it is not."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools import verilated_library
from pezo_hw.tools.toolchain import COMPILER
from pezo_hw.tools.verilated_library import VerilatedLibrary

SOURCE = "small.cpp"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(verilated_library, "kept_folder", lambda: tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was compiled."""
    sources: list[str] = []
    original = VerilatedLibrary._object_of

    def count(self: VerilatedLibrary, source: str) -> bytes:
        sources.append(source)
        return original(self, source)

    monkeypatch.setattr(VerilatedLibrary, "_object_of", count)
    return sources


@pytest.fixture
def library(tmp_path: Path, kept: Path):
    """A library of one small file, by what it holds and by its macros."""

    def of(text: str = "int f() { return X; }\n", *macros: str) -> VerilatedLibrary:
        (tmp_path / "root" / "include").mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / "include" / SOURCE).write_text(text)
        verilated_library._folder_digest.cache_clear()
        return VerilatedLibrary(
            root=tmp_path / "root", compiler=COMPILER.find(), macros=macros or ("X=1",)
        )

    return of


def files(kept: Path) -> list[Path]:
    return [path for path in kept.rglob("*") if path.is_file()]


def test_compiled_once(library, compiled, kept: Path):
    first = library().objects([SOURCE])
    assert first["small.o"].startswith(b"\x7fELF")
    assert library().objects([SOURCE]) == first
    assert compiled == [SOURCE]
    assert len(files(kept)) == 1


def test_anew_for_every_other_content_and_macro(library, compiled):
    library().objects([SOURCE])
    other = library("int f() { return X + 1; }\n").objects([SOURCE])
    assert library("int f() { return X; }\n", "X=2").objects([SOURCE]) == other
    assert len(compiled) == 3


@pytest.mark.slow
def test_no_damage_is_believed(library, compiled, kept: Path):
    """A bit flipped, bytes missing or added, emptied, replaced by a folder."""
    expected = library().objects([SOURCE])
    (path,) = files(kept)
    whole = path.read_bytes()
    drawn = random.Random(1)
    damages = [b"", whole + b"\0", whole[:-1]]
    for _ in range(20):
        bit = drawn.randrange(8 * len(whole))
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        damages += [bytes(flipped), whole[: drawn.randrange(len(whole))]]
    for number, damage in enumerate(damages):
        path.write_bytes(damage)
        assert library().objects([SOURCE]) == expected
        assert len(compiled) == number + 2
        assert path.read_bytes() == whole
    path.unlink()
    path.mkdir()
    assert library().objects([SOURCE]) == expected


def test_a_folder_that_cannot_be_written_to(library, compiled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verilated_library, "kept_folder", lambda: Path("/dev/null"))
    assert library().objects([SOURCE]) == library().objects([SOURCE])
    assert len(compiled) == 2


def test_several_at_once(library, kept: Path):
    one = library()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: one.objects([SOURCE])["small.o"], range(16)))
    assert len(set(found)) == 1
    assert [path.name.startswith("small-") for path in files(kept)] == [True]


def test_progress_is_told_for_each(library):
    told: list[int] = []
    library().objects([SOURCE, SOURCE], lambda: told.append(1))
    assert told == [1, 1]


def test_the_compiler_s_words(library):
    with pytest.raises(PezoError, match=r"^the C\+\+ compiler failed: .*small.cpp:1:.* error"):
        library("int f() { return nothing; }\n").objects([SOURCE])
