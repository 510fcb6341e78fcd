"""How far each weight goes in a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..fast.scale import Scale, shortest
from .loss import finite
from .parameters import ZOSGDParameters
from .run import Queries
from .weight import Weight

# A scale of z and the position of z.
Term = tuple[Scale, int]


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One weight's own rates, at one step.

    Attributes
    ----------
    rate : float
        eta, schedule included.
    decay : float
        What is multiplied with the rate and taken away; 0 where the weight does not decay.
    epsilon : float
        How far it is moved for a loss.
    """

    rate: float
    decay: float
    epsilon: float

    @property
    def keep(self) -> float:
        """What weight decay leaves of the weight; raises LossError where that is no number."""
        return 1.0 - finite("weight decay", self.rate * self.decay)

    @classmethod
    def of(cls, weight: Weight, parameters: ZOSGDParameters, step: int) -> Pace:
        """The weight's group decides, and where that says nothing the parameters do."""
        own = weight.own
        rate = parameters.learning_rate if own.lr is None else own.lr
        rate *= parameters.factor_at(step)
        decay = parameters.weight_decay if own.weight_decay is None else own.weight_decay
        epsilon = parameters.epsilon if own.epsilon is None else own.epsilon
        return cls(rate=rate, decay=decay if weight.decays else 0.0, epsilon=epsilon)


def paces_of(weights: Sequence[Weight], parameters: ZOSGDParameters, step: int) -> tuple[Pace, ...]:
    """The pace of every weight."""
    return tuple(Pace.of(weight, parameters, step) for weight in weights)


def terms_of(history: Sequence[Queries], paces: Sequence[Pace], momentum: float) -> list[Term]:
    """What is added to the weights: of every step remembered the mean over its queries.

    A projected gradient is one along epsilon z, with the first weight's epsilon. A weight of
    another epsilon has moved by so much more or less for it, and goes by so much less or more:
    the estimate is then the gradient on average for each of them.

    Parameters
    ----------
    history : sequence of Queries
        The oldest step first, the present one last.
    paces : sequence of Pace
        Of every weight.
    momentum : float
        What a step counts for the step after it.

    Raises
    ------
    LossError
        Where a scale is not a finite number.
    """
    terms = []
    for age, queries in reversed(list(enumerate(reversed(history)))):
        for position, gradient in queries:
            share = momentum**age * finite("gradient", gradient)
            scales = [_scale(pace, share, len(queries), paces[0].epsilon) for pace in paces]
            terms.append((shortest(scales), position))
    return terms


def _scale(pace: Pace, gradient: float, queries: int, epsilon: float) -> float:
    scale = -pace.rate * gradient / queries * (epsilon / pace.epsilon)
    return finite("learning rate * gradient", scale)
