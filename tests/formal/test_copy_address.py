"""The addresses of a pool's copies, proven for all time and all inputs, and refutable."""

from __future__ import annotations

from amaranth.hdl import Array, C, Cat, Module, Signal
from amaranth.lib import wiring
from amaranth.lib.wiring import In, Out

from pezo_hw.generators.pre_generated.address import AddressOrder
from pezo_hw.generators.pre_generated.copies import Copies
from pezo_hw.generators.pre_generated.rtl.copy_reader import create_address
from tests.formal.induction import Induction

OUTPUTS = {"invariant": Out(1), "equal": Out(1)}
SMALL = [(15, 4, 2), (15, 2, 1), (31, 8, 2), (14, 6, 2), (13, 5, 1)]


class BesideACounter(wiring.Component):
    """The address beside a count of places and the list of where each of them lies."""

    def __init__(self, pool: int, lanes: int, ports: int, *, wrong: int = 0) -> None:
        self.copies = Copies(pool=pool, lanes=lanes, ports=ports)
        self.wrong = wrong
        bits, back_bits = self.copies.order.bits, (lanes - 1).bit_length()
        inputs = {"en": In(1), "load": In(1), "back": In(1)}
        places = {"start_place": In(bits), "numbers": In(back_bits)}
        super().__init__({**inputs, **places, **OUTPUTS})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        copies, order = self.copies, self.copies.order
        m.submodules.address = address = create_address(
            copies, loads=True, most_back=copies.lanes - 1
        )
        pool = order.pool
        in_range = [self.start_place < pool, self.numbers < copies.lanes]
        place = Signal(order.bits, name="place")
        lies_at = Array([C(int(a), order.bits) for a in order.sequence])
        going_back = Array(
            [C(-n * pow(copies.count, -1, pool) % pool, order.bits) for n in range(copies.lanes)]
        )
        m.d.comb += [
            address.en.eq(self.en),
            address.back.eq(self.back & in_range[1]),
            address.load.eq(self.load & in_range[0]),
            address.numbers.eq(self.numbers),
            address.start.eq(lies_at[self.start_place]),
        ]
        with m.If(address.load):
            m.d.sync += place.eq(self.start_place)
        with m.Elif(address.back):
            m.d.sync += place.eq((place + going_back[self.numbers]) % pool)
        with m.Elif(self.en):
            m.d.sync += place.eq((place + copies.ports + self.wrong) % pool)
        same = [
            getattr(address, f"address_{port}") == lies_at[(place + port) % pool]
            for port in range(copies.ports)
        ]
        m.d.comb += self.equal.eq(Cat(*same).all())
        m.d.comb += self.invariant.eq(self.equal & (place < pool))
        return m


class BesideTwoLFSRs(wiring.Component):
    """The address of a full-size pool beside an LFSR for each port, stepped bit by bit."""

    def __init__(self, *, taps: tuple[int, ...] | None = None) -> None:
        self.order = AddressOrder(pool=4095, copies=4)
        self.taps = taps or self.order.taps
        super().__init__({"en": In(1), **OUTPUTS})

    def elaborate(self, platform: object) -> Module:
        m = Module()
        copies = Copies(pool=4095, lanes=8, ports=2)
        m.submodules.address = address = create_address(copies)
        m.d.comb += address.en.eq(self.en)
        states, same = [], []
        for port in range(2):
            state = Signal(12, name=f"lfsr_{port}", init=1 if port == 0 else 2)
            with m.If(self.en):
                m.d.sync += state.eq(self.stepped(state, 2))
            states.append(state)
            same.append(getattr(address, f"address_{port}") == state)
        a_step_apart = self.stepped(states[0], 1) == states[1]
        m.d.comb += [
            self.equal.eq(Cat(*same).all()),
            self.invariant.eq(self.equal & a_step_apart),
        ]
        return m

    def stepped(self, state, steps: int):
        for _ in range(steps):
            feedback = state[self.taps[0] - 1]
            for tap in self.taps[1:]:
                feedback = feedback ^ state[tap - 1]
            state = Cat(feedback, state[:-1])
        return state


def test_they_are_where_the_counted_places_lie():
    for pool, lanes, ports in SMALL:
        proof = Induction(BesideACounter(pool, lanes, ports))
        assert proof.base() is None, pool
        assert proof.step() is None, pool


def test_a_count_that_goes_astray_is_found():
    assert Induction(BesideACounter(15, 4, 2, wrong=1)).step() is not None


def test_the_presets_are_two_lfsrs():
    proof = Induction(BesideTwoLFSRs())
    assert proof.base() is None
    assert proof.step() is None


def test_other_taps_are_others():
    assert Induction(BesideTwoLFSRs(taps=(12, 6, 4, 1))).step() is not None
