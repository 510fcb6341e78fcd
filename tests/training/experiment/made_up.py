"""Results that no training made."""

import math

from pezo_hw.training import ZOSGDParameters
from pezo_hw.training.experiment.parameters import ExperimentParameters
from pezo_hw.training.experiment.results import GridPoint, Outcome, Results, Run, Score

BAD = ZOSGDParameters(learning_rate=1e-2, epsilon=1e-3)
GOOD = ZOSGDParameters(learning_rate=3e-6, epsilon=1e-2)


def outcome(source: str, settings: ZOSGDParameters, *ends: tuple[float, float]) -> Outcome:
    """Runs from half of the digits to these accuracies and losses; 1000, 1001 ... steps/s."""
    runs = (
        Run(
            score=Score(accuracy=accuracy, loss=loss),
            curve=(0.5, 0.6, accuracy),
            steps_per_second=1000.0 + index,
        )
        for index, (accuracy, loss) in enumerate(ends)
    )
    return Outcome(source=source, settings=settings, runs=tuple(runs))


RESULTS = Results(
    parameters=ExperimentParameters(sources=("gaussian", "raw"), seeds=3, steps=40),
    before=(Score(accuracy=0.5, loss=4.0), Score(accuracy=0.5, loss=4.0)),
    grid=(GridPoint(source="raw", settings=BAD, scores=(Score(accuracy=0.1, loss=math.nan),)),),
    common=(
        outcome("gaussian", BAD, (0.90, 0.3), (0.92, 0.4), (0.94, 0.5)),
        outcome("raw", BAD, (0.10, 1e20), (0.12, math.nan), (0.51, 2.0)),
    ),
    tuned=(
        outcome("gaussian", BAD, (0.90, 0.3), (0.92, 0.4), (0.94, 0.5)),
        outcome("raw", GOOD, (0.80, 0.7), (0.80, 0.7), (0.80, 0.7)),
    ),
)
