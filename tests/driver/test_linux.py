"""The device by a file, in Python and in C; bare-metal hooks. A file stands for the registers."""

from __future__ import annotations

import fcntl
import math
import os
import resource
import select
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pezo_hw.driver import (
    ArgumentError,
    DeviceTimeoutError,
    Interrupt,
    InterruptLine,
    MappedRegisters,
    NotFoundError,
    PerturbationDevice,
    uio_device,
)
from tests.driver.c_driver import SOURCES, WARNINGS, sources
from tests.driver.configs import CONFIGS
from tests.driver.mock_registers import MockRegisters
from tests.driver.test_documentation import examples

READY = 0x44


@pytest.fixture
def device_file(tmp_path: Path) -> Path:
    """What a ready device shows, as the 4 KiB that a UIO device maps."""
    words = np.zeros(1024, dtype="<u4")
    for offset, word in MockRegisters(CONFIGS["small"]).constants.items():
        words[offset // 4] = word
    words[READY // 4] = 1
    path = tmp_path / "uio0"
    path.write_bytes(words.tobytes())
    return path


def word_of(path: Path, offset: int) -> int:
    return int.from_bytes(path.read_bytes()[offset : offset + 4], "little")


def test_a_device_is_opened_and_written_to(device_file: Path):
    registers = MappedRegisters(device_file)
    device = PerturbationDevice(registers)
    assert device.configuration.shape.lanes == 7
    assert device.status().ready
    device.enable_interrupts(Interrupt.DONE | Interrupt.LOAD_DONE)
    registers.close()
    assert word_of(device_file, 0x58) == 0x11
    assert len(device_file.read_bytes()) == 4096


def test_only_words_of_the_map(device_file: Path):
    registers = MappedRegisters(device_file)
    for offset in (-4, 2, 4096):
        with pytest.raises(
            ArgumentError,
            match=f"offset = {offset} is not allowed; allowed: a multiple of 4 from 0 to 4092",
        ):
            registers.read(offset)
        with pytest.raises(ArgumentError, match=f"offset = {offset} is not allowed"):
            registers.write(offset, 0)
    registers.close()


def test_a_device_by_its_name(tmp_path: Path):
    for device, name in (("uio0", "dma"), ("uio3", "generator"), ("uio4", "two"), ("uio5", "two")):
        (tmp_path / device).mkdir()
        (tmp_path / device / "name").write_text(f"{name}\n")
    assert uio_device("generator", tmp_path) == "/dev/uio3"
    known = "allowed: one of dma, generator, two"
    with pytest.raises(NotFoundError, match=f"name = two is of 2 UIO devices; {known}"):
        uio_device("two", tmp_path)
    with pytest.raises(NotFoundError, match="name = noise is of 0 UIO devices"):
        uio_device("noise", tmp_path)
    with pytest.raises(NotFoundError, match="allowed: one of none is there"):
        uio_device("noise", tmp_path / "nothing")


@pytest.fixture
def kernel() -> Iterator[tuple[int, str]]:
    """The kernel's end of an interrupt: four bytes from it each time that it is armed, and late."""
    own, device = os.openpty()
    tty.setraw(device)
    yield own, os.ttyname(device)
    os.close(own)
    os.close(device)


def answer(kernel: int, times: int) -> threading.Thread:
    def run() -> None:
        for count in range(1, times + 1):
            if not select.select([kernel], [], [], 5)[0]:
                return
            assert os.read(kernel, 4) == (1).to_bytes(4, "little")
            time.sleep(0.02)
            os.write(kernel, count.to_bytes(4, "little"))

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_an_interrupt_is_armed_each_time(kernel: tuple[int, str]):
    own, path = kernel
    thread = answer(own, 2)
    line = InterruptLine(path)
    assert [line.wait(5), line.wait(5)] == [1, 2]
    thread.join()
    with pytest.raises(DeviceTimeoutError, match=r"^no interrupt in 0\.05 seconds$"):
        line.wait(0.05)
    line.close()


def test_any_number_of_seconds_and_of_files(kernel: tuple[int, str]):
    """For ever, and a file's number that select has no room for."""
    own, path = kernel
    thread = answer(own, 2)
    line = InterruptLine(path)
    high = fcntl.fcntl(line.fileno(), fcntl.F_DUPFD, min(1500, _most_files() - 1))
    os.close(line._file)
    line._file = high
    assert [line.wait(math.inf), line.wait(10**9)] == [1, 2]
    thread.join()
    line.close()


def _most_files() -> int:
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def test_a_terminal_does_not_become_the_process_s_own(kernel: tuple[int, str]):
    """It would: of a process that has none and leads its session. Closed, it then ends that one."""
    _, path = kernel
    program = (
        "import sys; from pezo_hw.driver import InterruptLine, MappedRegisters\n"
        "from pezo_hw.tools.files import open_regular\n"
        "for opened in (InterruptLine, MappedRegisters, open_regular):\n"
        "    try: opened(sys.argv[1]).close()\n"
        "    except OSError: pass\n"
        "    print(open('/proc/self/stat').read().rpartition(')')[2].split()[4])\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", program, path],
        start_new_session=True,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert out.split() == ["0", "0", "0"]


PROGRAM = """
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include "pezo_linux.h"
static volatile sig_atomic_t signals;
static void handle(int signal) { signals += signal == SIGUSR1; }
/* Signals to a process, from one of their own, which is the first to end. */
static pid_t disturb(pid_t process)
{
    const pid_t child = fork();
    int times;
    for (times = 0; child == 0 && times < 300; times++) {
        poll(NULL, 0, 3);
        kill(process, SIGUSR1);
    }
    if (child == 0)
        _exit(0);
    return child;
}
int main(int count, char **path)
{
    static struct pezo_device device;
    struct sigaction action = {0};
    pid_t child;
    int file = open(path[1], O_RDWR | O_SYNC), line = count > 2 ? open(path[2], O_RDWR) : -1;
    struct pezo_bus bus = {pezo_linux_map(file), NULL, NULL, NULL};
    if (bus.base == NULL || pezo_probe(&device, &bus) != PEZO_OK)
        return 1;
    pezo_enable_interrupts(&device, 0x11);
    action.sa_handler = handle;
    sigaction(SIGUSR1, &action, NULL);
    child = disturb(getpid());
    while (signals == 0)
        poll(NULL, 0, 1);
    printf("%u %d", (unsigned)device.config.lanes, line >= 0 && pezo_linux_wait(line, 5000));
    printf(" %d", line >= 0 && pezo_linux_wait(line, 20));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    pezo_linux_unmap(bus.base);
    return pezo_linux_map(-1) != NULL;
}
"""


def compiled(folder: Path, program: str, *options: str) -> Path:
    (folder / "main.c").write_text(program)
    command = ["cc", "-std=c99", *options, *WARNINGS, f"-I{SOURCES}", "main.c", *sources()]
    subprocess.run([*command, "-o", "main", "-lm"], cwd=folder, check=True)
    return folder / "main"


def test_the_same_in_c(device_file: Path, kernel: tuple[int, str], tmp_path: Path):
    own, path = kernel
    program = compiled(tmp_path, PROGRAM, "-D_POSIX_C_SOURCE=200809L")
    thread = answer(own, 1)
    done = subprocess.run([program, device_file, path], capture_output=True, text=True, timeout=20)
    thread.join()
    assert (done.returncode, done.stdout) == (0, "7 1 0")
    assert word_of(device_file, 0x58) == 0x11


# As AMD's standalone library declares them.
XIL_IO = """
#include <stdint.h>
typedef uint32_t u32;
typedef uintptr_t UINTPTR;
static u32 words[1024];
static u32 Xil_In32(UINTPTR Addr) { return words[(Addr - 0xA0000000u) / 4u]; }
static void Xil_Out32(UINTPTR Addr, u32 Value) { words[(Addr - 0xA0000000u) / 4u] = Value; }
"""
BARE = """
#include "pezo_xil.h"
#include <stdio.h>
int main(void)
{
    static struct pezo_device device;
    struct pezo_bus bus = pezo_xil_bus(0xA0000000u);
@WORDS@    if (pezo_probe(&device, &bus) != PEZO_OK)
        return 1;
    pezo_enable_interrupts(&device, 0x11);
    printf("%u %u", (unsigned)device.config.lanes, (unsigned)words[0x58 / 4]);
    return 0;
}
"""


def test_bare_metal(tmp_path: Path):
    (tmp_path / "xil_io.h").write_text(XIL_IO)
    constants = MockRegisters(CONFIGS["small"]).constants | {READY: 1}
    words = "".join(f"    words[{at} / 4] = {word}u;\n" for at, word in constants.items())
    program = compiled(tmp_path, BARE.replace("@WORDS@", words), f"-I{tmp_path}")
    assert subprocess.check_output([program], text=True) == "7 17"


@pytest.mark.tcl
def test_the_names_in_xparameters(tmp_path: Path):
    """The packaged IP's parameters are those that the driver's script asks for."""
    script = (SOURCES.parent / "vitis" / "pezo.tcl").read_text()
    stubs = "foreach name {xdefine_include_file xdefine_canonical_xpars} {\n"
    stubs += '    proc $name {args} "puts \\$args"\n}\n'
    (tmp_path / "run.tcl").write_text(f"{stubs}{script}\ngenerate instance\n")
    done = subprocess.run(["tclsh", "run.tcl"], cwd=tmp_path, capture_output=True, text=True)
    first, second = done.stdout.splitlines()
    assert first.split()[:3] == second.split()[:3] == ["instance", "xparameters.h", "pezo"]
    assert {"C_S_AXI_BASEADDR", "C_S_AXI_HIGHADDR"} <= set(first.split())
    assert {"C_S_AXI_BASEADDR", "C_S_AXI_HIGHADDR"} <= set(second.split())


def test_the_node_of_the_page(root: Path):
    """pl_ps_irq0 is interrupt 121 of the controller, and 89 of the shared ones."""
    (node,) = examples(root, "dts")
    assert node.count("{") == node.count("}")
    assert 'compatible = "generic-uio";' in node
    assert "reg = <0x0 0xa0000000 0x0 0x1000>;" in node
    assert f"interrupts = <0 {121 - 32} 4>;" in node


def test_what_no_register_takes_is_refused(device_file: Path):
    registers = MappedRegisters(device_file)
    for word in (-1, 1 << 32, 1 << 70, 1.5, "7", None, True):
        with pytest.raises(ArgumentError, match=r"data = .* is not allowed; allowed: an integer"):
            registers.write(0x58, word)  # type: ignore[arg-type]
    for offset in ("0", None, 4.0, 10**5000):
        with pytest.raises(ArgumentError, match="offset = "):
            registers.read(offset)  # type: ignore[arg-type]
    registers.close()
    registers.close()
    for use in (lambda: registers.read(0), lambda: registers.write(0, 0)):
        with pytest.raises(ArgumentError, match="registers that are closed"):
            use()
    assert word_of(device_file, 0x58) == 0


def test_a_file_that_cannot_be_the_registers(device_file: Path, tmp_path: Path):
    for size in (0, 100, 4095):
        (tmp_path / "short").write_bytes(bytes(size))
        with pytest.raises(OSError, match="shorter than the 4096 bytes of the registers"):
            MappedRegisters(tmp_path / "short")
    with pytest.raises(OSError, match="shorter than"):
        MappedRegisters(device_file, 1 << 20)
    for offset in (-4096, 1, 1 << 70, 4096.0, "0"):
        with pytest.raises(ArgumentError, match="offset = "):
            MappedRegisters(device_file, offset)  # type: ignore[arg-type]


def test_an_interrupt_is_awaited_for_a_number_of_seconds_and_is_a_count(tmp_path: Path):
    os.mkfifo(tmp_path / "irq")
    line = InterruptLine(tmp_path / "irq")
    for timeout in (-1, float("nan"), "1", None, True):
        with pytest.raises(ArgumentError, match="timeout = "):
            line.wait(timeout)  # type: ignore[arg-type]
    for timeout in (float("inf"), 1e300):  # arming it is what a FIFO gives back
        assert line.wait(timeout) == 1
    line.close()
    (tmp_path / "empty").touch()
    line = InterruptLine(tmp_path / "empty")
    with pytest.raises(NotFoundError, match="no count; allowed: a UIO device"):
        line.wait(1)
    line.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        line.arm()


def test_names_of_devices_are_any_bytes(tmp_path: Path):
    for device, name in (("uio0", b"\xff\xfe\n"), ("uio1", b"generator\n")):
        (tmp_path / device).mkdir()
        (tmp_path / device / "name").write_bytes(name)
    (tmp_path / "uio2").mkdir()
    os.mkfifo(tmp_path / "uio2" / "name")
    assert uio_device("generator", tmp_path) == "/dev/uio1"
