"""The environment of Verilator's builds."""

import shutil

import pytest

from pezo_hw.tools.verilator import build_environment, search_path


@pytest.fixture
def installed(monkeypatch):
    """Says whether there is ccache."""

    def install(there: bool) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if there else None)
        monkeypatch.delenv("OBJCACHE", raising=False)

    return install


def test_the_compiler_is_cached_where_that_can_be(installed):
    installed(True)
    assert build_environment()["OBJCACHE"] == "ccache"


def test_without_ccache_nothing_is_asked_of_it(installed):
    installed(False)
    assert "OBJCACHE" not in build_environment()


def test_what_the_user_has_set_is_kept(installed, monkeypatch):
    installed(True)
    monkeypatch.setenv("OBJCACHE", "sccache")
    monkeypatch.setenv("MAKEFLAGS", "-j3")
    environment = build_environment()
    assert environment["OBJCACHE"] == "sccache"
    assert environment["MAKEFLAGS"].startswith("-j3 ")


def test_the_package_s_verilator_comes_after_the_user_s(monkeypatch):
    monkeypatch.setenv("PATH", "/somewhere")
    assert search_path().startswith("/somewhere:")
    assert search_path() != "/somewhere"
