"""Hardware has no bus that Amaranth cannot have; the stream in software has no such bound."""

from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.config import parse
from pezo_hw.emit import emit_core
from pezo_hw.systems.registry import SYSTEMS

OTF = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\n'
PRE = '[perturbation]\nstrategy = "pre-generated"\n[pre-generated]\nleftover = "row"\n'

# By system the most lanes, or RNGs, of a kind: lanes, bits beside them, and 65,535 in all.
MOST = {
    "tile": (OTF + "lanes = {}\n", {"core": 8192, "stream": 8191, "replay": 8191, "axi": 8190}),
    "lanes": (
        PRE + "width = 8\npool = {0}\nlanes = {0}\n",
        dict.fromkeys(SYSTEMS, 8191),
    ),
    "rngs": (
        OTF + "width = 13\nrngs = {}\n",
        {"core": 5041, "stream": 5041, "replay": 5040, "axi": 4094},
    ),
    "slots of 32 bits": (
        PRE + "width = 17\npool = {0}\nlanes = {0}\n",
        {"core": 3855, "stream": 3855, "replay": 3854, "axi": 2047},
    ),
    "states": (OTF + "width = 16\nlanes = 1\nrngs = {}\n", dict.fromkeys(SYSTEMS, 4095)),
}


@pytest.mark.parametrize("kind", MOST)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_bound_is_where_it_is(kind: str, system: str):
    text, most = MOST[kind]
    SYSTEMS[system].check(parse(text.format(most[system]), name="case"))
    config = parse(text.format(most[system] + 1), name="case")
    with pytest.raises(PezoError) as caught:
        SYSTEMS[system].check(config)
    assert f" = {most[system] + 1} is not allowed; allowed: an integer up to {most[system]}" in str(
        caught.value
    )
    assert config.stream().window(0, 2).mantissa.shape == (2, config.parameters.lanes)


@pytest.mark.parametrize("section", ["on-the-fly", "pre-generated", "gaussian"])
def test_the_stream_in_software_has_a_bound_of_its_own(section: str):
    text = f'[perturbation]\nstrategy = "{section}"\n[{section}]\nlanes = 65537\n'
    with pytest.raises(PezoError, match=rf"{section}.lanes = 65537 .* from 1 to 65536"):
        parse(text, name="case")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "system"),
    [
        (OTF + "lanes = 8192\n", "core"),
        (OTF + "lanes = 8191\n", "stream"),
        (PRE + "width = 8\npool = 16382\nlanes = 8191\n", "stream"),
    ],
)
def test_the_widest_can_be_generated(text: str, system: str):
    assert emit_core(parse(text, name="case"), system=system).files


@pytest.mark.parametrize(
    "line", ["lanes = 8193", "lanes = 65536\nwidth = 18", "rngs = 59999\nwidth = 16"]
)
@pytest.mark.parametrize(
    "command", [("generate", "-o", "out"), ("verify",), ("synth", "--no-cache")], ids=lambda c: c[0]
)
def test_every_command_says_so_in_one_line(pezo, tmp_path: Path, monkeypatch, command, line: str):
    monkeypatch.chdir(tmp_path)
    Path("wide.toml").write_text(OTF + line + "\n")
    for system in SYSTEMS:
        status, out, err = pezo(command[0], "wide.toml", *command[1:], "--system", system)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert "on-the-fly." in err
        assert "allowed: an integer up to " in err
    assert [path.name for path in tmp_path.iterdir()] == ["wide.toml"]
