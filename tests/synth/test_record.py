"""A record holds what it was given, and its keys follow all that decides the figures."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pezo_hw.emit import EmittedCore
from pezo_hw.synth import output_register, sites
from pezo_hw.synth.record import Entry, Record, read_record, resources_key
from tests.table6.test_table import USED

FILES = {"top.v": "module top; endmodule\n", "top_pool.mem": "0\n1\n", "top.json": "{}\n"}
CORE = EmittedCore(top="top", files=FILES)


def entry(key: str, **numbers: float) -> Entry:
    return Entry(key=key, resources=replace(USED, **numbers))


def test_a_record_comes_back_from_its_file(tmp_path: Path):
    chance = random.Random(2)
    entries = {
        (target, name): entry(f"{chance.random()}", lut=chance.randrange(99), bram=0.5)
        for target in ("xcup", "ecp5")
        for name in ("a", "b, stream")
    }
    record = Record(entries=entries)
    (tmp_path / "record.json").write_text(record.text())
    assert read_record(tmp_path / "record.json") == record
    assert record.known == {entry.key: entry.resources for entry in entries.values()}


def test_what_has_another_key_or_none_has_changed():
    before = Record(entries={("xcup", "a"): entry("1"), ("xcup", "b"): entry("2")})
    now = Record(
        entries={
            ("xcup", "a"): entry("1", lut=9),
            ("xcup", "b"): entry("3"),
            ("ecp5", "a"): entry("4"),
        }
    )
    assert before.changed(now) == ["xcup b", "ecp5 a"]
    assert before.changed(before) == []


@pytest.mark.parametrize(
    ("file", "matters"), [("top.v", True), ("top_pool.mem", True), ("top.json", False)]
)
def test_the_key_follows_verilog_and_memories(file: str, matters: bool):
    other = replace(CORE, files=FILES | {file: FILES[file] + "\n"})
    assert (resources_key(other, "xcup") != resources_key(CORE, "xcup")) is matters


def test_the_key_follows_the_target_and_the_top():
    keys = {resources_key(CORE, target) for target in ("xcup", "ecp5", "ice40", "nexus")}
    renamed = EmittedCore(top="pot", files={"pot.v": FILES["top.v"]})
    assert len(keys | {resources_key(renamed, "xcup")}) == 5


def test_the_key_follows_what_matters_in_the_system():
    """Levels around a core, LUTs in it, where a family can be mapped for either."""
    for target, differ in (("xcup", True), ("ice40", False)):
        alone, around = (resources_key(CORE, target, system=name) for name in ("core", "axi"))
        assert (alone != around) is differ, target


def test_the_key_follows_the_tool(monkeypatch: pytest.MonkeyPatch):
    from pezo_hw.tools.yosys import find_yosys

    key = resources_key(CORE, "xcup")
    newer = replace(find_yosys(), name="pyosys 99")
    monkeypatch.setattr("pezo_hw.synth.mapping.find_yosys", lambda: newer)
    assert resources_key(CORE, "xcup") != key


@pytest.mark.parametrize(("module", "target"), [(sites, "xcup"), (output_register, "ecp5")])
def test_the_key_follows_the_code(module, target: str, monkeypatch: pytest.MonkeyPatch):
    import inspect

    def changed(part: object) -> str:
        return inspect.getsource(part) + ("# changed" if part is module else "")

    key = resources_key(CORE, target)
    monkeypatch.setattr("pezo_hw.synth.record.getsource", changed)
    monkeypatch.setattr("pezo_hw.synth.mapping.getsource", changed)
    assert resources_key(CORE, target) != key
