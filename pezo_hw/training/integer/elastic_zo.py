"""A step of ElasticZO-INT8: the body by zeroth-order steps, the head by BP, integers alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from ...checks import integer
from ...config import Config
from ...errors import PezoError
from ..rollback import insist, with_rollback
from .blocks import Block, Sums
from .cross_entropy import errors, losses, sign_of_difference
from .draws import Draws
from .model import IntegerModel
from .parameters import IntegerParameters
from .perturbation import Amounts, IntegerMoves, parts_of, perturbation_of, rounded

_LEAST_PLACES = -15


class SavedRun(TypedDict):
    """What `IntegerElasticZO.save` gives, the weights aside."""

    step: int
    position: int


@dataclass(frozen=True, kw_only=True)
class IntegerReport:
    """What one step found.

    Attributes
    ----------
    losses : tuple of int
        Summed over the batch, in units of 2^-20 bits: at w + u and at w - u, or at w alone.
    sign : int
        -1, 0 or 1: of the difference; 0 where the body is left alone.
    """

    losses: tuple[int, ...]
    sign: int


@dataclass(frozen=True, kw_only=True)
class _Run:
    """Where a run stands, in one object, so that one assignment completes a step."""

    step: int
    position: int
    moves: tuple[IntegerMoves, ...] = ()


class IntegerElasticZO:
    """Trains an `IntegerModel` without a single floating-point number.

    A step perturbs the body to both sides, takes the integer cross-entropy there, and moves it by
    the sign of the difference. The head's gradient is taken on either side, where its inputs are at
    hand, and half of each is applied. All that is random comes off the stream, in this order: the
    perturbation, then what the body's update is rounded by, then the head's; then so many positions
    are left out that no perturbation comes again before all have been used. So a run is the same,
    bit for bit, on every machine.

    A step is done or never was: whatever is raised in it, at whatever instruction, all weights are
    what they were before it, or what they are after it.

    Parameters
    ----------
    model : IntegerModel
        Its weights are changed in place.
    config : Config
        Whose stream is drawn from.
    parameters : IntegerParameters
        The settings.
    position : int
        Where in the stream the first perturbation starts.

    Raises
    ------
    ConfigError
        Where mantissas have too few bits for the settings.

    Examples
    --------
    >>> import numpy as np
    >>> import pezo_hw
    >>> from pezo_hw.training.integer.blocks import Block
    >>> from pezo_hw.training.integer.elastic_zo import IntegerElasticZO
    >>> from pezo_hw.training.integer.layers import Linear
    >>> from pezo_hw.training.integer.model import IntegerModel
    >>> from pezo_hw.training.integer.parameters import IntegerParameters
    >>> weight = Block(mantissa=np.zeros((2, 4), np.int8), exponent=-5)
    >>> model = IntegerModel([Linear(weight)], head=0)
    >>> training = IntegerElasticZO(
    ...     model, pezo_hw.load("paper-roberta"), IntegerParameters(amplitude=2, rate=1)
    ... )
    >>> block = Block(mantissa=(127 * np.eye(4, dtype=np.int8)), exponent=-7)
    >>> reports = [training.step(block, np.array([0, 1, 0, 1])) for _ in range(50)]
    >>> reports[-1].losses[0] < reports[0].losses[0]
    True
    """

    def __init__(
        self,
        model: IntegerModel,
        config: Config,
        parameters: IntegerParameters,
        *,
        position: int = 0,
    ) -> None:
        self.model = model
        self.parameters = parameters
        self._draws = Draws(config)
        parameters.require_bits(self._draws.bits)
        self._run = _Run(step=0, position=integer("position", position, 0))

    @property
    def steps_done(self) -> int:
        """Steps taken so far; what halves the rates."""
        return self._run.step

    @property
    def position(self) -> int:
        """Where the next step's perturbation starts."""
        return self._run.position

    def save(self) -> SavedRun:
        """Where the run stands; with the weights, all there is to it."""
        self._require_idle()
        return SavedRun(step=self._run.step, position=self._run.position)

    def restore(self, saved: SavedRun) -> None:
        """Go on where ``saved`` was taken, once the weights are as they were then."""
        self._require_idle()
        step, position = (integer(key, saved[key], 0) for key in ("step", "position"))
        self._run = _Run(step=step, position=position)

    def recover(self) -> None:
        """Takes back a step that was cut short and could not be taken back by itself."""
        insist(self._roll_back)

    def step(self, block: Block, labels: NDArray[np.integer]) -> IntegerReport:
        """One step on a batch.

        Parameters
        ----------
        block : Block
            What the first layer takes: this step's inputs.
        labels : ndarray of integers, shape (N,)
            Their classes.
        """
        self._require_idle()
        return with_rollback(lambda: self._step(block, labels), self._roll_back)

    def _require_idle(self) -> None:
        if self._run.moves:
            raise PezoError("a step is under way; allowed after it (if it was cut short: recover)")

    def _roll_back(self) -> None:
        run = self._run
        for moves in run.moves:
            moves.restore()
        self._run = replace(run, moves=())

    def _step(self, block: Block, labels: NDArray[np.integer]) -> IntegerReport:
        run, model = self._run, self.model
        body, head = IntegerMoves(model.body), IntegerMoves(model.head)
        # Until one assignment completes the step, whoever finds these moves takes them back.
        self._run = replace(run, moves=(body, head))
        if self.parameters.rate is None:
            sides, sign, position = [self._side(block, labels)], 0, run.position
        else:
            amounts, position = self._perturbation(run.position)
            sides = []
            for direction in (1, -1):
                body.add(amounts, direction)
                sides.append(self._side(block, labels))
            body.restore()
            sign = sign_of_difference(sides[0].loss, sides[1].loss)
            position = self._update_body(body, amounts, sign, position)
        position = self._update_head(
            head, [side.gradients for side in sides], len(labels), position
        )
        self._run = _Run(step=run.step + 1, position=position + self._left_out(run, position))
        return IntegerReport(losses=tuple(side.loss for side in sides), sign=sign)

    def _side(self, block: Block, labels: NDArray[np.integer]) -> _Side:
        """The loss of the weights as they are, and the head's gradient of it."""
        forward = self.model.forward(block)
        loss = int(losses(forward.logits, labels).sum())
        if not self.model.head:
            return _Side(loss=loss, gradients=())
        of_logits = errors(forward.logits, labels)
        return _Side(loss=loss, gradients=tuple(self.model.backward(forward, of_logits)))

    def _perturbation(self, position: int) -> tuple[Amounts, int]:
        firsts, following = self._draws.places(_sizes(self.model.body), position)
        asked = self.parameters
        amounts = perturbation_of(self._draws, firsts, amplitude=asked.amplitude, mask=asked.mask)
        return amounts, following

    def _update_body(self, body: IntegerMoves, amounts: Amounts, sign: int, position: int) -> int:
        """Down the slope by the perturbation / 2^rate; where the next numbers are."""
        firsts, following = self._draws.places_to_round(_sizes(self.model.body), position)
        places = [(self.parameters.rate or 0) + self._halvings] * len(self.model.body)
        if sign:
            body.add(rounded(amounts, places, self._draws, firsts), -sign)
        return following

    def _update_head(
        self, head: IntegerMoves, sides: Sequence[Sequence[Sums]], batch: int, position: int
    ) -> int:
        """Down the mean of the sides' gradients; where the next numbers are."""
        parts = []
        # The batch counts as the largest power of two that is not above it.
        divisor = self.parameters.head_rate + self._halvings + (batch * len(sides)).bit_length() - 1
        for gradients in sides:
            firsts, position = self._draws.places_to_round(_sizes(self.model.head), position)
            exponents = zip(self.model.head_exponents, gradients, strict=False)
            places = [max(divisor + own - g.exponent, _LEAST_PLACES) for own, g in exponents]
            parts.append(
                rounded(
                    parts_of([gradient.values for gradient in gradients]),
                    places,
                    self._draws,
                    firsts,
                )
            )
        if self.model.head:
            head.add(lambda piece: np.sum([part(piece) for part in parts], axis=0), -1)
        return position

    def _left_out(self, run: _Run, position: int) -> int:
        """As few positions as make a step's length share no factor with the orbit."""
        stride, starts = position - run.position, self._draws.config.generator.starts
        return next(more for more in count() if math.gcd(stride + more, starts) == 1)

    @property
    def _halvings(self) -> int:
        return self.parameters.halvings(self._run.step)


@dataclass(frozen=True, kw_only=True)
class _Side:
    """What was found on one side of the weights."""

    loss: int
    gradients: tuple[Sums, ...]


def _sizes(tensors: Sequence[NDArray[np.int8]]) -> list[int]:
    return [tensor.size for tensor in tensors]
