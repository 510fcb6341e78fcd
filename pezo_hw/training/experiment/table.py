"""The results as rows of text, for the terminal and for Markdown alike."""

from __future__ import annotations

from ...tools.markdown import table_lines
from .results import Outcome, Results, Score, mean_and_deviation

HEADINGS = ("source", "rate η", "ε", "accuracy, %", "loss", "worse", "steps/s")

Row = tuple[str, ...]


def row_before(results: Results) -> Row:
    """The baseline: the models as back-propagation left them."""
    return ("before", "", "", *_scores(list(results.before)), "", "")


def rows(outcomes: tuple[Outcome, ...]) -> list[Row]:
    """A row for each source, its cells under `HEADINGS`."""
    return [_row(outcome) for outcome in outcomes]


def markdown(results: Results) -> str:
    """Two tables in one: every source at the common setting, and every source at its best."""
    shown = [row_before(results)]
    for title, outcomes in sections(results):
        shown += [(f"**{title}**", *[""] * (len(HEADINGS) - 1)), *rows(outcomes)]
    return "".join(f"{line}\n" for line in table_lines(HEADINGS, shown))


def sections(results: Results) -> list[tuple[str, tuple[Outcome, ...]]]:
    """The outcomes with what they have in common."""
    first = results.common[0].source
    return [
        (f"at the best setting of {first}", results.common),
        ("each at its own best setting", results.tuned),
    ]


def _row(outcome: Outcome) -> Row:
    return (
        outcome.source,
        f"{outcome.settings.learning_rate:g}",
        f"{outcome.settings.epsilon:g}",
        *_scores([run.score for run in outcome.runs]),
        f"{outcome.worsened} of {len(outcome.runs)}",
        f"{outcome.steps_per_second:,.0f}",
    )


def _scores(scores: list[Score]) -> tuple[str, str]:
    """Accuracy and loss, mean ± standard deviation over the seeds."""
    accuracy, its_deviation = mean_and_deviation([100 * score.accuracy for score in scores])
    loss, deviation = mean_and_deviation([score.loss for score in scores])
    is_readable = loss < 1000
    shown = f"{loss:.2f} ± {deviation:.2f}" if is_readable else f"{loss:.0e}".replace("inf", "∞")
    return f"{accuracy:.1f} ± {its_deviation:.1f}", shown
