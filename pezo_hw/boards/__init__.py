"""Boards that the cores can be tried on, and one self-test for all of them."""

from .board import BOARDS, DEFAULT_BOARD, Board
from .destination import remove_bitstream_of_others, require_own_folder
from .project import TOP, project_files, require_self_test
from .simulation import SIMULATORS, Moment, require_simulator, simulate

__all__ = [
    "BOARDS",
    "DEFAULT_BOARD",
    "SIMULATORS",
    "TOP",
    "Board",
    "Moment",
    "project_files",
    "remove_bitstream_of_others",
    "require_own_folder",
    "require_self_test",
    "require_simulator",
    "simulate",
]
