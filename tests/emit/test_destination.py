"""``pezo generate -o`` onto a folder that is not empty."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SMALL = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 2\nwidth = 4\n'


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def rtl(pezo, small: Path, tmp_path: Path) -> Path:
    """A folder that holds the core of a configuration called small."""
    assert pezo("generate", small, "-o", tmp_path / "rtl")[0] == 0
    return tmp_path / "rtl"


def refuses(pezo, folder: Path, *arguments: object) -> str:
    """What is said, once it is seen that nothing has changed."""
    before = snapshot(folder)
    status, out, err = pezo("generate", *arguments, "-o", folder)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert snapshot(folder) == before
    assert "allowed: a folder without them, or --force" in err
    return err


def test_of_another_configuration(pezo, rtl: Path, small: Path, tmp_path: Path):
    """Also where only its name is another, or only letters that a top does not have."""
    for name in ("other", "sma-ll"):
        other = tmp_path / f"{name}.toml"
        other.write_text(SMALL)
        assert f"{rtl} holds pezo_small of small" in refuses(pezo, rtl, other)
    assert "holds pezo_small of small" in refuses(pezo, rtl, "paper-pool", "--name", "pezo_small")
    assert pezo("generate", tmp_path / "other.toml", "-o", rtl, "--force")[0] == 0
    assert {"pezo_small.json", "pezo_other.json"} < set(snapshot(rtl))
    assert "holds pezo_other of other" in refuses(pezo, rtl, small)


@pytest.mark.slow
def test_in_the_folder_of_one_of_several(pezo, rtl: Path, small: Path, tmp_path: Path):
    """Nothing of any is written then."""
    (tmp_path / "many" / "small").mkdir(parents=True)
    assert pezo("generate", "paper-pool", "-o", tmp_path / "many" / "small")[0] == 0
    said = refuses(pezo, tmp_path / "many", "paper-roberta", small)
    assert "small holds pezo_paper_pool of paper-pool" in said


def test_without_its_manifest(pezo, rtl: Path):
    (rtl / "pezo_small.json").unlink()
    assert f"{rtl} holds pezo_small.v, of no manifest" in refuses(pezo, rtl, "paper-pool")


def test_with_a_broken_manifest(pezo, rtl: Path, small: Path):
    """It is in the way of others, and its own core writes it anew."""
    manifest = rtl / "pezo_small.json"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:100])
    status, _, err = pezo("generate", "paper-pool", "-o", rtl)
    assert (status, err.count("\n")) == (2, 1)
    assert f"{manifest}: not a manifest" in err
    assert pezo("generate", small, "-o", rtl)[0] == 0
    assert manifest.read_bytes() == whole


def test_foreign_files_are_in_nobodys_way(pezo, small: Path, tmp_path: Path):
    for name, text in (("top.v", "module top; endmodule\n"), ("a.json", "[1]"), ("b.json", "{")):
        (tmp_path / name).write_text(text)
    assert pezo("generate", small, "-o", tmp_path)[0] == 0


def test_the_same_again(pezo, rtl: Path, small: Path):
    before = snapshot(rtl)
    status, out, _ = pezo("generate", small, "-o", rtl)
    assert status == 0
    assert "another" not in out
    assert snapshot(rtl) == before


def test_systems_and_names_side_by_side(pezo, rtl: Path, small: Path):
    for options in (("--system", "stream"), ("--name", "noise")):
        assert pezo("generate", small, "-o", rtl, *options)[0] == 0
    tops = {"pezo_small", "pezo_small_stream", "noise"}
    assert {path.stem for path in rtl.glob("*.v")} == tops


def test_other_settings_are_said(pezo, rtl: Path, small: Path):
    small.write_text(SMALL.replace("width = 4", "width = 5"))
    status, out, _ = pezo("generate", small, "-o", rtl)
    assert status == 0
    assert "pezo_small there was of another on-the-fly.width.\n" in out


def test_what_an_earlier_run_has_left(pezo, rtl: Path, small: Path):
    """Removed, unless somebody has edited it; nothing but what its manifest lists is touched."""
    assert pezo("generate", small, "-o", rtl, "--vivado", "--no-saif")[0] == 0
    (rtl / "pezo_small.xdc").write_text("# mine\n")
    (rtl / "notes.txt").write_text("mine\n")
    status, out, _ = pezo("generate", small, "-o", rtl, "--inline")
    assert status == 0
    left = {"pezo_small.v", "pezo_small.json", "pezo_small.xdc", "notes.txt"}
    assert set(snapshot(rtl)) == left
    assert f"removed: {rtl / 'component.xml'}, of an earlier run\n" in out
    assert f"removed: {rtl / 'pezo_small_scale_table.mem'}, of an earlier run\n" in out
    assert f"left: {rtl / 'pezo_small.xdc'}, of an earlier run, edited since\n" in out


def test_nothing_outside_is_removed(pezo, rtl: Path, small: Path, tmp_path: Path):
    """Whatever a manifest lists."""
    outside = tmp_path / "outside.txt"
    outside.write_text("mine\n")
    checksum = json.loads((rtl / "pezo_small.json").read_text())["files"]["pezo_small.v"]
    (rtl / "link.txt").symlink_to(rtl / "pezo_small.v")
    manifest = json.loads((rtl / "pezo_small.json").read_text())
    manifest["files"] |= {"../outside.txt": checksum, str(outside): checksum, "link.txt": checksum}
    (rtl / "pezo_small.json").write_text(json.dumps(manifest))
    outside.write_bytes((rtl / "pezo_small.v").read_bytes())
    status, out, _ = pezo("generate", small, "-o", rtl)
    assert status == 0
    assert outside.exists()
    assert (rtl / "link.txt").is_symlink()
    assert "outside" not in out.replace(str(tmp_path), "")


def test_one_component_xml_a_folder(pezo, small: Path, tmp_path: Path):
    vivado = ("--vivado", "--no-saif")
    assert pezo("generate", small, "-o", tmp_path / "rtl", *vivado)[0] == 0
    said = refuses(pezo, tmp_path / "rtl", small, "--system", "stream", *vivado)
    assert "component.xml belongs to pezo_small;" in said
