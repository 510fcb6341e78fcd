"""``pezo generate``: what lands where."""

from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.emit import emit_core
from pezo_hw.vivado import ClockParameters, Part, hand_off
from tests.cases import OTF
from tests.making import pointed


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_one_config_lands_in_the_folder_itself(pezo, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, err = pezo("generate", "paper-roberta", "-o", "rtl")
    assert (status, err) == (0, "")
    assert files(tmp_path / "rtl") == emit_core(load("paper-roberta")).files
    assert "pezo_paper_roberta.v" in "".join(line.strip("│ ") for line in out.splitlines())


@pytest.mark.slow
def test_several_land_in_a_folder_each(pezo, tmp_path: Path):
    assert pezo("generate", "paper-roberta", "paper-pool", "-o", tmp_path)[0] == 0
    expected = {}
    for name in ("paper-roberta", "paper-pool"):
        emitted = emit_core(load(name)).files
        expected |= {f"{name}/{file}": text for file, text in emitted.items()}
    assert files(tmp_path) == expected


def test_options_reach_the_hardware(pezo, tmp_path: Path):
    options = ("--name", "noise", "--inline")
    config = tmp_path / "mine.toml"
    config.write_text(pointed(OTF))
    assert pezo("generate", config, "-o", tmp_path / "rtl", *options)[0] == 0
    written = files(tmp_path / "rtl")
    assert sorted(written) == ["noise.json", "noise.v"]
    assert "noise__rotating_bank__circular_shift" in written["noise.v"]
    assert '"architecture": "pointer"' in written["noise.json"]


@pytest.mark.slow
def test_the_hand_off_to_vivado(pezo, tmp_path: Path):
    options = ("--vivado", "--clock-mhz", "250", "--no-saif")
    status, out, err = pezo("generate", "paper-pool", "-o", tmp_path, *options)
    assert (status, err) == (0, "")
    core = emit_core(load("paper-pool"))
    expected = hand_off(core, load("paper-pool"), ClockParameters(mhz=250), Part(), activity=False)
    assert files(tmp_path) == expected.files
    shown = "".join(line.strip("│ ") for line in out.splitlines())
    assert all(Path(file).suffix in shown for file in expected.files)


def test_nothing_is_written_without_a_compiler(pezo, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *names: iter(()))
    status, out, err = pezo("generate", "paper-pool", "-o", tmp_path / "rtl", "--vivado")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "--no-saif" in err
    assert not (tmp_path / "rtl").exists()


@pytest.mark.slow
@pytest.mark.parametrize("system", ["stream", "replay"])
@pytest.mark.parametrize(
    ("preset", "core"),
    [("paper-roberta", "pezo_paper_roberta"), ("paper-pool", "pezo_paper_pool")],
)
def test_systems(pezo, tmp_path: Path, system: str, preset: str, core: str):
    assert pezo("generate", preset, "-o", tmp_path, "--system", system)[0] == 0
    assert files(tmp_path) == emit_core(load(preset), system=system).files
    assert f"module {core}_{system}(" in files(tmp_path)[f"{core}_{system}.v"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("paper-roberta",), "Missing option '-o'"),
        (("-o", "rtl"), "Missing argument"),
        (("paper-roberta", "paper-opt", "-o", "rtl", "--name", "x"), "only with one CONFIG"),
        (("paper-roberta", "paper-roberta", "-o", "rtl"), "paper-roberta is given twice"),
        (("paper-roberta", "-o", "rtl", "--name", "not-this"), "a Verilog identifier"),
        (("paper-roberta", "-o", "rtl", "--system", "bus"), "'core', 'stream', 'replay'"),
        (("paper-roberta", "-o", "rtl", "--clock-mhz", "500"), "only with --vivado"),
        (("paper-roberta", "-o", "rtl", "--no-saif"), "only with --vivado"),
        (("paper-roberta", "-o", "rtl", "--part", "xc7z020clg400-1"), "only with --vivado"),
        (
            ("paper-roberta", "-o", "rtl", "--vivado", "--part", "zcu102"),
            '--part = "zcu102" is not allowed; allowed: a part as Vivado names it, xczu9eg-',
        ),
        (
            ("paper-roberta", "-o", "rtl", "--vivado", "--clock-mhz", "0.5"),
            "--clock-mhz = 0.5 is not allowed; allowed: a number from 1 to 1000",
        ),
        (("paper-roberta", "-o", "rtl", "--vivado", "--clock-mhz", "nan"), "a number from 1"),
        (("paper-roberta", "-o", "rtl", "--vivado", "--clock-mhz", "fast"), "--clock-mhz"),
        (("paper-roberta", "-o", "a-file"), "is a file"),
        (("paper-roberta", "-o", ""), "allowed: a path"),
        (("paper-roberta", "-o", "a-file/rtl"), "cannot be written"),
        (("paper-roberta", "missing.toml", "-o", "rtl"), "missing.toml: No such file"),
    ],
)
def test_bad_options(pezo, tmp_path: Path, monkeypatch, arguments: tuple[str, ...], says: str):
    (tmp_path / "a-file").write_text("")
    monkeypatch.chdir(tmp_path)
    status, out, err = pezo("generate", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]
