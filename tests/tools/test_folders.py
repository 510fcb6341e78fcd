"""Temporary folders, and the one for what is kept."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.tools.environment import environment_for
from pezo_hw.tools.folders import (
    cache_folder,
    new_temporary_folder,
    plain_root,
    temporary_folder,
    temporary_root,
)

VARIABLES = ("PEZO_CACHE_DIR", "LOCALAPPDATA", "XDG_CACHE_HOME", "HOME")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch):
    """Sets ``tempfile``'s own memory of where temporary files go."""
    return lambda root: monkeypatch.setattr(tempfile, "tempdir", str(root))


def test_a_temporary_folder_goes_with_what_is_in_it():
    with pytest.raises(ZeroDivisionError), temporary_folder("pezo-test-") as folder:
        (folder / "a").mkdir()
        assert folder.name.startswith("pezo-test-")
        raise ZeroDivisionError
    assert not folder.exists()


def test_no_folder_for_temporary_files_is_one_line(monkeypatch: pytest.MonkeyPatch):
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in [...]")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with pytest.raises(PezoError, match=r"no folder for temporary files; allowed: TMPDIR set to"):
        temporary_root()


def test_one_that_is_gone_is_one_line(temporary, tmp_path: Path):
    temporary(tmp_path / "gone")
    with pytest.raises(PezoError, match=r"gone: No such file or directory; allowed: TMPDIR set"):
        new_temporary_folder()


@pytest.mark.parametrize("character", " $#'\"%:;&()\\*?<>|`~!=,{}[]\té")
def test_an_awkward_name_is_passed_by(temporary, tmp_path: Path, character: str):
    (tmp_path / "plain-1.0_b").mkdir()
    temporary(tmp_path / "plain-1.0_b")
    assert plain_root() == tmp_path / "plain-1.0_b"
    (tmp_path / f"a{character}b").mkdir()
    temporary(tmp_path / f"a{character}b")
    assert plain_root() in (Path("/tmp"), Path("/var/tmp"))


def test_where_every_name_is_awkward_the_remedy_is_named(temporary, tmp_path: Path, monkeypatch):
    (tmp_path / "a b").mkdir()
    temporary(tmp_path / "a b")
    monkeypatch.setattr("pezo_hw.tools.folders._SYSTEMS_PLACES", ("/none",))
    with pytest.raises(PezoError, match=r"a b: some programs cannot carry this name; allowed: TMP"):
        plain_root()


@pytest.mark.skipif(sys.platform != "linux", reason="other folders elsewhere")
def test_where_what_is_kept_lies(bare, tmp_path: Path):
    bare.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "pezo_hw"
    bare.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == tmp_path / ".cache" / "pezo_hw"
    bare.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert cache_folder() == tmp_path / "x" / "pezo_hw"
    bare.setenv("PEZO_CACHE_DIR", str(tmp_path / "p"))
    assert cache_folder() == tmp_path / "p"
    bare.setenv("PEZO_CACHE_DIR", "relative")
    assert cache_folder() == Path.cwd() / "relative"


@pytest.mark.parametrize("home", ["", "relative"])
def test_a_home_that_is_none(bare, home: str):
    bare.setenv("HOME", home)
    assert cache_folder() is None


def test_a_user_without_a_home(bare):
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    bare.setattr(Path, "home", none)
    assert cache_folder() is None


@pytest.mark.parametrize("cache", ["/dev/null/cache", "/proc/cache"])
def test_what_must_lie_somewhere_lies_as_long_as_the_process(cache: str):
    program = "from pezo_hw.tools.folders import kept_folder as f; print(f()); assert f().is_dir()"
    environment = environment_for(sys.executable) | {"PEZO_CACHE_DIR": cache}
    done = subprocess.run([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
    folder = Path(done.stdout.decode().strip())
    assert done.returncode == 0
    assert folder.name.startswith("pezo-cache-")
    assert not folder.exists()
