"""The command line."""

from __future__ import annotations

from ..tools.interruption import leave_when_asked


def main() -> None:
    """Entry point of the console script; ends the process with the command's exit status.

    To import all that the commands need takes a while, in which there may be a request to end.
    """
    leave_when_asked()
    from .main import main as carry_out

    carry_out()
