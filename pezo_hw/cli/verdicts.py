"""What ``pezo verify`` says of benches that have ended: a table, what differs, waveforms, JSON."""

from __future__ import annotations

from rich.text import Text

from ..text import printable
from ..verify import Outcome
from .table import Table
from .terminal import write


def as_dict(outcome: Outcome) -> dict[str, object]:
    """A bench as plain data, for JSON."""
    job = outcome.job
    return {
        "config": job.config.name,
        "bench": job.bench,
        "place": job.place,
        "simulator": job.simulator,
        "level": job.level,
        "joint_orbit": job.config.parameters.joint_orbit,
        "beats": outcome.beats,
        "cycles": outcome.cycles,
        "seconds": outcome.seconds,
        "verdict": verdict(outcome).plain,
        "failure": outcome.failure,
        "waveform": None if outcome.waveform is None else str(outcome.waveform),
    }


def print_verdicts(outcomes: list[Outcome], *, has_traces: bool) -> None:
    """The table, then where the waveforms are, then a line for each bench that did not pass."""
    _summary(outcomes).show()
    if has_traces:
        _say_traces(outcomes)
    for outcome in (outcome for outcome in outcomes if not outcome.passed):
        said = "not bit-exact" if outcome.is_mismatch else "not compared"
        who = f"{outcome.job.config.name} {outcome.job.title}"
        write(Text(said, "red"), f": {who}, {outcome.failure}")


def _say_traces(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        who = f"{outcome.job.config.name} {outcome.job.title}"
        if outcome.waveform is not None:
            others = f"{outcome.waveform.stem}.gtkw for GTKWave, .sucl for Surfer"
            write(printable(f"waveform of {who}: {outcome.waveform}, and beside it {others}"))
        elif outcome.passed:
            write(printable(f"no waveform of {who}: nothing differs, and --window has no place"))
        else:
            write(printable(f"no waveform of {who}: it was not compared"))


def _summary(outcomes: list[Outcome]) -> Table:
    simulator = outcomes[0].job.simulator
    title = f"against the golden model, bit for bit ({simulator})"
    table = Table(title=title, headings=("config", "bench", "beats", "orbit", "verdict"), left=2)
    for outcome in outcomes:
        table.row(
            outcome.job.config.name,
            outcome.job.title,
            f"{outcome.beats:,}",
            f"{outcome.job.config.parameters.joint_orbit:,}",
            verdict(outcome),
        )
    return table


def verdict(outcome: Outcome) -> Text:
    """How it ended, in a word or two and a colour."""
    if outcome.passed:
        return Text("bit-exact", "green")
    return Text("DIFFERS" if outcome.is_mismatch else "FAILED", "red")
