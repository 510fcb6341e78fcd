"""What ``pezo verify`` says and leaves behind when something is wrong."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pezo_hw import load
from pezo_hw.verify import Job, verify
from pezo_hw.verify.job import Progress
from tests.cases import OTF
from tests.making import pointed
from tests.verify.signing import sign


@pytest.fixture
def written(tmp_path: Path, pezo) -> Path:
    """A core on disk."""
    assert pezo("generate", "row-pool", "-o", tmp_path / "rtl")[0] == 0
    return tmp_path / "rtl"


@pytest.mark.slow
@pytest.mark.icarus
def test_one_wrong_bit_is_status_1_and_named(pezo, written: Path):
    memory = written / "pezo_row_pool_pool.mem"
    words = memory.read_text().splitlines()
    number = int(load("row-pool").stream().window(0, 1).mantissa[0, 15])
    words[0] = f"{int(words[0], 16) ^ 1 << 12 * 15:0135x}"
    memory.write_text("\n".join(words) + "\n")
    sign(written)
    work = written.parent / "work"
    command = ("verify", "row-pool", "--rtl", written, "--simulator", "icarus", "--work", work)
    status, out, _ = pezo(*command)
    assert status == 1
    assert "DIFFERS" in out
    seen, expected = (f"{n} ({n & 0xFFF:#05x})" for n in (number ^ 1, number))
    what = f"cycle 1: mantissa lane 15 is {seen}, expected {expected}"
    assert f"not bit-exact: row-pool core, stream: {what}; see " in out
    log = (work / "00-core" / "log.txt").read_text()
    assert f"mantissa is       0x{words[0]}\n" in log
    assert f"mantissa expected 0x{int(words[0], 16) ^ 1 << 12 * 15:0135x}\n" in log


@pytest.mark.slow
@pytest.mark.icarus
def test_verilog_that_does_not_compile_is_a_failure_with_its_log(pezo, written: Path):
    verilog = written / "pezo_row_pool.v"
    verilog.write_text(f"{verilog.read_text()}module broken(; endmodule\n")
    sign(written)
    status, out, _ = pezo("verify", "row-pool", "--rtl", written, "--simulator", "icarus")
    assert status == 1
    assert "icarus failed to build (iverilog failed: " in out
    assert "FAILED" in out
    assert "not compared: row-pool core" in out
    log = Path(out.split("see ")[1].strip())
    assert "syntax error" in log.read_text()
    shutil.rmtree(log.parents[1])


@pytest.mark.slow
@pytest.mark.icarus
def test_a_folder_for_the_work_is_kept(pezo, written: Path, tmp_path: Path):
    work = tmp_path / "work"
    command = ("verify", "row-pool", "--rtl", written, "--simulator", "icarus", "--work", work)
    assert pezo(*command)[0] == 0
    assert (work / "00-core" / "log.txt").exists()
    status, _, err = pezo(*command)
    assert (status, err.count("\n")) == (2, 1)
    assert "File exists" in err


@pytest.mark.icarus
@pytest.mark.slow
def test_a_work_folder_of_an_awkward_name(pezo, written: Path, tmp_path: Path):
    work = tmp_path / "a b$(c)#d'e\"f%g;h&i\\j:k*é`"
    command = ("verify", "row-pool", "--rtl", written, "--simulator", "icarus", "--cycles", 20)
    assert pezo(*command, "--work", work)[0] == 0
    assert (work / "00-core" / "log.txt").exists()


@pytest.mark.slow
@pytest.mark.icarus
def test_a_config_with_a_space_in_its_name(pezo, tmp_path: Path):
    config = tmp_path / "sp ace.toml"
    config.write_text('[perturbation]\nstrategy = "pre-generated"\n')
    command = ("verify", config, "--simulator", "icarus", "--bench", "core", "--cycles", 20)
    assert pezo(*command)[0] == 0


def test_a_core_is_no_stream(pezo, written: Path):
    status, _, err = pezo("verify", "row-pool", "--rtl", written, "--system", "stream")
    assert (status, err.count("\n")) == (2, 1)
    assert "holds no stream of row-pool; allowed: a folder that pezo generate --system s" in err


def test_the_pointer_has_no_replay(pezo, tmp_path: Path):
    config = tmp_path / "pointer.toml"
    config.write_text(pointed(OTF))
    status, _, err = pezo("verify", config, "--system", "replay")
    assert (status, err.count("\n")) == (2, 1)
    assert 'on-the-fly.architecture = "pointer" is not allowed; allowed: "ring"' in err


def test_a_stream_has_one_bench(pezo):
    options = ("--system", "stream", "--bench", "pool-reader")
    status, _, err = pezo("verify", "row-pool", *options)
    assert (status, err.count("\n")) == (2, 1)
    assert "allowed for row-pool: stream" in err


def test_another_configs_rtl(pezo, written: Path):
    status, _, err = pezo("verify", "paper-opt", "--rtl", written)
    assert (status, err.count("\n")) == (2, 1)
    assert "holds no core of paper-opt" in err


def test_a_missing_file_of_the_rtl(pezo, written: Path):
    (written / "pezo_row_pool_pool.mem").unlink()
    status, _, err = pezo("verify", "row-pool", "--rtl", written)
    assert (status, err.count("\n")) == (2, 1)
    assert "pezo_row_pool_pool.mem: No such file" in err


def test_a_bench_that_is_not_there(pezo):
    status, _, err = pezo("verify", "row-pool", "--bench", "lfsr-bank")
    assert (status, err.count("\n")) == (2, 1)
    assert "allowed for row-pool: core, pool-reader" in err


@pytest.mark.parametrize(("simulator", "needed"), [("icarus", "iverilog"), ("verilator", "a C++")])
def test_a_missing_program_is_one_line(pezo, monkeypatch, simulator: str, needed: str):
    monkeypatch.setattr("pezo_hw.tools.toolchain.places", lambda *names: iter(()))
    status, out, err = pezo("verify", "row-pool", "--simulator", simulator)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f"pezo: error: {needed}" in err
    assert "is needed; none is on PATH; Debian: apt install" in err


def test_an_interruption_between_submissions_ends_what_was_begun(tmp_path, monkeypatch):
    submitted = []

    class Interrupted(ThreadPoolExecutor):
        """The second submission is one too many."""

        def submit(self, *arguments):
            if submitted:
                raise KeyboardInterrupt
            submitted.append(super().submit(*arguments))
            return submitted[0]

    monkeypatch.setattr("pezo_hw.verify.session.ThreadPoolExecutor", Interrupted)
    job = Job(config=load("paper-roberta"), bench="core", simulator="amaranth", cycles=3000)
    with pytest.raises(KeyboardInterrupt):
        list(verify([job, job], tmp_path))
    (folder,) = tmp_path.iterdir()
    assert Progress.latest(folder).stage != "done"
