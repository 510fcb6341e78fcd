"""The page: whole HTML of one file, with what was found out and nothing else."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from pezo_hw import PezoError
from pezo_hw.config import parse
from pezo_hw.quality import quality_of
from pezo_hw.report import findings as findings_module
from pezo_hw.report import kept as kept_module
from pezo_hw.report import verdicts as verdicts_module
from pezo_hw.report.findings import Findings, Inquiry
from pezo_hw.report.kept import kept
from pezo_hw.report.page import page
from pezo_hw.report.verdicts import Verdict
from pezo_hw.synth import Cache
from pezo_hw.verify import Outcome
from tests.cases import OTF, PRE

for library in ("jinja2", "matplotlib", "wavedrom"):
    pytest.importorskip(library)
SMALL = parse(OTF + "rngs = 3\nwidth = 4\nlanes = 7\n", name="a small & odd <one>")
GOOD = Verdict(bench="core", beats=20, cycles=40, failure="", simulator="Verilator 5")


@pytest.fixture(scope="module")
def found() -> Findings:
    """What is known without hardware."""
    return Findings(
        config=SMALL,
        quality=quality_of(SMALL, length=21),
        core=None,
        resources=None,
        power=None,
        verdicts=[GOOD],
        missing=dict.fromkeys(("core", "resources", "power"), "too wide by 3 bits"),
    )


def text_of(found: Findings) -> str:
    return page([found, found], length=21, cycles=20)


@pytest.fixture(scope="module")
def text(found: Findings) -> str:
    return text_of(found)


def test_the_page_is_one_file_without_scripts(found: Findings, text: str):
    assert text == text_of(found)
    tree = html.fromstring(text)
    assert tree.xpath("//script | //link | //iframe | //object") == []
    assert all(source.startswith("data:image/svg+xml") for source in tree.xpath("//@src"))
    assert all(target.startswith("#") for target in tree.xpath("//@href"))
    # Nothing is loaded by the styles either.
    assert not re.search(r"url\(|@import", text)
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert "@media print" in text
    assert [image.get("alt") == "" for image in tree.xpath("//img")].count(True) == 0


def test_the_page_says_what_was_found_out(found: Findings, text: str):
    tree = html.fromstring(text)
    said = " ".join(tree.text_content().split())
    assert said.count("a small & odd <one>: on-the-fly") == 2
    assert said.count("Not found out here: too wide by 3 bits") == 4
    assert "pezo quality 'a small & odd <one>.toml' --length 21" in said
    assert "pezo verify 'a small & odd <one>.toml' --cycles 20" in said
    assert f"participation ratio{found.quality.participation:.4g}" in said
    assert "Verification: bit-exact" in said
    config = tree.xpath("//pre")[0].text
    assert parse(config, name="again").resolved() == SMALL.resolved()


def test_pictures_are_whole_and_golden(text: str):
    sources = html.fromstring(text).xpath("//img/@src")
    pictures = [base64.b64decode(source.partition("base64,")[2]) for source in sources]
    roots = [etree.fromstring(picture) for picture in pictures]
    assert len(roots) == 4
    first = SMALL.stream().window(0, 1).mantissa[0].tolist()
    numbers = list(roots[0].xpath("//*[local-name()='tspan']/text()"))
    lanes = [numbers[numbers.index(f"lane {lane}") + 1] for lane in (0, 1, 2, 6)]
    assert lanes == [str(first[lane]) for lane in (0, 1, 2, 6)]
    assert "@media screen and (prefers-color-scheme: dark)" in pictures[1].decode()


def test_a_bit_that_differs_is_said_first(found: Findings):
    bad = replace(GOOD, failure="cycle 3: mantissa lane 0 is 1, expected 2")
    tree = html.fromstring(text_of(replace(found, verdicts=[GOOD, bad])))
    assert "DIFFERS" in tree.xpath("//header")[0].text_content()
    assert bad.failure in tree.text_content()


def test_what_is_kept_is_of_these_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store, made = Cache(folder=tmp_path), []

    def work_out() -> str:
        made.append(1)
        return "found"

    for _ in range(2):
        assert kept(store, ("a", 1), work_out) == "found"
    assert len(made) == 1
    kept(store, ("a", 2), work_out)
    assert len(made) == 2
    monkeypatch.setattr(kept_module, "package_digest", lambda: "other sources")
    kept(store, ("a", 1), work_out)
    assert len(made) == 3
    for _ in range(2):
        kept(store, ("bad", 1), work_out, is_worth=lambda found: False)
    assert len(made) == 5


def test_a_failure_is_not_kept(pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """And the command that finds one ends with status 1, the page written."""
    seen = []

    def wrong(jobs, folder):
        seen.append(jobs[0].bench)
        failure = "stream: cycle 3: wrong; see /tmp/log"
        return iter([Outcome(job=jobs[0], cycles=9, beats=5, seconds=0.1, failure=failure)])

    def right(jobs, folder):
        return iter([Outcome(job=jobs[0], cycles=9, beats=5, seconds=0.1, failure="")])

    monkeypatch.setenv("PEZO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(verdicts_module, "verify", wrong)
    monkeypatch.setattr(verdicts_module, "prepare_library", lambda on_object: None)
    for name in ("_power", "_resources"):
        monkeypatch.setattr(Inquiry, name, _cannot)
    (tmp_path / "mine.toml").write_text(PRE + "pool = 7\nlanes = 1\nwidth = 5\n")
    for _ in range(2):
        status, out, _ = pezo(
            *("report", tmp_path / "mine.toml", "-o", tmp_path / "page.html", "--length", 14)
        )
        assert (status, "not bit-exact: mine" in out) == (1, True)
        assert "not found out: mine, power: not here" in out
    assert "stream: cycle 3: wrong<" in (tmp_path / "page.html").read_text()
    assert len(seen) == 2 * len(set(seen))
    # Nor is what could not be found out a success.
    monkeypatch.setattr(verdicts_module, "verify", right)
    status, out, _ = pezo("report", tmp_path / "mine.toml", "-o", tmp_path / "page.html")
    assert (status, "not bit-exact" in out) == (1, False)
    assert "not found out: mine, power: not here" in out


def _cannot(self, config):
    raise PezoError("not here")


def test_without_a_library_it_says_what_to_install(
    pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    status, _, err = pezo("report", "paper-pool", "-o", tmp_path / "page.html")
    assert (status, err.count("\n"), "pezo-hw[report]" in err) == (2, 1, True)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_whole_report(pezo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "mine.toml").write_text(PRE + "pool = 7\nlanes = 1\nwidth = 5\n")
    monkeypatch.setattr(verdicts_module, "bench_names", lambda config: ("core",))
    command = ("report", tmp_path / "mine.toml", "--length", 14, "--cycles", 20, "-o")
    assert pezo(*command, tmp_path / "page.html")[0] == 0
    text = (tmp_path / "page.html").read_text()
    assert "Not found out here" not in text
    assert pezo("generate", tmp_path / "mine.toml", "-o", tmp_path / "rtl")[0] == 0
    manifest = json.loads((tmp_path / "rtl" / "pezo_mine.json").read_text())
    assert all(checksum in text for checksum in manifest["files"].values())
    # What was found out is kept: nothing is measured again.
    for name in ("quality_of", "verdicts_of"):
        assert hasattr(findings_module, name)
    monkeypatch.setattr(findings_module, "quality_of", _cannot)
    monkeypatch.setattr(verdicts_module, "verify", _cannot)
    assert pezo(*command, tmp_path / "again.html")[0] == 0
    assert (tmp_path / "again.html").read_text() == text
