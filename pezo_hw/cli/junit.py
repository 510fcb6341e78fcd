"""Verdicts as JUnit's XML, which every CI system shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree

from ..text import printable
from ..verify import Outcome


def junit_text(outcomes: Sequence[Outcome]) -> str:
    """A suite for each configuration, a case for each bench.

    A bit that differs is a failure; a bench that could not be compared is an error.
    """
    root = ElementTree.Element("testsuites", _counts(outcomes) | {"name": "pezo verify"})
    for name, group in groupby(outcomes, key=lambda outcome: outcome.job.config.name):
        of_config = list(group)
        attributes = _counts(of_config) | {"name": printable(name)}
        suite = ElementTree.SubElement(root, "testsuite", attributes)
        suite.extend(_cases(of_config))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    failures = sum(outcome.is_mismatch for outcome in outcomes)
    errors = sum(not outcome.passed for outcome in outcomes) - failures
    return {
        "tests": str(len(outcomes)),
        "failures": str(failures),
        "errors": str(errors),
        "time": f"{sum(outcome.seconds for outcome in outcomes):.3f}",
    }


def _cases(outcomes: Sequence[Outcome]) -> Iterator[ElementTree.Element]:
    for outcome in outcomes:
        job = outcome.job
        case = ElementTree.Element(
            "testcase",
            classname=printable(job.config.name),
            name=printable(f"{job.title} ({job.simulator}, {job.level})"),
            time=f"{outcome.seconds:.3f}",
        )
        if not outcome.passed:
            kind = "failure" if outcome.is_mismatch else "error"
            ElementTree.SubElement(case, kind, message=printable(outcome.failure))
        said = ElementTree.SubElement(case, "system-out")
        said.text = f"{outcome.beats} beats, {outcome.cycles} clock cycles"
        yield case
