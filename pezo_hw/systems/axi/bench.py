"""The bench of the AXI system."""

from __future__ import annotations

import random as standard_random
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...bench.bench import Block, SystemBench
from ...bench.edge_counter import Flags
from ...bench.fields import beat_fields
from ...config import Config
from ...numbers.bit_rows import BitRows, as_integers, rows_of_beats, rows_of_lanes
from ..replay.loads import Loads
from .lite_model import LiteInputs
from .manager import AXIManager
from .model import AXIModel, AXIPins
from .parameters import AXIParameters

if TYPE_CHECKING:
    from amaranth.lib.wiring import Component


_LOADS, _GIVEN_UP = 1 / 100, 1 / 20_000


class AXIBench(SystemBench):
    """Every pin of the AXI system in every cycle, against `AXIModel`, under random accesses.

    ``m_axis_tready`` moves as ``en`` does. A payload, a response or a word is compared while it is
    offered.
    """

    name = "axi"
    clock = "aclk"

    def __init__(self, config: Config, top: str, create: Callable[[], Component]) -> None:
        super().__init__(top, create)
        self._parameters = AXIParameters.of(config)
        self._loads = Loads(self._parameters.replay.plan)
        self._model = AXIModel(self._parameters, self._loads.model)
        self._manager = AXIManager(self._parameters)
        self.width = self._parameters.stream_bits
        slot = 8 * self._parameters.slot_bytes
        self.fields = {"m_axis_tdata": beat_fields(self._parameters.layout, slot_bits=slot)}

    def respond(self, rst: Flags, en: Flags, random: np.random.Generator) -> Block:
        source = standard_random.Random(int(random.integers(1 << 63)))
        driven: list[LiteInputs] = []
        shown: list[AXIPins] = []
        for resets, ready in zip(rst.tolist(), en.tolist(), strict=True):
            if resets:
                self._manager.reset()
            inputs = LiteInputs() if resets else self._drive(source, random)
            pins = self._model.pins()
            driven.append(inputs)
            shown.append(pins)
            self._model.edge(reset=resets, lite=inputs, ready=ready)
            if not resets:
                self._manager.edge(inputs, pins.lite)
        block = self._block(rst, en, driven, shown)
        if self._loads.model is not None:
            self._loads.model.forget()
        return block

    def _drive(self, source: standard_random.Random, random: np.random.Generator) -> LiteInputs:
        """A cycle of accesses; a load now and then, if not given up for another."""
        manager = self._manager
        if self._model.is_unloaded:
            manager.end_load()
        rate = _GIVEN_UP if manager.loads else _LOADS
        if self._loads.model is not None and source.random() < rate:
            contents, words = self._loads.any_load(random)
            manager.load(words, contents=contents)
        return manager.drive(source, wants_word=self._model.wants_word)

    def _block(
        self, rst: Flags, en: Flags, driven: list[LiteInputs], shown: list[AXIPins]
    ) -> Block:
        offered = np.array([pins.beat is not None for pins in shown])
        responds = np.array([pins.lite.response is not None for pins in shown])
        reads = np.array([pins.lite.data is not None for pins in shown])
        user = {"m_axis_tuser": _bit([pins.first for pins in shown])}
        user = user if self._parameters.marks_first else {}
        payload = ("m_axis_tdata", "m_axis_tlast", *user)
        return Block(
            inputs={
                "aresetn": as_integers(~rst),
                "m_axis_tready": as_integers(en),
                **_lite_inputs(driven),
            },
            expected={
                "m_axis_tvalid": _bit(offered),
                "m_axis_tlast": _bit([pins.last for pins in shown]),
                **user,
                "m_axis_tdata": self._data(shown),
                "irq": _bit([pins.irq for pins in shown]),
                **_lite_outputs(shown),
            },
            defined={
                **dict.fromkeys(payload, offered),
                "s_axi_bresp": responds,
                "s_axi_rdata": reads,
                "s_axi_rresp": reads,
            },
            beats=int(np.sum(offered & en & ~rst)),
        )

    def _data(self, shown: list[AXIPins]) -> BitRows:
        """The code in its slot where there is one, the mantissas in theirs, zeros above both."""
        slot = 8 * self._parameters.slot_bytes
        code_bits = slot if self._parameters.layout.code_bits else 0
        beats = self._loads.beats_of(shown)
        rows = rows_of_beats(*beats, lane_bits=slot, code_bits=code_bits)
        zeros = ((0, 0), (self._parameters.padding_bits, 0))
        return np.pad(rows, zeros, constant_values=np.uint8(ord("0")))


def _lite_inputs(driven: list[LiteInputs]) -> dict[str, list[int]]:
    data = [inputs.write_data or (0, 0) for inputs in driven]
    return {
        "s_axi_awaddr": [inputs.write_address or 0 for inputs in driven],
        "s_axi_awvalid": [int(inputs.write_address is not None) for inputs in driven],
        "s_axi_awprot": [0 for _ in driven],
        "s_axi_wdata": [word for word, _ in data],
        "s_axi_wstrb": [strobes for _, strobes in data],
        "s_axi_wvalid": [int(inputs.write_data is not None) for inputs in driven],
        "s_axi_bready": [int(inputs.response_ready) for inputs in driven],
        "s_axi_araddr": [inputs.read_address or 0 for inputs in driven],
        "s_axi_arvalid": [int(inputs.read_address is not None) for inputs in driven],
        "s_axi_arprot": [0 for _ in driven],
        "s_axi_rready": [int(inputs.data_ready) for inputs in driven],
    }


def _lite_outputs(shown: list[AXIPins]) -> dict[str, BitRows]:
    lites = [pins.lite for pins in shown]
    data = [lite.data or (0, 0) for lite in lites]
    return {
        "s_axi_awready": _bit([lite.write_address_ready for lite in lites]),
        "s_axi_wready": _bit([lite.write_data_ready for lite in lites]),
        "s_axi_bvalid": _bit([lite.response is not None for lite in lites]),
        "s_axi_bresp": rows_of_lanes(np.array([[lite.response or 0] for lite in lites]), 2),
        "s_axi_arready": _bit([lite.read_address_ready for lite in lites]),
        "s_axi_rvalid": _bit([lite.data is not None for lite in lites]),
        "s_axi_rdata": rows_of_lanes(np.array([[word] for word, _ in data]), 32),
        "s_axi_rresp": rows_of_lanes(np.array([[response] for _, response in data]), 2),
    }


def _bit(flags: list[bool] | NDArray[np.bool_]) -> BitRows:
    return rows_of_lanes(np.array(flags)[:, None], 1)
