"""What killed processes leave goes, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pezo_hw.tools.leftovers import SUFFIX, held, keep, sweep

WORKS = """
import time
from pezo_hw.tools.folders import temporary_folder
with temporary_folder("pezo-test-") as folder:
    (folder / "inner").mkdir()
    (folder / "inner" / "file").write_text("half")
    print(folder, flush=True)
    time.sleep(60)
"""


def old(folder: Path) -> Path:
    """A folder as if it were made two minutes ago."""
    if not folder.exists():
        folder.mkdir()
    before = time.time() - 120
    os.utime(folder, (before, before))
    return folder


@pytest.fixture
def swept(tmp_path: Path):
    """What is left of a folder by a process that begins."""

    def names() -> set[str]:
        sweep.cache_clear()
        sweep(tmp_path)
        return {path.name for path in tmp_path.iterdir()}

    yield names
    sweep.cache_clear()


def test_what_a_killed_process_has_left_goes(tmp_path: Path, swept):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", WORKS], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        folder = old(Path(process.stdout.readline().strip()))
        assert folder.parent == tmp_path
        assert swept() == {folder.name}  # in use
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (folder / "inner" / "file").read_text() == "half"
    assert swept() == set()


def test_nothing_else_goes(tmp_path: Path, swept):
    name = f"pezo-abcdefg8{SUFFIX}"
    young = tmp_path / f"pezo-young_01{SUFFIX}"
    young.mkdir()
    kept = old(tmp_path / f"pezo-verify-abcdefg1{SUFFIX}")
    keep(kept)
    old(kept)
    elsewhere = old(tmp_path / "elsewhere")
    (elsewhere / "file").touch()
    (tmp_path / f"pezo-abcdefg2{SUFFIX}").symlink_to(elsewhere)
    (tmp_path / f"pezo-abcdefg3{SUFFIX}").touch()
    for other in ("pezo-abcdefg8", "pezo-mine", f"pezo-{SUFFIX}", f"my-{name}", f"{name}.old"):
        old(tmp_path / other)
    used = old(tmp_path / f"pezo-abcdefg4{SUFFIX}")
    left = old(tmp_path / name)
    before = {path.name for path in tmp_path.iterdir()}
    with held(used):
        old(used)
        assert swept() == before - {left.name}
    assert (elsewhere / "file").exists()
    old(kept)
    assert swept() == before - {left.name, used.name}


@pytest.mark.skipif(os.getuid() != 0, reason="needs to be root to give a folder away")
def test_nor_what_is_somebody_elses(tmp_path: Path, swept):
    folder = old(tmp_path / f"pezo-abcdefg9{SUFFIX}")
    os.chown(folder, 12345, -1)
    old(folder)
    assert swept() == {folder.name}


def test_a_place_that_is_gone_is_nothing(tmp_path: Path):
    sweep.cache_clear()
    sweep(tmp_path / "gone")
    sweep.cache_clear()
