"""Options that mean nothing to what is asked for: said, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pezo_hw.cli.common import OutputPath
from pezo_hw.cli.main import cli, run
from pezo_hw.generators.replay.options import SystemOptions
from tests.cases import DRAWN
from tests.table6.test_table import OURS

TOML = """
[perturbation]
strategy = "on-the-fly"
[on-the-fly]
rngs = 3
width = 5
[system]
load = "phase"
count_bits = 20
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEZO_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "small.toml"
    path.write_text(TOML)
    return path


def test_the_options_that_differ_from_their_defaults():
    assert SystemOptions().chosen == {}
    assert SystemOptions(health="flag", count_bits=26).chosen == {"health": "flag"}


@pytest.mark.parametrize(
    "command",
    [
        ("generate", "-o", "rtl"),
        ("synth", "--json"),
        ("verify", "--simulator", "amaranth", "--bench", "core", "--cycles", "8"),
    ],
)
def test_options_of_the_system_without_it(pezo, config: Path, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pezo_hw.cli.synth.measure", lambda *_, **__: (OURS, None))
    name, *options = command
    status, _, err = pezo(name, config, *options)
    first, *rest = err.splitlines()
    assert status == 0
    assert first == (
        'pezo: warning: small: [system] count_bits = 20, load = "phase" is not used by --system '
        "core; it is of --system replay and axi alone"
    )
    assert not any("warning" in line for line in rest)


def test_a_drawn_start_without_commands(pezo, tmp_path: Path):
    config = tmp_path / "drawn.toml"
    config.write_text(DRAWN + "pool = 31\nwidth = 5\n")
    command = ("generate", config, "-o", tmp_path, "--system")
    assert pezo(*command, "stream")[2].splitlines()[0] == (
        'pezo: warning: drawn: [perturbation] start = "drawn" is not used by --system stream; '
        "it is of --system replay and axi alone"
    )
    assert "start" not in pezo(*command, "replay")[2]


def test_a_stream_does_not_have_them_and_a_replay_does(pezo, config: Path, tmp_path: Path):
    command = ("generate", config, "-o", tmp_path, "--system")
    assert "is not used by --system stream;" in pezo(*command, "stream")[2]
    assert pezo(*command, "replay")[2] == ""


def test_those_of_axi_alone_are_said_so(pezo, tmp_path: Path):
    config = tmp_path / "small.toml"
    text = '[perturbation]\nstrategy = "on-the-fly"\n[system]\ntuser = false\nload = "phase"\n'
    config.write_text(text)
    first, *_ = pezo("generate", config, "-o", tmp_path / "rtl", "--system", "replay")[
        2
    ].splitlines()
    assert first == (
        "pezo: warning: small: [system] tuser = false is not used by --system replay; "
        "it is of --system axi alone"
    )
    assert (
        "is not used" not in pezo("generate", config, "-o", tmp_path / "axi", "--system", "axi")[2]
    )


def test_info_names_them(pezo, config: Path):
    out = " ".join(pezo("info", config)[1].split())
    assert "[system] │ count_bits = 20, load = phase, health = none; of --system replay" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("synth", "paper-opt", "--seeds", "5"), "--target ecp5, ice40, nexus"),
        (("synth", "paper-opt", "--target", "ecp5", "--no-route", "--seeds", "5"), "--seeds = 5"),
        (("table6", "--json", "--markdown"), "without --markdown"),
        (("verify", "paper-pool", "--rtl", ".", "--simulator", "amaranth"), "a Verilog simulator"),
    ],
)
def test_what_contradicts_itself_is_refused(pezo, arguments: tuple[str, ...], says: str):
    status, out, err = pezo(*arguments)
    assert (status, out) == (2, "")
    assert says in err.splitlines()[-1]


def test_a_place_that_can_have_no_file_is_refused_before_the_work(pezo, tmp_path: Path):
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "x.svg"
    # Were it not refused, each would work for seconds at most.
    for command in (
        ("power", "row-pool", "--plot", place),
        ("stream", "row-pool", "-o", place),
        ("verify", "row-pool", "--simulator", "amaranth", "--cycles", 1, "--junit", place),
    ):
        status, out, err = pezo(*command)
        said = f"pezo: error: {place}: cannot be written (Not a directory)\n"
        assert (status, out, err) == (2, "", said)


def test_whoever_works_long_looks_at_the_place_first():
    outputs = {
        (name, option)
        for name, command in cli.commands.items()
        for parameter in command.params
        for option in parameter.opts
        if isinstance(parameter.type, OutputPath)
    }
    assert outputs >= {
        ("bench", "--json"),
        ("layers", "--output"),
        ("report", "--output"),
        ("synth", "--netlist"),
        ("table6", "--output"),
        ("table6", "--record"),
    }


def test_a_folder_that_can_be_none_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere").symlink_to("gone/away")
    (tmp_path / "removed").mkdir()
    bad = ["/dev/null", "/dev/null/x", *(str(tmp_path / n) for n in ("file/x", "loop", "nowhere"))]
    for command in (["board", "wide"], ["generate", "wide"], ["explore", "spread"], ["driver"]):
        for folder in bad:
            assert run([*command, "-o", folder]) == 2
            said = capsys.readouterr()
            assert (said.out, said.err.count("\n")) == ("", 1)
            assert said.err.endswith(f"{folder}: cannot be written (Not a directory)\n"), said.err
    monkeypatch.chdir(tmp_path / "removed")
    (tmp_path / "removed").rmdir()
    assert run(["driver", "-o", "x"]) == 2
    assert (
        capsys.readouterr().err == "pezo: error: x: cannot be written (No such file or directory)\n"
    )
    monkeypatch.chdir(tmp_path)
    assert run(["info", "paper-pool", "--tensors", "9" * 5000]) == 2
    assert len(capsys.readouterr().err) < 200


WITHOUT_EFFECT = [
    ("presets --show paper-opt --json", "--json = true", "without --show"),
    ("power paper-roberta --nets 3 --markdown", "--nets = 3", "without --markdown and --into"),
    ("power paper-roberta --nets 0 --into page.md", "--nets = 0", "without --markdown and --into"),
    ("explore spread -o x --scheduler here --workers 2", "--workers = 2", "without --scheduler"),
    ("explore spread -o x --list --length 9", "--length = 9", "without --list"),
    ("explore spread -o x --list --energy netlist", '--energy = "netlist"', "without --list"),
    ("explore spread -o x --train --steps 3 --list", "--train = true", "without --list"),
    ("explore spread -o x --list --no-pictures", "--no-pictures = true", "without --list"),
    ("generate row-pool -o x --part none", '--part = "none"', "only with --vivado"),
    ("verify row-pool --window 3", "--window = 3", "only with --trace DIR"),
    ("bench --into page.md", '--into = "page.md"', "with --layer alone"),
    ("synth row-pool --seeds 5", "--seeds = 5", "only where cores are placed"),
]


def test_an_option_without_effect_is_refused(pezo, tmp_path: Path, monkeypatch):
    """In one line, before anything is measured or written, whatever its value."""
    monkeypatch.chdir(tmp_path)
    for command, option, allowed in WITHOUT_EFFECT:
        status, out, err = pezo(*command.split())
        assert (status, out) == (2, ""), command
        assert err.startswith(f"pezo: error: {option} is not allowed; allowed: {allowed}"), err
        assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())
