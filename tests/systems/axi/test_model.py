"""The model of the AXI system, where its answer is known without any hardware."""

from __future__ import annotations

from pezo_hw.config import parse
from pezo_hw.registers import register_map
from pezo_hw.systems.axi.lite_model import LiteInputs
from pezo_hw.systems.axi.model import AXIModel
from pezo_hw.systems.axi.parameters import AXIParameters
from tests.cases import BOTH

ADDRESS = {register.name: register.address for register in register_map().registers}


class Session:
    """A model, and a manager and a receiver that never wait."""

    def __init__(self) -> None:
        self.parameters = AXIParameters.of(parse(BOTH["smallest"], name="case"))
        self.model = AXIModel(self.parameters)
        self.beats: list[tuple[int, bool, bool]] = []

    def cycle(self, ready: bool = True, **lite) -> None:
        pins = self.model.pins()
        if ready and pins.beat is not None:
            self.beats.append((pins.beat, pins.first, pins.last))
        inputs = LiteInputs(response_ready=True, data_ready=True, **lite)
        self.model.edge(reset=False, lite=inputs, ready=ready)

    def write(self, name: str, word: int, ready: bool = True) -> int:
        while not self.model.pins().lite.write_address_ready:
            self.cycle(ready)
        self.cycle(ready, write_address=ADDRESS[name], write_data=(word, 15))
        while (response := self.model.pins().lite.response) is None:
            self.cycle(ready)
        return response

    def read(self, name: str) -> tuple[int, int]:
        while not self.model.pins().lite.read_address_ready:
            self.cycle()
        self.cycle(read_address=ADDRESS[name])
        while (answer := self.model.pins().lite.data) is None:
            self.cycle()
        return answer

    def wait(self) -> None:
        while self.read("STATUS")[0] & 1 == 0:
            pass


def test_two_frames_and_a_replay():
    session = Session()
    session.wait()
    session.write("BEATS", 3)
    for replay in (0, 1, 0):
        assert session.write("COMMAND", replay) == 0
        session.wait()
    first, last = (True, False, False), (False, False, True)
    starts = (0, 0, 3)
    assert session.beats == [(start + i, first[i], last[i]) for start in starts for i in range(3)]
    assert session.read("TRANSFERS") == (9, 0)
    assert session.read("PERTURBATIONS") == (2, 0)
    assert session.read("INTERRUPT_STATUS") == (1, 0)


def test_a_restart_cuts_after_one_more_beat():
    session = Session()
    session.wait()
    session.write("BEATS", 9)
    session.write("COMMAND", 0, ready=False)
    for _ in range(9):
        session.cycle(ready=False)
    session.write("CONTROL", 1, ready=False)
    session.cycle(ready=False)
    session.wait()
    assert session.beats == [(0, True, False), (1, False, True)]
    assert session.read("TRANSFERS") == (0, 0)
    assert session.read("BEATS") == (9, 0)


def test_what_no_one_may_do():
    session = Session()
    assert session.write("ID", 1) == 2
    assert session.read("COMMAND") == (0, 2)
