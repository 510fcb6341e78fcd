"""The addresses of a pool's copies as counters."""

from __future__ import annotations

from amaranth.hdl import C, Cat, Module, Mux, Signal, Value

from .copy_address import CopyAddress


class CountAddress(CopyAddress):
    """Counts through an `AddressOrder` of the places 0 ... N - 1, a counter for each port.

    Parameters, timing and members: those of `CopyAddress`.
    """

    def elaborate(self, platform: object) -> Module:
        m = Module()
        for port in range(self.ports):
            place = Signal(self.order.bits, name=f"place_{port}", init=port % self.order.pool)
            m.d.comb += getattr(self, f"address_{port}").eq(place)
            with m.If(self.en):
                m.d.sync += place.eq(self._plus(m, f"next_{port}", place, C(self.ports)))
            if self.most_back:
                with m.If(self.back):
                    m.d.sync += place.eq(self._plus(m, f"back_{port}", place, self._places_back))
            if self.loads:
                with m.If(self.load):
                    m.d.sync += place.eq(self._plus(m, f"start_{port}", self.start, C(port, 1)))
        return m

    @property
    def _places_back(self) -> Value:
        """What to add, mod N, to be so many numbers of the pool further back."""
        places = [self.order.places_back(n) for n in range(1 << len(self.numbers))]
        tables = (
            sum((place >> bit & 1) << number for number, place in enumerate(places))
            for bit in range(self.order.bits)
        )
        return Cat(*(C(table, len(places)).bit_select(self.numbers, 1) for table in tables))

    def _plus(self, m: Module, name: str, place: Value, more: Value) -> Value:
        """The sum mod N; ``more`` is at most N."""
        total = Signal(self.order.bits + 1, name=name)
        pool = C(self.order.pool, len(total))
        m.d.comb += total.eq(place + more)
        return Mux(total >= pool, total - pool, total)[: self.order.bits]
