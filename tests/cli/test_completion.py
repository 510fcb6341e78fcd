"""What a shell offers, asked as the shells ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from pezo_hw.cli.main import cli
from pezo_hw.config import preset_names
from pezo_hw.synth import TARGETS
from pezo_hw.systems.registry import SYSTEMS
from pezo_hw.training.sources import source_names

SHELLS = (BashComplete, ZshComplete, FishComplete)


def offered(*words: str, shell=BashComplete) -> list[tuple[str, str]]:
    """(type, word) of each offer for the last of some words."""
    *before, incomplete = words
    items = shell(cli, {}, "pezo", "_PEZO_COMPLETE").get_completions(before, incomplete)
    return [(item.type, item.value) for item in items]


def words(*line: str) -> list[str]:
    return [word for _, word in offered(*line)]


@pytest.mark.parametrize("shell", SHELLS)
def test_presets_are_offered_beside_files(shell):
    paper = [("plain", name) for name in preset_names() if name.startswith("paper")]
    for command in ("info", "stream", "generate", "verify", "synth", "quality", "report"):
        assert offered(command, "paper", shell=shell) == [*paper, ("file", "paper")]
    assert offered("verify", "row-pool", "paper-o") == [("plain", "paper-opt"), ("file", "paper-o")]


def test_options_have_their_words():
    assert words("synth", "spread", "--target", "") == list(TARGETS)
    assert words("verify", "spread", "--system", "") == list(SYSTEMS)
    assert words("presets", "--show", "paper-p") == ["paper-pool"]
    assert words("train", "--sources", "") == source_names()
    assert words("train", "--sources", "gaussian,pap") == [
        f"gaussian,{name}" for name in preset_names() if name.startswith("pap")
    ]
    assert "gaussian,gaussian" not in words("train", "--sources", "gaussian,g")


def test_benches_are_those_of_the_configurations(tmp_path: Path, capfd):
    assert words("verify", "row-pool", "--bench", "") == ["core", "pool-reader"]
    assert "lfsr-bank" in words("verify", "row-pool", "paper-opt", "--bench", "l")
    assert words("verify", "row-pool", "--system", "stream", "--bench", "") == ["stream"]
    # What does not load, or warns, is not the moment's business.
    (tmp_path / "bad.toml").write_text("?")
    warns = tmp_path / "warns.toml"
    warns.write_text('[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 3\nwidth = 4\n')
    assert words("verify", str(tmp_path / "bad.toml"), "--bench", "") == []
    assert "core" in words("verify", str(warns), "--bench", "c")
    assert capfd.readouterr() == ("", "")


# With the very scripts that the documentation has them read; zsh completes at a prompt alone, and
# so is given one, and a tab.
LINES = {
    "bash": """
        eval "$(_PEZO_COMPLETE=bash_source pezo)"
        COMP_WORDS=(pezo presets --show paper-r) COMP_CWORD=3
        _pezo_completion pezo
        echo "${COMPREPLY[@]}"
    """,
    "fish": """
        _PEZO_COMPLETE=fish_source pezo | source
        complete -C "pezo presets --show paper-r"
    """,
    "zsh": """
        zmodload zsh/zpty
        zpty inner zsh -f -i
        zpty -w inner 'PS1=; autoload -Uz compinit; compinit -u -D'
        zpty -w inner 'eval "$(_PEZO_COMPLETE=zsh_source pezo)"; print rea""dy'
        zpty -r inner line $'*ready\r\n*'
        zpty -w -n inner $'pezo presets --show paper-r\t'
        zpty -r inner line '*paper-roberta*'
        zpty -d inner
        print -r -- "${line##*--show }"
    """,
}


@pytest.mark.slow
@pytest.mark.parametrize("shell", LINES)
def test_a_shell_itself_completes_a_line(shell: str, tmp_path: Path):
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"no {shell}")
    done = subprocess.run(
        [found, "-c", LINES[shell]],
        capture_output=True,
        text=True,
        timeout=120,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "TERM": "dumb",
        },
    )
    assert (done.stdout.strip(), done.stderr) == ("paper-roberta", "")
