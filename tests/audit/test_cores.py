"""Cores on disk: all of them are found, and nothing about them is taken on trust."""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pezo_hw import PezoError, load
from pezo_hw.audit import cores_on_disk, verilog_without_manifest
from pezo_hw.config import Config, parse
from pezo_hw.emit import emit_core
from pezo_hw.tools.files import write_files
from pezo_hw.vivado import ClockParameters, Part, hand_off
from tests.verify.signing import sign

SMALL = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 3\nwidth = 4\nlanes = 5\n'
POOL = '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\npool = 12\nlanes = 4\n'
CASES = {"core": SMALL, "stream": POOL, "replay": SMALL, "axi": SMALL}


def config(system: str = "core") -> Config:
    return parse(CASES[system], name="small")


def write(folder: Path, system: str = "core", **options: Any) -> Path:
    """A core in a folder; its manifest."""
    core = emit_core(config(system), system=system, **options)
    write_files(folder, core.files)
    return folder / f"{core.top}.json"


def refused(folder: Path, system: str = "core") -> str:
    with pytest.raises(PezoError) as error:
        cores_on_disk(config(system), folder, system)
    assert "\n" not in str(error.value)
    return str(error.value)


def leaves(value: Any, *way: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every value of some JSON that is no object or list, or an empty one."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in inside:
        if isinstance(below, (dict, list)) and below:
            yield from leaves(below, *way, key)
        else:
            yield (*way, key)


def other(value: Any) -> Any:
    """A value of the same kind that is another."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return f"{value}x" if isinstance(value, str) else [value]


def change(manifest: dict[str, Any], way: tuple[Any, ...], do: str) -> dict[str, Any]:
    changed = copy.deepcopy(manifest)
    inner: Any = changed
    for key in way[:-1]:
        inner = inner[key]
    if do == "remove":
        del inner[way[-1]]
    else:
        inner[way[-1]] = other(inner[way[-1]])
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("system", CASES)
def test_every_field_is_looked_at(tmp_path: Path, system: str):
    """Another value, or none (or by turns, where there are many): refused, with its name."""
    path = write(tmp_path, system)
    manifest = json.loads(path.read_text())
    ways = list(leaves(manifest))
    assert len(ways) > 40
    for number, way in enumerate(ways):
        both = ("replace", "remove")
        for do in both if len(ways) < 150 else both[number % 2 :][:1]:
            if (way[0], do) == ("generator", "replace"):
                continue
            path.write_text(json.dumps(change(manifest, way, do)))
            said = refused(tmp_path, system)
            assert str(path) in said
            assert way[0] in said
    path.write_text(json.dumps(manifest))
    assert len(cores_on_disk(config(system), tmp_path, system)) == 1


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda m: m["scaling"].update(base=-9), "scaling.base = -9 is not allowed; allowed: "),
        (
            lambda m: m["fixed_point"].update(frac=7),
            "fixed_point.frac = 7 is not allowed; allowed: 3",
        ),
        (lambda m: m.update(latency=2.0), "latency = 2.0 is not allowed; allowed: 2, as follows"),
        (lambda m: m.update(latency=True), "latency = true is not allowed"),
        (lambda m: m["config"]["on-the-fly"].update(rngs=5), "config.on-the-fly.rngs = 5"),
        (lambda m: m["ports"].pop(), "ports = "),
        (lambda m: m.update(latency={"a": 1}), "latency = a table is not allowed"),
        (lambda m: m.update(name="big"), 'name = "big" is not allowed; allowed: "small"'),
        (lambda m: m.update(more=1), "more = 1 is not allowed; allowed: nothing there"),
        (lambda m: m.update(files=[]), "files = [] is not allowed"),
        (lambda m: m["config"]["on-the-fly"].update(architecture="pointer"), "architecture"),
        (lambda m: m.update(generator="me"), 'generator = "me" is not allowed'),
        (lambda m: m.update(vivado={}), "vivado.clock_mhz is missing"),
        (lambda m: m["files"].update({"../x.mem": "0" * 64}), "files.../x.mem = "),
        (lambda m: m["files"].update({"/etc/passwd": "0" * 64}), "files./etc/passwd = "),
        (lambda m: m["files"].update({"pezo_small.v": "0" * 64}), "the SHA-256 of "),
        (lambda m: m["files"].update({"pezo_small.v": None}), "64 hexadecimal digits"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path: Path, edit: Any, says: str):
    path = write(tmp_path)
    manifest = json.loads(path.read_text())
    edit(manifest)
    path.write_text(json.dumps(manifest))
    assert says in refused(tmp_path)


@pytest.mark.parametrize("end", [".v", "_scale_table.mem", ".rdl", "_config.h"])
def test_every_file_is_looked_at(tmp_path: Path, end: str):
    path = write(tmp_path, "axi")
    file = path.with_name(f"{path.stem}{end}")
    whole = file.read_bytes()
    file.write_bytes(whole + b"\n")
    assert f"files.{file.name} = " in refused(tmp_path, "axi")
    file.unlink()
    assert "No such file" in refused(tmp_path, "axi")
    os.mkfifo(file)
    assert f"{file}: " in refused(tmp_path, "axi")
    file.unlink()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(whole)
    file.symlink_to("outside/file")
    assert "leads out of its folder" in refused(tmp_path, "axi")


def test_a_headers_constants_are_the_configurations(tmp_path: Path):
    """Even where the checksum was changed with them."""
    path = write(tmp_path, "axi")
    header = path.with_name(f"{path.stem}_config.h")
    header.write_text(header.read_text().replace("LANES 5u", "LANES 6u"))
    sign(tmp_path)
    assert f"{header}: not what small gives" in refused(tmp_path, "axi")


def test_a_memory_elsewhere_is_not_read(tmp_path: Path):
    path = write(tmp_path / "rtl")
    verilog = path.with_suffix(".v")
    memory = path.with_name("pezo_small_scale_table.mem")
    shutil.copy(memory, tmp_path)
    verilog.write_text(verilog.read_text().replace('"pezo_small_scale', '"../pezo_small_scale'))
    sign(path.parent)
    assert "files" in refused(tmp_path / "rtl")


def test_another_module_under_its_name(tmp_path: Path):
    path = write(tmp_path)
    verilog = path.with_suffix(".v")
    verilog.write_text(verilog.read_text().replace("module pezo_small(", "module pezo_large("))
    sign(tmp_path)
    assert 'top = "pezo_small" is not allowed; allowed: pezo_large' in refused(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"name": 1, "name": 2}', "\xff"])
def test_a_broken_manifest_is_said(tmp_path: Path, text: str):
    path = write(tmp_path)
    path.write_text(text, encoding="latin-1")
    assert f"{path}: not a manifest (" in refused(tmp_path)


def test_other_json_is_nobodys_manifest(tmp_path: Path):
    write(tmp_path)
    for name, text in (
        ("list", "[]"),
        ("broken", "{"),
        ("board", '{"name": "small", "config": 1}'),
    ):
        (tmp_path / f"{name}.json").write_text(text)
    os.mkfifo(tmp_path / "pipe.json")
    assert len(cores_on_disk(config(), tmp_path)) == 1


def test_all_of_one_configuration_are_found(tmp_path: Path):
    """By name, below and beside each other; systems and other configurations are not meant."""
    write(tmp_path)
    write(tmp_path, name="noise")
    write(tmp_path / "inline", inline_memories=True)
    write(tmp_path / "axi", "axi")
    write_files(tmp_path / "other", emit_core(load("paper-roberta")).files)
    found = cores_on_disk(config(), tmp_path)
    places = ["noise", "pezo_small", "inline/pezo_small"]
    assert [core.place for core in found] == places
    assert list(found[2].files) == ["pezo_small.v"]
    assert "noise_scale_table.mem" in found[0].files
    listed = r"holds no replay of small; .* there is noise \(core\), .*\(axi\), .* more$"
    with pytest.raises(PezoError, match=listed):
        cores_on_disk(config(), tmp_path, "replay")


def test_one_that_is_wrong_is_enough(tmp_path: Path):
    write(tmp_path / "a")
    path = write(tmp_path / "b")
    path.write_text(path.read_text().replace('"latency": 2', '"latency": 3'))
    assert f"{path}: latency = 3" in refused(tmp_path)


def test_the_hand_off_to_vivado_belongs_to_it(tmp_path: Path):
    whole = hand_off(
        emit_core(config()), config(), ClockParameters(mhz=300), Part(), activity=False
    )
    write_files(tmp_path, whole.files)
    (core,) = cores_on_disk(config(), tmp_path)
    assert set(core.files) == {"pezo_small.v", "pezo_small_scale_table.mem"}
    (tmp_path / "component.xml").write_text("")
    assert "files.component.xml" in refused(tmp_path)
    write_files(tmp_path, whole.files)
    path = tmp_path / "pezo_small.json"
    path.write_text(path.read_text().replace('"3.333"', '"3.334"'))
    assert 'vivado.period_ns = "3.334" is not allowed; allowed: "3.333"' in refused(tmp_path)


def test_other_versions_are_remarked(tmp_path: Path):
    path = write(tmp_path)
    manifest = json.loads(path.read_text())
    manifest["generator"]["yosys"] = "0.1"
    path.write_text(json.dumps(manifest))
    (core,) = cores_on_disk(config(), tmp_path)
    assert core.remark.startswith("written by yosys 0.1 (here ")


def test_verilog_without_a_manifest(tmp_path: Path):
    path = write(tmp_path / "below")
    (tmp_path / "below" / "foreign.v").write_text("module foreign; endmodule\n")
    assert verilog_without_manifest(tmp_path) == []
    path.unlink()
    assert verilog_without_manifest(tmp_path) == [path.with_suffix(".v")]


@pytest.mark.slow
@pytest.mark.icarus
def test_each_is_simulated(pezo, tmp_path: Path):
    """The one that is broken is not the first, and named."""
    (tmp_path / "small.toml").write_text(SMALL)
    write(tmp_path / "rtl" / "a")
    path = write(tmp_path / "rtl" / "b", name="noise")
    memory = path.with_name("noise_scale_table.mem")
    words = memory.read_text().split()
    memory.write_text("\n".join(f"{3 - int(word, 16):x}" for word in words) + "\n")
    sign(path.parent)
    command = ("verify", tmp_path / "small.toml", "--rtl", tmp_path / "rtl")
    options = ("--simulator", "icarus", "--cycles", 40, "--work", tmp_path / "work")
    status, out, _ = pezo(*command, *options)
    assert status == 1
    assert "found small core: a/pezo_small\n" in out
    assert "found small core: b/noise\n" in out
    rows = [line for line in out.splitlines() if "│" in line]
    assert [("a/pezo_small" in row, "bit-exact" in row) for row in rows] == [(1, 1), (0, 0)]
    assert "not bit-exact: small core b/noise, " in out
