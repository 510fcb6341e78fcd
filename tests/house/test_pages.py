"""What the pages say that can be tried: their links, their commands, their Python."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from pezo_hw.cli.main import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
# Options of other programs that pages speak of.
FOREIGN = {
    *("--build", "--cores-root", "--command-file", "--nworkers"),
    *("--no-deps", "--require-hashes"),
}
# A quote stands behind the name of the file that it is from.
QUOTE = r"^<!-- (\S+\.py) -->\n```python\n(.*?)^```$"


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(text: str) -> set[str]:
    """What GitHub and MkDocs call the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M), re.M)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower() for title in titles]
    return {re.sub(r"[^\w\- ]", "", title).strip().replace(" ", "-") for title in plain}


def dead_links(name: str, text: str) -> list[str]:
    """The links of a page that lead to no file of the checkout, or to no heading in it."""
    dead = []
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", without_code(text)):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        place = (ROOT / name).parent / target if target else ROOT / name
        heading = anchor and place.suffix == ".md"
        if not place.exists() or (heading and anchor not in anchors(place.read_text("utf-8"))):
            dead.append(f"{target}#{anchor}" if anchor else target)
    return dead


def options_of_commands() -> set[str]:
    commands = cli.commands.values()
    return {o for command in commands for p in command.params for o in p.opts if o[:2] == "--"}


def unknown_commands(text: str) -> list[str]:
    """``pezo`` commands in code that do not exist, and options that no command has."""
    code = re.findall(r"^```sh\n.*?^```$|`[^`\n]+`", text, re.DOTALL | re.MULTILINE)
    named = re.findall(r"(?:^|`)pezo ([a-z][a-z0-9]*)", "\n".join(code), re.MULTILINE)
    options = re.findall(r"(?<![\w-])--[a-z][a-z-]*", "\n".join(code))
    known = options_of_commands() | FOREIGN | {"--help", "--version"}
    return [n for n in named if n not in cli.commands] + [o for o in options if o not in known]


def quotes_of(text: str) -> list[tuple[str, str]]:
    """The blocks of a page that quote a file of the checkout, each with the file's name."""
    return re.findall(QUOTE, text, re.DOTALL | re.MULTILINE)


def python_of(text: str) -> list[str]:
    """The Python blocks of a page, but for quotes, excerpts and whole files."""
    own = re.sub(QUOTE, "", text, flags=re.DOTALL | re.MULTILINE)
    blocks = re.findall(r"^```python\n(.*?)^```$", own, re.DOTALL | re.MULTILINE)
    return [block for block in blocks if "..." not in block and "SYSTEMS:" not in block]


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str):
    assert dead_links(name, text_of(name)) == []


def test_quotes_are_what_the_files_say():
    quoted = [(n, file, block) for n in NAMES for file, block in quotes_of(text_of(n))]
    assert [(n, file) for n, file, block in quoted if block not in text_of(file)] == []
    # Each testbench that a page offers is shown there.
    assert {"sim/core_testbench.py", "sim/replay_testbench.py"} <= {file for _, file, _ in quoted}


@pytest.mark.parametrize("name", NAMES)
def test_commands_exist(name: str):
    assert unknown_commands(text_of(name)) == []


# docs/drivers.md has tests of its own, with a board that is not there.
RUN = [n for n in NAMES if python_of(text_of(n)) and n != "docs/drivers.md"]


@pytest.mark.parametrize("name", RUN)
def test_python_runs(name: str):
    source = "\n".join(python_of(text_of(name)))
    if re.search(r"^(import|from) torch\b", source, re.MULTILINE):
        pytest.importorskip("torch")
    given = {"weights": [np.ones(100, np.float32)], "loss": lambda: 0.0}
    exec(compile(source, name, "exec"), given)


def test_what_is_wrong_is_seen():
    assert dead_links("README.md", "[a](docs/nowhere.md) [b](README.md#nothing) [c](#no)") == [
        "docs/nowhere.md",
        "README.md#nothing",
        "#no",
    ]
    assert unknown_commands("`pezo make` and `--architecture`") == ["make", "--architecture"]
    assert {"docs/training.md", "README.md"} <= set(RUN)
